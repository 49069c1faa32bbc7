"""The value of `RUN --mount`: `type=cache,target=/root/.cache,from=build`.

A mount is read twice, as BuildKit does (`instructions/commands_runmount.go`): with the file,
where only `from` is looked at, and when its stage is put together, where variables have values
and everything else is checked.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

import attrs

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote
from stagegraph.suggestions import did_you_mean
from stagegraph.values.booleans import parse_bool
from stagegraph.values.csv_fields import csv_fields
from stagegraph.values.numbers import parse_uint
from stagegraph.values.sizes import parse_size

Expander = Callable[[str], str]


class MountType(enum.Enum):
    """What is mounted."""

    BIND = "bind"
    CACHE = "cache"
    TMPFS = "tmpfs"
    SECRET = "secret"  # noqa: S105
    SSH = "ssh"


# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_BIND, _CACHE, _TMPFS, _SECRET, _SSH = MountType
_MOUNT_TYPES = {kind.value: kind for kind in MountType}
_SHARING = ("locked", "private", "shared")
_HAVE_OWNERS = frozenset({_SECRET, _SSH, _CACHE})
_MAY_BE_REQUIRED = frozenset({_SECRET, _SSH})
_KEYS = (
    *("type", "from", "source", "target", "readonly", "id", "sharing", "required", "size", "mode", "uid", "gid"),
    *("src", "dst", "destination", "ro", "rw", "readwrite", "env"),
)
_FIELDS = {
    "source": "source",
    "src": "source",
    "target": "target",
    "dst": "target",
    "destination": "target",
    "from": "from_",
    "id": "id",
    "env": "env",
}


@attrs.frozen(slots=False)
class Mount:
    """One mount of a `RUN`. Texts are empty, numbers None, where the field is not given."""

    type: MountType = _BIND
    from_: str = ""
    source: str = ""
    target: str = ""
    read_only: bool = True
    size: int = 0
    id: str = ""
    sharing: str = ""
    required: bool = False
    env: str | None = None
    mode: int | None = None
    uid: int | None = None
    gid: int | None = None

    @property
    def has_owner(self) -> bool:
        """Whether mode, user or group are given."""
        return self.mode is not None or self.uid is not None or self.gid is not None


def mount_from(value: str) -> str:
    """The `from` of a mount as written, empty where there is none; nothing else is checked.

    Raises:
        Complaint: the value is no CSV record, or `from` holds a variable.
    """
    source = ""
    for field in _fields(value):
        key, equals, content = field.partition("=")
        if equals and key.lower() == "from":
            if "$" in content[:-1]:
                message = f"'{key.lower()}' doesn't support variable expansion, define alias stage instead"
                raise Complaint(message)
            source = content
    return source


def mount_type_of(value: str) -> MountType | None:
    """The type of a mount as written; None where a variable decides it."""
    kind: MountType | None = _BIND
    for field in _fields(value):
        key, equals, content = field.partition("=")
        if equals and key.lower() == "type":
            kind = _MOUNT_TYPES.get(content.lower()) if "$" not in content else None
    return kind


def read_mount(value: str, expand: Expander) -> Mount:
    """The whole mount, every value expanded with `expand`.

    Raises:
        Complaint: a field that the type does not have, or a value that is wrong.
    """
    given: dict[str, object] = {"type": _BIND}
    for field in _fields(value):
        key, equals, content = field.partition("=")
        key = key.lower()
        if equals:
            _read_field(given, field, key, expand(content))
        else:
            _read_switch(given, field, key)
    kind = given["type"]
    given.setdefault("read_only", kind not in (_CACHE, _TMPFS))
    mount = Mount(**given)  # type: ignore[arg-type]  # each field is set where its type is known
    _check_whole(mount)
    return mount


def _fields(value: str) -> list[str]:
    try:
        return csv_fields(value)
    except Complaint as complaint:
        raise Complaint(f"failed to parse csv mounts: {complaint.message}") from None


def _read_switch(given: dict[str, object], field: str, key: str) -> None:
    """A field that is a bare word."""
    if key in ("readonly", "ro"):
        given["read_only"] = True
    elif key in ("readwrite", "rw"):
        given["read_only"] = False
    elif key == "required":
        _check_applies(given, key, _MAY_BE_REQUIRED)
        given["required"] = True
    else:
        raise Complaint(f"invalid field '{field}' must be a key=value pair")


def _read_field(given: dict[str, object], field: str, key: str, value: str) -> None:
    """A field `key=value`; `given` holds the fields before it, and the type so far counts."""
    if key in _FIELDS:
        given[_FIELDS[key]] = value
    elif key == "type":
        given["type"] = _choice(_MOUNT_TYPES, value, "unsupported mount type")
    elif key in ("readonly", "ro"):
        given["read_only"] = _boolean(key, value)
    elif key in ("readwrite", "rw"):
        given["read_only"] = not _boolean(key, value)
    elif key == "required":
        _check_applies(given, key, _MAY_BE_REQUIRED)
        given["required"] = _boolean(key, value)
    elif key == "size":
        _check_applies(given, key, frozenset({_TMPFS}))
        given["size"] = _size(key, value)
    elif key == "sharing":
        given["sharing"] = _choice({name: name for name in _SHARING}, value, "unsupported sharing value")
    elif key in ("mode", "uid", "gid"):
        given[key] = _number(key, value)
    else:
        raise did_you_mean(f"unexpected key '{key}' in '{field}'", key, _KEYS)


def _choice(choices: Mapping[str, object], value: str, complaint: str) -> object:
    choice = choices.get(value.lower())
    if choice is None:
        raise did_you_mean(f"{complaint} {go_quote(value)}", value, sorted(choices))
    return choice


def _boolean(key: str, value: str) -> bool:
    try:
        return parse_bool(value)
    except Complaint:
        raise Complaint(f"invalid value for {key}: {value}") from None


def _size(key: str, value: str) -> int:
    try:
        return parse_size(value)
    except Complaint:
        raise Complaint(f"invalid value for {key}: {value}") from None


def _number(key: str, value: str) -> int:
    try:
        return parse_uint(value, 8 if key == "mode" else 10, 32)
    except Complaint:
        raise Complaint(f"invalid value {value} for {key}") from None


def _check_applies(given: dict[str, object], key: str, kinds: frozenset[MountType]) -> None:
    kind = given["type"]
    if kind not in kinds and isinstance(kind, MountType):
        raise Complaint(f"unexpected key '{key}' for mount type '{kind.value}'")


def _check_whole(mount: Mount) -> None:
    """What can only be said of all the fields together, in BuildKit's order."""
    kind = mount.type
    if mount.has_owner and kind not in _HAVE_OWNERS:
        for name, value in (("mode", mount.mode), ("uid", mount.uid), ("gid", mount.gid)):
            if value is not None:
                raise Complaint(f'{name} not allowed for "{kind.value}" type mounts')
    if kind is _SECRET:
        _check_secret(mount)
    if mount.sharing and kind is not _CACHE:
        raise Complaint(f"invalid cache sharing set for {kind.value} mount")


def _check_secret(mount: Mount) -> None:
    if mount.from_:
        raise Complaint("secret mount should not have a from")
    if mount.sharing:
        raise Complaint("secret mount should not define sharing")
    if not (mount.source or mount.target or mount.id):
        raise Complaint("invalid secret mount. one of source, target required")
    if mount.source and mount.id:
        raise Complaint("both source and id can't be set")
