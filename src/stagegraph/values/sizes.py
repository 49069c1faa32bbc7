"""Amounts of memory such as `64m` or `1.5GiB` (`docker/go-units`, `RAMInBytes`)."""

from __future__ import annotations

import math
import re

from stagegraph.errors import Complaint
from stagegraph.quoting import go_quote
from stagegraph.values.letters import lower

_FACTORS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40, "p": 1 << 50}
_LONGEST_SUFFIX = 3
_INT64 = 1 << 63

_suffix = re.compile(r"b?|[kmgtp](?:i?b)?")
_number_end = re.compile(r".*[0-9. ]", re.DOTALL)
_special = re.compile(r"[+-]?(?:inf|infinity)|nan", re.IGNORECASE)
_DIGITS = r"[0-9]+(?:_[0-9]+)*"
_HEX = r"[0-9a-fA-F]+(?:_[0-9a-fA-F]+)*"
_decimal = re.compile(rf"[+-]?(?:{_DIGITS}(?:\.(?:{_DIGITS})?)?|\.{_DIGITS})(?:[eE][+-]?{_DIGITS})?")
_hexadecimal = re.compile(rf"[+-]?0[xX](?:_?{_HEX}(?:\.(?:{_HEX})?)?|\.{_HEX})[pP][+-]?{_DIGITS}")


def parse_size(text: str) -> int:
    """The bytes that `text` stands for, in units of 1024; case and a final `b` or `ib` do not matter.

    Raises `Complaint` with the words of `docker/go-units` or, for the number, of `strconv`.
    """
    match = _number_end.match(text)
    if match is None:
        raise Complaint(f"invalid size: '{text}'")
    number_text, suffix = match.group().removesuffix(" "), text[match.end() :]
    number = _parse_float(number_text)
    if number < 0:
        raise Complaint(f"invalid size: '{text}'")
    return _truncate(number * _factor(suffix))


def _factor(suffix: str) -> int:
    unit = suffix if _bytes_in(suffix) > _LONGEST_SUFFIX else lower(suffix)
    sound = _suffix.fullmatch(unit)
    # A suffix that only its lower case makes too long is measured before and never looked at.
    overlooked = unit != suffix and unit[0] in _FACTORS and unit[0] != "b" and _bytes_in(unit) > _LONGEST_SUFFIX
    if not sound and not overlooked:
        raise Complaint(f"invalid suffix: '{unit}'")
    return _FACTORS[unit[:1]]


def _bytes_in(text: str) -> int:
    return len(text.encode("utf-8", "surrogateescape"))


def _parse_float(text: str) -> float:
    """`strconv.ParseFloat`: decimal and hexadecimal literals of Go, infinities, NaN."""
    if _special.fullmatch(text):
        return float(text)
    hexadecimal = _hexadecimal.fullmatch(text)
    if not (hexadecimal or _decimal.fullmatch(text)):
        raise Complaint(f"strconv.ParseFloat: parsing {go_quote(text)}: invalid syntax")
    plain = text.replace("_", "")
    try:
        number = float.fromhex(plain) if hexadecimal else float(plain)
    except OverflowError:
        number = math.inf
    if math.isinf(number):
        raise Complaint(f"strconv.ParseFloat: parsing {go_quote(text)}: value out of range")
    return number


def _truncate(number: float) -> int:
    # What does not fit 64 bits becomes the smallest number on amd64.
    return int(number) if abs(number) < _INT64 else -_INT64
