"""Whole numbers as Go reads them (`strconv`): ASCII digits only, no blanks, no underscores.

Go stops at the first digit that goes too far, so a long number with rubbish behind it is "out of
range" and not "invalid syntax"; hence the digit by digit reading.
"""

from __future__ import annotations

from string import ascii_lowercase, ascii_uppercase, digits

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote

_VALUES = {digit: value for value, digit in enumerate(digits + ascii_lowercase)}
_VALUES |= {letter: value for value, letter in enumerate(ascii_uppercase, 10)}


def parse_int(text: str, base: int = 10, bits: int = 64) -> int:
    """A signed number of at most `bits` bits in `base` 2 to 36 (`strconv.ParseInt`), else a `Complaint`."""
    return _parse_signed("ParseInt", text, base, bits)


def parse_uint(text: str, base: int = 10, bits: int = 64) -> int:
    """The same without a sign, not even a plus (`strconv.ParseUint`)."""
    return _parse_digits("ParseUint", text, text, base, bits)


def parse_atoi(text: str) -> int:
    """A signed decimal number of at most 64 bits (`strconv.Atoi`), else a `Complaint`."""
    return _parse_signed("Atoi", text, 10, 64)


def _parse_signed(function: str, text: str, base: int, bits: int) -> int:
    negative = text.startswith("-")
    unsigned = text[1:] if text[:1] in ("+", "-") else text
    magnitude = _parse_digits(function, text, unsigned, base, bits)
    limit = 1 << (bits - 1)
    if magnitude > limit or (magnitude == limit and not negative):
        raise _fault(function, text, "value out of range")
    return -magnitude if negative else magnitude


def _parse_digits(function: str, text: str, unsigned: str, base: int, bits: int) -> int:
    if not unsigned:
        raise _fault(function, text, "invalid syntax")
    number = 0
    for digit in unsigned:
        value = _VALUES.get(digit, base)
        if value >= base:
            raise _fault(function, text, "invalid syntax")
        number = number * base + value
        if number >> bits:
            raise _fault(function, text, "value out of range")
    return number


def _fault(function: str, text: str, reason: str) -> Complaint:
    return Complaint(f"strconv.{function}: parsing {go_quote(text)}: {reason}")
