"""Durations."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.durations import parse_duration

MILLISECOND = 10**6
SECOND = 10**9
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", 0),
        ("-0", 0),
        ("5s", 5 * SECOND),
        ("+1h2m3s", HOUR + 2 * MINUTE + 3 * SECOND),
        ("-1.5h", -90 * MINUTE),
        (".5s", SECOND // 2),
        ("1.s", SECOND),
        ("3ms4us5ns", 3 * MILLISECOND + 4005),
        ("1\u00b5s", 1000),
        ("1\u03bcs", 1000),
        ("0.1234567899s", 123456789),
        ("0." + "3" * 30 + "h", 1200 * SECOND),
        ("0." + "0" * 400 + "1h", 0),
        ("0" * 5000 + "1s", SECOND),
        ("9223372036854775807ns", 2**63 - 1),
        ("-9223372036854775808ns", -(2**63)),
        ("9223372036854775808ns9223372036854775808ns", 0),
    ],
)
def test_parse_duration(text: str, expected: int) -> None:
    assert parse_duration(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", 'time: invalid duration ""'),
        ("-", 'time: invalid duration "-"'),
        ("s", 'time: invalid duration "s"'),
        (".s", 'time: invalid duration ".s"'),
        ("1s2", 'time: missing unit in duration "1s2"'),
        ("10", 'time: missing unit in duration "10"'),
        ("00", 'time: missing unit in duration "00"'),
        ("1.2.3s", 'time: missing unit in duration "1.2.3s"'),
        ("1d", 'time: unknown unit "d" in duration "1d"'),
        ("1 s", 'time: unknown unit " s" in duration "1 s"'),
        ('1"\\', r'time: unknown unit "\"\\" in duration "1\"\\"'),
        ("1\u00e9", r'time: unknown unit "\xc3\xa9" in duration "1\xc3\xa9"'),
        ("1\udcff\n\x7f", 'time: unknown unit "\\xff\\x0a\x7f" in duration "1\\xff\\x0a\x7f"'),
        ("9223372036854775808ns", 'time: invalid duration "9223372036854775808ns"'),
        ("9223372036854775809ns", 'time: invalid duration "9223372036854775809ns"'),
        ("9223372036854775807ns1.5ns1s", 'time: invalid duration "9223372036854775807ns1.5ns1s"'),
        ("2562048h", 'time: invalid duration "2562048h"'),
        ("9223372036.9s", 'time: invalid duration "9223372036.9s"'),
        ("1" * 5000, f'time: invalid duration "{"1" * 5000}"'),
    ],
)
def test_what_is_no_duration(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_duration(text)
    assert caught.value.message == message
