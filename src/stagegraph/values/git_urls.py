"""What the source of an `ADD` or `COPY` is: a path, a web address or a Git repository.

The rules are BuildKit's `dfgitutil.ParseGitRef` over `util/gitutil` and `util/sshutil`, and
`dispatchCopy`, `isHTTPSource` and `isGitSource`, which ask it.
"""

from __future__ import annotations

import enum
import re
from functools import lru_cache

import attrs

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote
from stagegraph.values.booleans import parse_bool
from stagegraph.values.paths import join
from stagegraph.values.urls import escape_user, parse_query, parse_url

_WEB_PREFIXES = ("http://", "https://")
_WEB_SCHEMES = frozenset({"http", "https"})
_SCHEMES = _WEB_SCHEMES | {"ssh", "git"}
_OLD_PREFIX = "github.com/"
_SWITCHES = frozenset({"keep-git-dir", "submodules", "fetch-by-commit"})
_SETTINGS = frozenset({"ref", "tag", "branch", "subdir", "checksum", "commit", "mtime"})
_NAMESPACES = {"tag": "refs/tags/", "branch": "refs/heads/"}
_UNNAMED = "__unnamed__"

_protocol = re.compile(r"([a-zA-Z0-9]+)://")
_scp_style = re.compile(r"([a-zA-Z0-9_-]+)@([a-zA-Z0-9.-]+):(.*?)(?:\?(.*?))?(?:#(.*))?")


class SourceKind(enum.Enum):
    """Where the files of an `ADD` or `COPY` source come from."""

    LOCAL = "local"
    HTTP = "http"
    GIT = "git"


# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_LOCAL = SourceKind.LOCAL


@attrs.frozen
class GitSource:
    """A Git repository and what is taken of it.

    `ref` is a branch, tag or commit, "" for the default branch; `checksum` the commit it must
    be; `keep_git_dir` and `submodules` are None where the address does not say.
    """

    remote: str
    ref: str = ""
    subdir: str = ""
    checksum: str = ""
    keep_git_dir: bool | None = None
    submodules: bool | None = None
    fetch_by_commit: bool = False


def classify_source(text: str) -> SourceKind:
    """What `dispatchCopy` takes `text` for; a `Complaint` for a Git address with a query that Git sources have not."""
    if not _may_be_git(text):
        return _LOCAL
    if parse_git_source(text) is not None:
        return SourceKind.GIT
    return SourceKind.HTTP if text.startswith(_WEB_PREFIXES) else _LOCAL


def parse_git_source(text: str) -> GitSource | None:
    """The repository that `text` names, None if it names none, a `Complaint` if its query is wrong.

    `github.com/…` is a path here, but its query is read all the same.
    """
    source = _parse(text) if _may_be_git(text) else None
    return None if text.startswith(_OLD_PREFIX) else source


def accepts_checksum(text: str) -> bool:
    """Whether `--checksum` may stand with the source `text` (`isHTTPSource`, `isGitSource`)."""
    if text.startswith(_WEB_PREFIXES):
        return True
    try:
        return _may_be_git(text) and _parse(text) is not None
    except Complaint:
        return False


def http_filename(text: str) -> str:
    """The name under which BuildKit keeps what it downloads from `text`."""
    url = parse_url(text)
    base = url.path.rstrip("/").rpartition("/")[2] if url else ""
    return _UNNAMED if base in ("", ".") else base


def _may_be_git(text: str) -> bool:
    return "://" in text or "@" in text or text.startswith(_OLD_PREFIX)


@lru_cache(maxsize=1024)
def _parse(text: str) -> GitSource | None:
    if text.startswith(("./", "../")):
        return None
    if text.startswith(_OLD_PREFIX):
        return _parse_url(text)
    match = _protocol.match(text)
    if match is None:
        return _parse_scp_style(text)
    return _parse_url(text) if match.group(1).lower() in _SCHEMES else None


def _parse_url(text: str) -> GitSource | None:
    url = parse_url(text)
    if url is None or (url.scheme in _WEB_SCHEMES and not url.path.endswith(".git")):
        return None
    values, _ = parse_query(url.query)
    return _with_query(_source(url.remote, url.fragment), values)


def _parse_scp_style(text: str) -> GitSource | None:
    """An address as in `git@github.com:owner/name.git?query#ref:subdir`."""
    # No match can hold a line feed, and looking for one among question marks takes long.
    match = None if "\n" in text else _scp_style.fullmatch(text)
    if match is None:
        return None
    user, host, path, query, fragment = match.groups(default="")
    values, sound = parse_query(query)
    if not sound:
        return None
    return _with_query(_source(f"{escape_user(user)}@{host}:{path}", fragment), values)


def _source(remote: str, fragment: str) -> GitSource:
    ref, _, subdir = fragment.partition(":")
    return GitSource(remote, ref, join("/", subdir).removeprefix("/"))


def _with_query(source: GitSource, query: dict[str, list[str]]) -> GitSource:
    """`source` with what its query adds; of several faults Go reports any, we the first by name."""
    values = {key: _single(key, query[key]) for key in sorted(query)}
    if values.get("mtime", "checkout") not in {"checkout", "commit"}:
        raise Complaint(f'invalid mtime value: {go_quote(values["mtime"])} (must be "checkout" or "commit")')
    plain = GitSource(
        source.remote,
        ref=_agreed("ref", source.ref, values.get("ref")),
        subdir=_agreed("subdir", source.subdir, values.get("subdir")),
        checksum=values.get("commit", values.get("checksum", "")),
        keep_git_dir=_switch("keep-git-dir", values),
        submodules=_switch("submodules", values),
        fetch_by_commit=bool(_switch("fetch-by-commit", values)),
    )
    tag, branch = (_qualified(kind, values) for kind in ("tag", "branch"))
    tagged = _agreed("ref", plain.ref, tag)
    if tag and branch:
        raise Complaint("branch conflicts with tag")
    return attrs.evolve(plain, ref=_agreed("ref", tagged, branch))


def _single(key: str, values: list[str]) -> str:
    if len(values) > 1:
        raise Complaint(f"query {go_quote(key)} has multiple values")
    if not values[0] and key not in _SWITCHES:
        raise Complaint(f"query {go_quote(key)} has no value")
    if key not in _SETTINGS and key not in _SWITCHES:
        raise Complaint(f"unexpected query {go_quote(key)}")
    return values[0]


def _agreed(what: str, first: str, second: str | None) -> str:
    """What the fragment or an earlier setting says and what the query says, which must be the same."""
    if first and second and first != second:
        raise Complaint(f"{what} conflicts: {go_quote(first)} vs {go_quote(second)}")
    return second or first


def _qualified(kind: str, values: dict[str, str]) -> str | None:
    """The tag or branch that the query names, as a whole Git reference."""
    if kind not in values:
        return None
    namespace = _NAMESPACES[kind]
    return namespace + values[kind].removeprefix(namespace)


def _switch(key: str, values: dict[str, str]) -> bool | None:
    """What the query says of a switch, which is on where it is only named."""
    if key not in values:
        return None
    try:
        return parse_bool(values[key] or "true")
    except Complaint:
        raise Complaint(f"invalid {key} value: {go_quote(values[key])}") from None
