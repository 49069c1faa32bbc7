"""What flags mean to an instruction that has them (BuildKit `instructions/bflag.go`)."""

from __future__ import annotations

import enum
from collections.abc import Mapping

import attrs

from stagegraph.errors import Complaint
from stagegraph.quickly import maker_of
from stagegraph.suggestions import did_you_mean


class FlagKind(enum.Enum):
    """What a flag takes."""

    BOOLEAN = "boolean"
    STRING = "string"
    LIST = "list"


# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_BOOLEAN, _, _LIST = FlagKind

FlagKinds = Mapping[str, FlagKind]


@attrs.frozen(weakref_slot=False)
class Flags:
    """The flags of one instruction, by name without the dashes, in the order of their first use."""

    values: Mapping[str, tuple[str, ...]]

    def text(self, name: str) -> str:
        """The value of a string flag, empty where it is not given."""
        return self.values[name][-1] if name in self.values else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a list flag."""
        return self.values.get(name, ())

    def switch(self, name: str) -> bool | None:
        """The value of a boolean flag, None where it is not given."""
        return self.values[name][-1] == "true" if name in self.values else None

    @property
    def names(self) -> tuple[str, ...]:
        """The flags given."""
        return tuple(self.values)


_flags = maker_of(Flags)
NO_FLAGS = Flags({})


def read_flags(words: tuple[str, ...], kinds: FlagKinds) -> Flags:
    """The flags that `words` give to an instruction that has the flags `kinds`.

    Raises:
        Complaint: an unknown or repeated flag, or a value missing or wrong.
    """
    if not words:
        return NO_FLAGS
    values: dict[str, tuple[str, ...]] = {}
    for word in words:
        flag, equals, value = word.partition("=")
        name = flag[2:]
        kind = kinds.get(name)
        if kind is None:
            raise did_you_mean(f"unknown flag: {flag}", name, sorted(kinds))
        given = values.get(name, ())
        if given and kind is not _LIST:
            raise Complaint(f"duplicate flag specified: {flag}")
        if kind is _BOOLEAN or not equals:
            value = _read_value(flag, kind, equals, value)
        values[name] = (*given, value)
    return _flags(values)


def _read_value(flag: str, kind: FlagKind, equals: str, value: str) -> str:
    if kind is not _BOOLEAN:
        if not equals:
            raise Complaint(f"missing a value on flag: {flag}")
        return value
    if equals and not value:
        raise Complaint(f"missing a value on flag: {flag}")
    truth = value.lower() or "true"
    if truth not in ("true", "false"):
        raise Complaint(f"expecting boolean value for flag {flag}, not: {value}")
    return truth
