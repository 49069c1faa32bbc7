"""Amounts of memory."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.sizes import parse_size


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("100", 100),
        ("100b", 100),
        ("64m", 64 << 20),
        ("64 MB", 64 << 20),
        ("1.5GiB", 3 << 29),
        ("2T", 2 << 40),
        ("1p", 1 << 50),
        ("1.9", 1),
        ("1.", 1),
        (".5k", 512),
        ("1_000", 1000),
        ("1e3", 1000),
        ("0x1p4k", 16 << 10),
        ("0X_a.8p1", 21),
        ("0x.8p1", 1),
        ("-0", 0),
        ("1e19", -(1 << 63)),
        ("8192p", -(1 << 63)),
        ("inf ", -(1 << 63)),
        ("nan ", -(1 << 63)),
        ("1\u212a", 1 << 10),
        ("1P\u023a", 1 << 50),
    ],
)
def test_parse_size(text: str, expected: int) -> None:
    assert parse_size(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "invalid size: ''"),
        ("k", "invalid size: 'k'"),
        ("-1k", "invalid size: '-1k'"),
        ("-inf ", "invalid size: '-inf '"),
        ("1x", "invalid suffix: 'x'"),
        ("1Kx", "invalid suffix: 'kx'"),
        ("1kbb", "invalid suffix: 'kbb'"),
        ("1bb", "invalid suffix: 'bb'"),
        ("1KiBs", "invalid suffix: 'KiBs'"),
        ("1\udcffM", "invalid suffix: '\ufffdm'"),
        (".", 'strconv.ParseFloat: parsing ".": invalid syntax'),
        ("  ", 'strconv.ParseFloat: parsing " ": invalid syntax'),
        (" 1", 'strconv.ParseFloat: parsing " 1": invalid syntax'),
        ("1__0", 'strconv.ParseFloat: parsing "1__0": invalid syntax'),
        ("1_.5", 'strconv.ParseFloat: parsing "1_.5": invalid syntax'),
        ("0x10", 'strconv.ParseFloat: parsing "0x10": invalid syntax'),
        ("+nan ", 'strconv.ParseFloat: parsing "+nan": invalid syntax'),
        ("\u06631", 'strconv.ParseFloat: parsing "\u06631": invalid syntax'),
        ("1e999k", 'strconv.ParseFloat: parsing "1e999": value out of range'),
        ("0x1p9999", 'strconv.ParseFloat: parsing "0x1p9999": value out of range'),
    ],
)
def test_what_is_no_size(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_size(text)
    assert caught.value.message == message
