"""Durations such as `1m30s` or `1.5h` (Go's `time.ParseDuration`)."""

from __future__ import annotations

import re

from stagegraph.errors import Complaint

_UNITS = {
    "ns": 1,
    "us": 1_000,
    "\u00b5s": 1_000,
    "\u03bcs": 1_000,
    "ms": 1_000_000,
    "s": 1_000_000_000,
    "m": 60 * 1_000_000_000,
    "h": 3600 * 1_000_000_000,
}
_LIMIT = 1 << 63
_MOST_DIGITS = len(str(_LIMIT))
_WRAP = 1 << 64
_term = re.compile(r"(?!\Z)([0-9]*)(?:\.([0-9]*))?([^0-9.]*)")


def parse_duration(text: str) -> int:
    """The nanoseconds that `text` stands for, else a `Complaint` with the words of Go's `time`."""
    negative = text.startswith("-")
    unsigned = text[1:] if text[:1] in ("+", "-") else text
    if unsigned == "0":
        return 0
    if not unsigned:
        raise _fault("invalid duration", text)
    total = 0
    for term in _term.finditer(unsigned):
        # Go adds in 64 bits: two terms of the greatest length make none at all.
        total = (total + _nanoseconds(term, text)) % _WRAP
        if total > _LIMIT:
            raise _fault("invalid duration", text)
    if negative:
        return -total
    if total == _LIMIT:
        raise _fault("invalid duration", text)
    return total


def _nanoseconds(term: re.Match[str], text: str) -> int:
    """The length of one number and its unit."""
    whole, fraction, unit_name = term.group(1), term.group(2) or "", term.group(3)
    significant = whole.lstrip("0")
    if not (whole or fraction) or len(significant) > _MOST_DIGITS or int(significant or "0") > _LIMIT:
        raise _fault("invalid duration", text)
    if not unit_name:
        raise _fault("missing unit in duration", text)
    unit = _UNITS.get(unit_name)
    if unit is None:
        raise _fault(f"unknown unit {_quote(unit_name)} in duration", text)
    value = int(significant or "0")
    if value > _LIMIT // unit:
        raise _fault("invalid duration", text)
    value = value * unit + _fraction_of(unit, fraction)
    if value > _LIMIT:
        raise _fault("invalid duration", text)
    return value


def _fraction_of(unit: int, fraction: str) -> int:
    # In floating point, and with digits beyond 63 bits dropped, as Go does it: the last
    # nanosecond depends on it.
    number, scale = 0, 1.0
    for digit in fraction:
        longer = number * 10 + int(digit)
        if number > (_LIMIT - 1) // 10 or longer > _LIMIT:
            break
        number, scale = longer, scale * 10
    return int(number * (unit / scale)) if number else 0


def _fault(reason: str, text: str) -> Complaint:
    return Complaint(f"time: {reason} {_quote(text)}")


def _quote(text: str) -> str:
    r"""Go's `time` has its own quoting: every byte of what is not plain ASCII as `\x…`."""
    return '"' + "".join(_quote_character(char) for char in text) + '"'


def _quote_character(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if " " <= char <= "\x7f":
        return char
    return "".join(f"\\x{byte:02x}" for byte in char.encode("utf-8", "surrogateescape"))
