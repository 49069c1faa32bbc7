"""The declared types of variables, and values made to fit them (`typeexpr`, `convert`)."""

from __future__ import annotations

from collections.abc import Callable

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.hcl import read_expression
from stagegraph.projects.bake.values import (
    Value,
    as_bool,
    as_list,
    as_map,
    as_number,
    as_text,
    bool_from,
    kind_of,
    number_from,
)
from stagegraph.projects.unknowable import Unknowable

_PRIMITIVES: dict[str, Callable[[Value], Value]] = {"string": as_text, "number": as_number, "bool": as_bool}
_FROM_ENVIRONMENT: dict[str, Callable[[str], Value]] = {"string": str, "number": number_from, "bool": bool_from}
_COLLECTIONS = frozenset({"list", "set", "map"})


def fit(value: Value, declared: ex.Expression) -> Value:
    """`value` in the type that `declared` says.

    Raises:
        Unknowable: it does not fit, or the type is more than a primitive, `any`, or a list, set or
            map of those.
    """
    kind, element = _read(declared)
    if value is None or kind == "any":
        return value
    if kind in _PRIMITIVES:
        return _PRIMITIVES[kind](value)
    if kind == "map":
        return {key: _element(item, element) for key, item in as_map(value).items()}
    items = [_element(item, element) for item in as_list(value)]
    if kind == "set":
        if not all(isinstance(item, str) for item in items):
            raise Unknowable("a set of anything but texts is not ordered here")
        return sorted(set(map(as_text, items)))
    return items


def from_environment(text: str, declared: ex.Expression | None, default: Value) -> Value:
    """The value of a variable that the environment sets: of its declared type, or else of its default's.

    Raises:
        Unknowable: bake would refuse it, or reads it in a way that is not followed here.
    """
    kind, element = _read(declared) if declared is not None else (_kind_by(default), "string")
    if kind in _FROM_ENVIRONMENT:
        return _FROM_ENVIRONMENT[kind](text)
    if kind in ("list", "set") and '"' not in text and element in _FROM_ENVIRONMENT and text and declared is not None:
        items: list[Value] = [_FROM_ENVIRONMENT[element](item) for item in text.split(",")]
        return sorted(set(map(as_text, items))) if kind == "set" and element == "string" else items
    raise Unknowable(f"a {kind} is not read from the environment here")


def _kind_by(default: Value) -> str:
    return "string" if default is None else kind_of(default)


def _element(item: Value, kind: str) -> Value:
    return item if kind == "any" or item is None else _PRIMITIVES[kind](item)


def _read(declared: ex.Expression) -> tuple[str, str]:
    """A type and, for a collection, that of its elements."""
    if isinstance(declared, ex.Literal) and isinstance(declared.value, str):  # in JSON a type stands in quotes
        declared = read_expression(declared.value, declared.place)
    if isinstance(declared, ex.Name) and declared.name in (*_PRIMITIVES, "any"):
        return declared.name, "any"
    if isinstance(declared, ex.Name) and declared.name in _COLLECTIONS:
        return declared.name, "any"
    if isinstance(declared, ex.Call) and declared.function in _COLLECTIONS and len(declared.arguments) == 1:
        element = declared.arguments[0]
        if isinstance(element, ex.Name) and element.name in (*_PRIMITIVES, "any"):
            return declared.function, element.name
    raise Unknowable("this type is not followed here", declared.place)
