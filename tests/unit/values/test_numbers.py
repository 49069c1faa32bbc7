"""Whole numbers."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.numbers import parse_atoi, parse_int, parse_uint


@pytest.mark.parametrize(
    ("text", "base", "bits", "expected"),
    [
        ("0", 10, 64, 0),
        ("+1", 10, 64, 1),
        ("-017", 10, 64, -17),
        ("-0", 10, 64, 0),
        ("755", 8, 16, 0o755),
        ("-Ff", 16, 16, -255),
        ("127", 10, 8, 127),
        ("-128", 10, 8, -128),
        ("9223372036854775807", 10, 64, 2**63 - 1),
        ("-9223372036854775808", 10, 64, -(2**63)),
    ],
)
def test_parse_int(text: str, base: int, bits: int, expected: int) -> None:
    assert parse_int(text, base, bits) == expected


@pytest.mark.parametrize(
    ("text", "base", "bits", "message"),
    [
        ("", 10, 64, 'strconv.ParseInt: parsing "": invalid syntax'),
        ("-", 10, 64, 'strconv.ParseInt: parsing "-": invalid syntax'),
        ("+-1", 10, 64, 'strconv.ParseInt: parsing "+-1": invalid syntax'),
        ("1_0", 10, 64, 'strconv.ParseInt: parsing "1_0": invalid syntax'),
        ("\u0663", 10, 64, 'strconv.ParseInt: parsing "\u0663": invalid syntax'),
        ("1\udcff", 10, 64, r'strconv.ParseInt: parsing "1\xff": invalid syntax'),
        ("08", 8, 64, 'strconv.ParseInt: parsing "08": invalid syntax'),
        ("128", 10, 8, 'strconv.ParseInt: parsing "128": value out of range'),
        ("-129", 10, 8, 'strconv.ParseInt: parsing "-129": value out of range'),
        ("300x", 10, 8, 'strconv.ParseInt: parsing "300x": value out of range'),
        ("9223372036854775808", 10, 64, 'strconv.ParseInt: parsing "9223372036854775808": value out of range'),
    ],
)
def test_what_is_no_int(text: str, base: int, bits: int, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_int(text, base, bits)
    assert caught.value.message == message


@pytest.mark.parametrize(("text", "base", "bits", "expected"), [("65535", 10, 16, 65535), ("00777", 8, 32, 0o777)])
def test_parse_uint(text: str, base: int, bits: int, expected: int) -> None:
    assert parse_uint(text, base, bits) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [("+1", "invalid syntax"), ("-1", "invalid syntax"), ("", "invalid syntax"), ("65536", "value out of range")],
)
def test_what_is_no_uint(text: str, reason: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_uint(text, 10, 16)
    assert caught.value.message == f'strconv.ParseUint: parsing "{text}": {reason}'


def test_parse_atoi() -> None:
    assert [parse_atoi(text) for text in ("7", "+7", "-07")] == [7, 7, -7]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("x", "invalid syntax"),
        ("+", "invalid syntax"),
        ("1" * 20, "value out of range"),
        ("1" * 5000, "value out of range"),
    ],
)
def test_what_atoi_refuses(text: str, reason: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_atoi(text)
    assert caught.value.message == f'strconv.Atoi: parsing "{text}": {reason}'
