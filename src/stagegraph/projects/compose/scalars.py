"""What a plain word of YAML means to compose, and how it is written as a build argument (`fmt.Sprint`)."""

from __future__ import annotations

import math
import re
from datetime import date
from decimal import Decimal

from stagegraph.projects.compose.yaml_nodes import Node, Scalar

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": "true", "True": "true", "TRUE": "true", "false": "false", "False": "false", "FALSE": "false"}
_INTEGER = re.compile(r"[-+]?(?:0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|[0-9][0-9_]*)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}")
_SPECIAL = {".inf": "+Inf", ".nan": "NaN"}
_TEXT_TAG = "tag:yaml.org,2002:str"
_WHOLE_UP_TO = 6
_LONGEST_NUMBER = 400
_LOWEST, _HIGHEST = -(2**63), 2**64 - 1


def is_null(node: Node) -> bool:
    """Whether a node is nothing at all."""
    return isinstance(node, Scalar) and node.plain and node.tag != _TEXT_TAG and node.text in _NULLS


def is_text(node: Scalar) -> bool:
    """Whether a word is a text, not a number, a truth value or nothing."""
    return not node.plain or node.tag == _TEXT_TAG or (node.text not in _NULLS and _other(node.text) is None)


def as_text(node: Scalar) -> str:
    """The word as a text: numbers and truth values as Go prints them."""
    if is_text(node) or node.text in _NULLS:
        return node.text
    return _other(node.text) or node.text


def _other(text: str) -> str | None:
    """How a number or a truth value is printed; None for a text."""
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if len(text) > _LONGEST_NUMBER:
        return None
    if _INTEGER.fullmatch(text) and (whole := _integer(text)) is not None:
        return whole
    if _DATE.fullmatch(text):
        return _date(text)
    if _FLOAT.fullmatch(text):
        return _float(float(text))
    sign, word = ("-", text[1:]) if text[:1] == "-" else ("", text.removeprefix("+"))
    special = _SPECIAL.get(word.lower())
    return special if special is None or not sign else special.replace("+", "-")


def _integer(text: str) -> str | None:
    """A whole number in base ten; an old octal number is one too (`012`). None for one beyond 64 bits."""
    sign, digits = ("-", text[1:]) if text[:1] == "-" else ("", text.removeprefix("+"))
    digits = digits.replace("_", "")
    if re.fullmatch("0[0-7]+", digits):
        digits = f"0o{digits}"
    try:
        number = int(sign + digits, 0)
    except ValueError:
        return None
    if number == 0 and sign:
        return "-0"
    return str(number) if _LOWEST <= number <= _HIGHEST else None


def _date(text: str) -> str | None:
    """A day, which is the moment at its beginning; None where there is no such day."""
    try:
        day = date(*map(int, text.split("-")))
    except ValueError:
        return None
    return f"{day.isoformat()} 00:00:00 +0000 UTC"


def _float(number: float) -> str:
    """A number as `%v` prints it: its shortest form, with an exponent from a million on or below 0.0001."""
    if math.isinf(number):
        return "+Inf" if number > 0 else "-Inf"
    shortest = Decimal(repr(number)).normalize()
    if -4 <= shortest.adjusted() < _WHOLE_UP_TO:
        return f"{shortest:f}"
    sign, digits, _ = shortest.as_tuple()
    first, *others = map(str, digits)
    mantissa = f"{'-' if sign else ''}{first}{'.' if others else ''}{''.join(others)}"
    return f"{mantissa}e{'-' if shortest.adjusted() < 0 else '+'}{abs(shortest.adjusted()):02}"
