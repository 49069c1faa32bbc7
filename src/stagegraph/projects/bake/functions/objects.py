"""Functions of objects, and of whatever can be looked into."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import MANY, Arguments, Function
from stagegraph.projects.bake.values import Content, Datum, to_text, to_whole


def _coalesce(given: Arguments) -> Content:
    for value in given.values:
        if value.content is not None:
            return value.content
    raise Complaint("coalesce finds nothing but null")


def _find(of: Datum, key: Datum) -> Datum | None:
    """The member or element of a key, None where there is none."""
    if isinstance(of.content, Mapping):
        return of.content.get(to_text(key).value)
    if isinstance(of.content, tuple):
        number = to_whole(key)
        return of.content[number] if 0 <= number < len(of.content) else None
    raise Complaint("a list or an object was expected")


def _index(given: Arguments) -> Content:
    found = _find(given.values[0], given.values[1])
    if found is None:
        raise Complaint("index finds nothing")
    return found.content


def _length(given: Arguments) -> Content:
    if isinstance(given.values[0].content, tuple | Mapping):
        return Decimal(len(given.values[0].content))
    raise Complaint("a list or an object was expected")


def _lookup(given: Arguments) -> Content:
    found = given.members(0).get(given.text(1))
    if found is not None:
        return found.content
    if len(given.values) < 3:
        raise Complaint(f"there is no {given.text(1)} in it")
    return given.values[2].content


def _merge(given: Arguments) -> Content:
    merged: dict[str, Datum] = {}
    for number, value in enumerate(given.values):
        if value.content is not None:
            merged |= given.members(number)
    return merged


def _zipmap(given: Arguments) -> Content:
    names, values = given.texts(0), given.items(1)
    if len(names) != len(values):
        raise Complaint("zipmap has more keys than values, or fewer")
    return dict(zip(names, values, strict=True))


FUNCTIONS = {
    "coalesce": Function(1, MANY, _coalesce),
    "hasindex": Function(2, 2, lambda given: _find(*given.values) is not None),
    "index": Function(2, 2, _index),
    "keys": Function(1, 1, lambda given: tuple(map(Datum, given.members(0)))),
    "length": Function(1, 1, _length),
    "lookup": Function(2, 3, _lookup),
    "merge": Function(1, MANY, _merge),
    "values": Function(1, 1, lambda given: tuple(given.members(0).values())),
    "zipmap": Function(2, 2, _zipmap),
}
