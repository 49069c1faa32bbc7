"""Values of bake files and how HCL turns one kind into another (`cty` and its `convert`).

A value is a `str`, `bool`, `int`, `Decimal`, `None`, a `list` or a `dict` with texts as keys.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from decimal import Decimal

from stagegraph.projects.limits import MAX_ITEMS, MAX_TEXT
from stagegraph.projects.unknowable import Unknowable

Value = object

_LARGEST_NUMBER = 2**512
_TRUE, _FALSE = (
    frozenset({"true", "True", "TRUE", "1", "t", "T"}),
    frozenset({"false", "False", "FALSE", "0", "f", "F"}),
)


def kind_of(value: Value) -> str:
    """What HCL calls the type of a value."""
    if isinstance(value, bool):
        return "bool"
    if isinstance(value, int | Decimal):
        return "number"
    names: tuple[tuple[type, str], ...] = ((str, "string"), (list, "list"), (dict, "map"), (type(None), "null"))
    return next((name for kind, name in names if isinstance(value, kind)), "block")


def is_primitive(value: Value) -> bool:
    """Whether a value is a text, a number or a boolean."""
    return isinstance(value, str | bool | int | Decimal)


def as_text(value: Value) -> str:
    """A value as a text."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Decimal):
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    raise Unknowable(f"a {kind_of(value)} stands where a text must")


def as_bool(value: Value) -> bool:
    """A value as a boolean: one, or the text of one."""
    if isinstance(value, bool):
        return value
    if value in ("true", "1"):
        return True
    if value in ("false", "0"):
        return False
    raise Unknowable(f"a {kind_of(value)} stands where true or false must")


def as_number(value: Value) -> int | Decimal:
    """A value as a number: one, or the text of one."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return number_from(value)
    raise Unknowable(f"a {kind_of(value)} stands where a number must")


def as_int(value: Value) -> int:
    """A value as an integer."""
    number = as_number(value)
    if isinstance(number, int):
        return number
    raise Unknowable(f"{number} stands where an integer must")


def number_from(text: str) -> int | Decimal:
    """The number that a text is; only plain decimal notation is read."""
    digits = text.removeprefix("-")
    whole, point, rest = digits.partition(".")
    longest = 100
    if not (digits.isascii() and whole.isdigit() and (rest.isdigit() or not point)) or len(text) > longest:
        raise Unknowable(f"{shown(text)} is no number that can be read here")
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else number


def bool_from(text: str) -> bool:
    """The boolean that a variable of the environment is (Go's `ParseBool`)."""
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    raise Unknowable(f"{shown(text)} is neither true nor false")


def as_list(value: Value) -> list[Value]:
    """A list."""
    if isinstance(value, list):
        return value
    raise Unknowable(f"a {kind_of(value)} stands where a list must")


def as_map(value: Value) -> dict[str, Value]:
    """A map."""
    if isinstance(value, dict):
        return value
    raise Unknowable(f"a {kind_of(value)} stands where a map must")


def checked(value: Value) -> Value:
    """The value, if it is not too large; a text in Unicode's NFC, as `cty` keeps it."""
    if isinstance(value, str) and not value.isascii():
        value = unicodedata.normalize("NFC", value)
    if isinstance(value, str) and len(value) > MAX_TEXT:
        raise Unknowable(f"a text grows beyond {MAX_TEXT} characters, a limit of stagegraph")
    if isinstance(value, list | dict) and len(value) > MAX_ITEMS:
        raise Unknowable(f"a {kind_of(value)} grows beyond {MAX_ITEMS} elements, a limit of stagegraph")
    if isinstance(value, int) and abs(value) >= _LARGEST_NUMBER:
        raise Unknowable("a number grows too large")
    return value


def is_equal(one: Value, other: Value) -> bool:
    """Whether two values are equal, which those of different types never are.

    Raises:
        Unknowable: they are lists or maps, for which it depends on their declared types.
    """
    kinds = {kind_of(one), kind_of(other)}
    if len(kinds) > 1 and kinds & {"null"}:
        return False
    if kinds & {"list", "map", "block"}:
        raise Unknowable("lists and maps are not compared here")
    return len(kinds) == 1 and one == other


def unified(values: list[Value]) -> Callable[[Value], Value]:
    """What makes the type of a value the one that all of `values` can have: the branches of a `?`, say.

    Raises:
        Unknowable: there is none, or it depends on the types of elements.
    """
    kinds = {kind_of(value) for value in values} - {"null"}
    if kinds <= {"string", "number"} or kinds <= {"string", "bool"}:
        return (lambda value: None if value is None else as_text(value)) if "string" in kinds else _same
    if len(kinds) == 1:
        elements = [
            e for value in values for e in (value.values() if isinstance(value, dict) else as_list(value or []))
        ]
        if len({kind_of(element) for element in elements} - {"null"}) <= 1:
            return _same
    raise Unknowable("values of different types stand for each other")


def _same(value: Value) -> Value:
    return value


def shown(text: str) -> str:
    """A text for a message, cut if it is long."""
    longest = 60
    return repr(text if len(text) <= longest else text[:longest] + "…")
