"""URLs as Go's `net/url` takes them apart and puts them together again.

Only what the builders need of it: `ParseURL` for text with a scheme and an authority or a plain
relative path, `Query`, and `String` without query and fragment. Python's `urllib.parse` accepts
much that Go refuses and spells the result differently.
"""

from __future__ import annotations

import ipaddress
import re
from string import ascii_letters, digits
from urllib.parse import quote, unquote_to_bytes

import attrs

_HOST_MARKS = "!$&'()*+,;=:[]<>\""
_ZONE_CHARACTERS = frozenset(f"{ascii_letters}{digits}-_.~ {_HOST_MARKS}")
_USER_MARKS = "$&+,;="
_PATH_MARKS = "$&+,/:;=@"
_PATH_MARKS_AS_WRITTEN = _PATH_MARKS + "!'()*[]%"
_STRICT_SCHEMES = frozenset({"http", "https"})
_MOST_PARAMETERS = 10_000

_control = re.compile(r"[\x00-\x1f\x7f]")
_bad_escape = re.compile(r"%(?![0-9A-Fa-f]{2})")
_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_optional_port = re.compile(r"(?::[0-9]*)?")
_userinfo = re.compile(r"[A-Za-z0-9._:~!$&'()*+,;=%@-]*")
# In a host only bytes beyond ASCII may be escaped, and a per cent sign itself.
_host = re.compile(rf"(?:[A-Za-z0-9._~{re.escape(_HOST_MARKS)}-]|[^\x00-\x7f]|%25|%[89A-Fa-f][0-9A-Fa-f])*")
_zone = re.compile(rf"(?:[A-Za-z0-9._~{re.escape(_HOST_MARKS)}-]|[^\x00-\x7f]|%[0-9A-Fa-f]{{2}})*")
_escape = re.compile(r"%..")


@attrs.frozen
class Url:
    """The parts of a URL; `path` and `fragment` are decoded, `remote` is the whole without query and fragment."""

    scheme: str
    path: str
    query: str
    fragment: str
    remote: str


def parse_url(text: str) -> Url | None:
    """`text` taken apart (`url.Parse`), None where Go refuses it.

    Text must begin with `scheme://` or be a relative path.
    """
    address, _, fragment = text.partition("#")
    if _control.search(address) or _bad_escape.search(fragment):
        return None
    match = _scheme.match(address)
    scheme = match.group(1).lower() if match else ""
    rest, mark, query = (address[match.end() :] if match else address).partition("?")
    authority, path = _split_authority(rest) if scheme else (None, rest)
    if _bad_escape.search(path):
        return None
    spelled = "" if authority is None else _spell_authority(scheme, authority)
    if spelled is None:
        return None
    slashes = "//" if scheme and (spelled or path) else ""
    prefix = f"{scheme}:{slashes}{spelled}" if scheme else ""
    suffix = mark if not query else ""
    return Url(scheme, decode(path), query, decode(fragment), prefix + _spell_path(path) + suffix)


def parse_query(query: str) -> tuple[dict[str, list[str]], bool]:
    """The values of every parameter, and whether all of the query was well formed (`url.ParseQuery`)."""
    values: dict[str, list[str]] = {}
    settings = query.split("&")
    if len(settings) > _MOST_PARAMETERS:
        return values, False
    sound = True
    for setting in filter(None, settings):
        if ";" in setting or _bad_escape.search(setting):
            sound = False
            continue
        key, _, value = setting.replace("+", " ").partition("=")
        values.setdefault(decode(key), []).append(decode(value))
    return values, sound


def decode(text: str) -> str:
    """`text` without its `%` escapes, which must be well formed; bytes that are no UTF-8 become surrogates."""
    if "%" not in text:
        return text
    return unquote_to_bytes(_to_bytes(text)).decode("utf-8", "surrogateescape")


def escape_user(name: str) -> str:
    """A user name or password as Go writes it before the `@`."""
    return quote(_to_bytes(name), _USER_MARKS)


def _split_authority(rest: str) -> tuple[str, str]:
    authority, slash, path = rest.removeprefix("//").partition("/")
    return authority, slash + path


def _spell_authority(scheme: str, authority: str) -> str | None:
    """The authority as Go writes it, None where Go refuses it."""
    user, at, host = authority.rpartition("@")
    decoded = _decode_host(scheme, host)
    if decoded is None or not _userinfo.fullmatch(user) or _bad_escape.search(user):
        return None
    name, colon, password = user.partition(":")
    spelled_user = escape_user(decode(name)) + colon + escape_user(decode(password))
    return spelled_user + at + quote(_to_bytes(decoded), _HOST_MARKS)


def _decode_host(scheme: str, host: str) -> str | None:
    if "[" in host:
        return _decode_bracketed(host)
    if ":" in host:
        at = host.index(":") if scheme in _STRICT_SCHEMES else host.rindex(":")
        if not _optional_port.fullmatch(host, at):
            return None
    return decode(host) if _host.fullmatch(host) else None


def _decode_bracketed(host: str) -> str | None:
    """The host `[IPv6 address%25zone]:port`."""
    inside, bracket, port = host.rpartition("]")
    if host.rindex("[") > 0 or not bracket or not _optional_port.fullmatch(port):
        return None
    address, per_cent, zone = inside[1:].partition("%25")
    sound = _host.fullmatch(address) and _is_zone(zone)
    decoded = decode(address + per_cent + zone) if sound else ""
    return f"[{decoded}]{port}" if _is_ipv6(decoded) else None


def _is_zone(zone: str) -> bool:
    if not _zone.fullmatch(zone):
        return False
    return all(escape == "%25" or decode(escape) in _ZONE_CHARACTERS for escape in _escape.findall(zone))


def _is_ipv6(text: str) -> bool:
    address, per_cent, zone = text.partition("%")
    if per_cent and not zone:
        return False
    try:
        ipaddress.IPv6Address(address)
    except ValueError:
        return False
    return True


def _spell_path(path: str) -> str:
    """The path as written where Go could have written it so, else escaped anew (`EscapedPath`)."""
    if quote(_to_bytes(path), _PATH_MARKS_AS_WRITTEN) == path:
        return path
    return quote(_to_bytes(decode(path)), _PATH_MARKS)


def _to_bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
