"""The ports of `EXPOSE`, for both builders."""

from __future__ import annotations

import itertools

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.ports import PortRange, is_ip, legacy_parse_ports, parse_ports

COMMON = [
    ("80", ["80/tcp"]),
    ("80/udp", ["80/udp"]),
    ("80/", ["80/tcp"]),
    ("80/SCTP", ["80/sctp"]),
    ("0080", ["80/tcp"]),
    ("8000-8002/udp", ["8000/udp", "8001/udp", "8002/udp"]),
    ("80-80", ["80/tcp"]),
    ("0", ["0/tcp"]),
    ("8080:80", ["80/tcp"]),
    (":80", ["80/tcp"]),
    ("127.0.0.1:8080:80", ["80/tcp"]),
    ("127.0.0.1::80", ["80/tcp"]),
    ("[::1]:8080:80/udp", ["80/udp"]),
    ("9000-9001:80-81", ["80/tcp", "81/tcp"]),
    ("9000-9005:80", ["80/tcp"]),
]


@pytest.mark.parametrize(("word", "expected"), [*COMMON, ("+80", ["80/tcp"]), ("fe80::1:8080:80", ["80/tcp"])])
def test_buildkit(word: str, expected: list[str]) -> None:
    assert list(parse_ports([word])) == expected


@pytest.mark.parametrize(("word", "expected"), [*COMMON, ("80-81-99", ["80/tcp", "81/tcp"]), ("80/udp/x", ["80/udp"])])
def test_legacy(word: str, expected: list[str]) -> None:
    assert list(legacy_parse_ports([word])) == expected


def test_several_words_keep_their_order() -> None:
    ports = parse_ports(iter(["443", "80-81/UDP", "443"]))
    assert list(ports) == ["443/tcp", "80/udp", "81/udp", "443/tcp"]
    assert [found.word for found in ports.ranges] == ["443", "80-81/UDP", "443"]


def test_no_words() -> None:
    assert list(parse_ports([])) == []
    assert list(legacy_parse_ports([])) == []


def test_a_long_range_costs_nothing_before_it_is_asked_for() -> None:
    (ports,) = parse_ports(["1-65535"]).ranges
    assert ports == PortRange("1-65535", 1, 65535, "tcp")
    assert list(itertools.islice(ports, 2)) == ["1/tcp", "2/tcp"]


@pytest.mark.parametrize(
    ("word", "odd_case", "host_part"),
    [
        ("80/tcp", False, False),
        ("80", False, False),
        ("80/TCP", True, False),
        ("80/Udp", True, False),
        ("8080:80", False, True),
        (":80", False, False),
        ("127.0.0.1::80", False, True),
        ("[::1]:8080:80/TCP", True, True),
    ],
)
def test_what_the_build_checks_look_for(
    word: str,
    odd_case: bool,
    host_part: bool,
) -> None:
    (found,) = parse_ports([word]).ranges
    assert found.has_odd_protocol_case is odd_case
    assert found.has_host_part is host_part


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("", 'invalid port: "": no port specified'),
        ("/udp", 'invalid port: "/udp": no port specified'),
        ("80:", 'invalid port: "80:": no port specified'),
        ("80/foo", 'invalid port: "80/foo": invalid proto: foo'),
        ("80/udp/x", 'invalid port: "80/udp/x": invalid proto: udp/x'),
        ("80/\udcff", 'invalid port: "80/\\xff": invalid proto: \udcff'),
        ("http", "invalid containerPort: http"),
        ("70000", "invalid containerPort: 70000"),
        ("-1", "invalid containerPort: -1"),
        ("80-", "invalid containerPort: 80-"),
        ("90-80", "invalid containerPort: 90-80"),
        ("80-81-82", "invalid containerPort: 80-81-82"),
        ("99999999999999999999", "invalid containerPort: 99999999999999999999"),
        ("x:80", "invalid hostPort: x"),
        ("70000:80", "invalid hostPort: 70000"),
        ("1-2:80-82", "invalid ranges specified for container and host Ports: 80-82 and 1-2"),
        ("300.1.1.1:80:80", "invalid IP address: 300.1.1.1"),
        ("localhost:80:80", "invalid IP address: localhost"),
        ("fe80::1%eth0:80:80", "invalid IP address: fe80::1%eth0"),
        ("[::1:80:80", "invalid IP address [::1: address [::1:: missing ']' in address"),
        ("[::1]x:80:80", "invalid IP address [::1]x: address [::1]x:: missing port in address"),
        ("[::1]::80:80", "invalid IP address [::1]:: address [::1]::: too many colons in address"),
        ("[[::1]:80:80", "invalid IP address [[::1]: address [[::1]:: unexpected '[' in address"),
    ],
)
def test_what_buildkit_refuses(word: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_ports([word])
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("", "No port specified: <empty>"),
        ("80:/udp", "No port specified: 80:/udp<empty>"),
        ("80/foo", "Invalid proto: foo"),
        ("http", "Invalid containerPort: http"),
        ("70000", "Invalid containerPort: 70000"),
        ("+80", "Invalid containerPort: +80"),
        ("90-80", "Invalid containerPort: 90-80"),
        ("80-", "Invalid containerPort: 80-"),
        ("x:80", "Invalid hostPort: x"),
        ("x:80/foo", "Invalid hostPort: x"),
        ("1-2:80-82", "Invalid ranges specified for container and host Ports: 80-82 and 1-2"),
        ("300.1.1.1:80:80", "Invalid ip address: 300.1.1.1"),
        ("fe80::1:80:80", "Invalid ip address fe80::1: address fe80::1:: too many colons in address"),
        ("[::1:80:80", "Invalid ip address [::1: address [::1:: missing ']' in address"),
        ("a[b:80:80", "Invalid ip address a[b: address a[b:: unexpected '[' in address"),
        ("a]b:80:80", "Invalid ip address a]b: address a]b:: unexpected ']' in address"),
    ],
)
def test_what_the_legacy_builder_refuses(word: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        legacy_parse_ports([word])
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10.0.0.1", True),
        ("::1", True),
        ("::ffff:10.0.0.1", True),
        ("010.0.0.1", False),
        ("10.0.1", False),
        ("::1%lo", False),
        ("", False),
        ("\udcff", False),
    ],
)
def test_is_ip(text: str, expected: bool) -> None:
    assert is_ip(text) is expected
