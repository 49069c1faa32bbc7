"""The ports of `EXPOSE`: `80`, `8000-8010/udp`, and what `docker run -p` has in front of them.

BuildKit's rules are its own `convert_expose.go`. The legacy builder's are those of
`docker/go-connections` before 0.5, with which the recorded Docker Engine 28.5 was built.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING, NamedTuple

import attrs

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote
from stagegraph.values.numbers import parse_int, parse_uint

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_PROTOCOLS = frozenset({"tcp", "udp", "sctp"})
_HIGHEST_PORT = 65535


@attrs.frozen
class PortRange:
    """What one word of `EXPOSE` exposes.

    `has_odd_protocol_case` is what BuildKit's check ExposeProtoCasing looks for, `has_host_part`
    (an address or a port of the host) what ExposeInvalidFormat does.
    """

    word: str
    first: int
    last: int
    protocol: str
    has_odd_protocol_case: bool = False
    has_host_part: bool = False

    def __iter__(self) -> Iterator[str]:
        """The exposed ports, each as in `80/tcp`."""
        return (f"{port}/{self.protocol}" for port in range(self.first, self.last + 1))


@attrs.frozen
class PortList:
    """What an `EXPOSE` exposes, a range for each word; iterating gives every single port in order."""

    ranges: tuple[PortRange, ...]

    def __iter__(self) -> Iterator[str]:
        """The exposed ports, each as in `80/tcp`; a port that is named twice comes twice."""
        return (port for ports in self.ranges for port in ports)


class _Parts(NamedTuple):
    address: str
    host_port: str
    port: str


def parse_ports(words: Iterable[str]) -> PortList:
    """The ports that BuildKit exposes for `words`, each one `[[ip:]host:]port[-port][/proto]`, else a `Complaint`."""
    return PortList(tuple(map(_parse_word, words)))


def legacy_parse_ports(words: Iterable[str]) -> PortList:
    """The same for the legacy builder (`nat.ParsePortSpecs`); no part of the result is judged."""
    return PortList(tuple(map(_parse_legacy_word, words)))


def _parse_word(word: str) -> PortRange:
    parts = _split(word)
    port, _, written = parts.port.partition("/")
    if not port:
        raise Complaint(f"invalid port: {go_quote(word)}: no port specified")
    protocol = written.lower() or "tcp"
    if protocol not in _PROTOCOLS:
        raise Complaint(f"invalid port: {go_quote(word)}: invalid proto: {written}")
    address = parts.address
    if address.startswith("["):
        address = _without_brackets(address, "invalid IP address")
    if address and not is_ip(address):
        raise Complaint(f"invalid IP address: {address}")
    span = _parse_range(port)
    if span is None:
        raise Complaint(f"invalid containerPort: {port}")
    if parts.host_port:
        host_span = _parse_range(parts.host_port)
        if host_span is None:
            raise Complaint(f"invalid hostPort: {parts.host_port}")
        if not _may_map(span, host_span):
            raise Complaint(_unequal(port, parts.host_port, "invalid"))
    has_host_part = bool(parts.address or parts.host_port)
    return PortRange(word, *span, protocol, protocol != (written or "tcp"), has_host_part)


def _parse_legacy_word(word: str) -> PortRange:
    parts = _split(word)
    port, _, rest = parts.port.partition("/")
    written = rest.partition("/")[0] or "tcp"
    address = _without_brackets(parts.address, "Invalid ip address")
    if address and not is_ip(address):
        raise Complaint(f"Invalid ip address: {address}")
    if not port:
        raise Complaint(f"No port specified: {word}<empty>")
    span = _parse_legacy_range(port)
    if span is None:
        raise Complaint(f"Invalid containerPort: {port}")
    if parts.host_port:
        host_span = _parse_legacy_range(parts.host_port)
        if host_span is None:
            raise Complaint(f"Invalid hostPort: {parts.host_port}")
        if not _may_map(span, host_span):
            raise Complaint(_unequal(port, parts.host_port, "Invalid"))
    if written.lower() not in _PROTOCOLS:
        raise Complaint(f"Invalid proto: {written}")
    return PortRange(word, *span, written.lower())


def _split(word: str) -> _Parts:
    """The word at its last two colons; an IPv6 address keeps its own."""
    before, colon, port = word.rpartition(":")
    if not colon:
        return _Parts("", "", port)
    address, _, host_port = before.rpartition(":")
    return _Parts(address, host_port, port)


def _parse_range(text: str) -> tuple[int, int] | None:
    first, dash, last = text.partition("-")
    try:
        start = parse_int(first)
        end = parse_int(last) if dash and last != first else start
    except Complaint:
        return None
    return (start, end) if 0 <= start <= end <= _HIGHEST_PORT else None


def _parse_legacy_range(text: str) -> tuple[int, int] | None:
    # What follows a second dash was never looked at.
    first, *rest = text.split("-")
    try:
        start = parse_uint(first, 10, 16)
        end = parse_uint(rest[0], 10, 16) if rest else start
    except Complaint:
        return None
    return (start, end) if start <= end else None


def _may_map(span: tuple[int, int], host_span: tuple[int, int]) -> bool:
    """Whether the ranges are equally long, or one port may take any of the host's."""
    return span[0] == span[1] or span[1] - span[0] == host_span[1] - host_span[0]


def _unequal(port: str, host_port: str, invalid: str) -> str:
    return f"{invalid} ranges specified for container and host Ports: {port} and {host_port}"


def is_ip(text: str) -> bool:
    """Whether `text` is an IPv4 or IPv6 address without a zone (`net.ParseIP`)."""
    if "%" in text:
        return False
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _without_brackets(address: str, invalid: str) -> str:
    """The host of `address:` (`net.SplitHostPort`), so without the brackets of an IPv6 address."""
    bracketed = address.startswith("[")
    end = address.find("]")
    fault = None
    if bracketed and end < 0:
        fault = "missing ']' in address"
    elif bracketed and end + 1 < len(address):
        fault = "too many colons in address" if address[end + 1] == ":" else "missing port in address"
    elif not bracketed and ":" in address:
        fault = "too many colons in address"
    elif "[" in address[1 if bracketed else 0 :]:
        fault = "unexpected '[' in address"
    elif not bracketed and end >= 0:
        fault = "unexpected ']' in address"
    if fault:
        raise Complaint(f"{invalid} {address}: address {address}:: {fault}")
    return address[1:-1] if bracketed else address
