"""Functions of lists."""

from __future__ import annotations

from decimal import Decimal
from itertools import product

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import MANY, Arguments, Function
from stagegraph.projects.bake.values import Content, Datum, are_equal, to_items
from stagegraph.projects.limits import STEP


def _concat(given: Arguments) -> Content:
    return tuple(item for number in range(len(given.values)) for item in given.items(number))


def _contains(given: Arguments) -> Content:
    return any(are_equal(item, given.values[1]) for item in given.items(0))


def _chunklist(given: Arguments) -> Content:
    items, size = given.items(0), given.whole(1)
    if size < 0:
        raise Complaint("the size of a chunk is negative")
    starts = range(0, len(items), size) if size else [0]
    return tuple(Datum(items[start : start + size] if size else items) for start in starts)


def _coalescelist(given: Arguments) -> Content:
    for value in given.values:
        if value.content is not None and to_items(value):
            return value.content
    raise Complaint("coalescelist finds no list with anything in it")


def _distinct(given: Arguments) -> Content:
    items = given.items(0)
    given.room(len(items) ** 2)
    found: list[Datum] = []
    for item in items:
        if not any(are_equal(item, other) for other in found):
            found.append(item)
    return tuple(found)


def _element(given: Arguments) -> Content:
    items, number = given.items(0), given.whole(1)
    if not items or number < 0:
        raise Complaint("element finds nothing")
    return items[number % len(items)].content


def _flatten(given: Arguments) -> Content:
    found: list[Datum] = []
    waiting = list(reversed(given.items(0)))
    while waiting:
        item = waiting.pop()
        if isinstance(item.content, tuple):
            waiting += reversed(item.content)
        else:
            found.append(item)
    return tuple(found)


def _indexof(given: Arguments) -> Content:
    for number, item in enumerate(given.items(0)):
        if are_equal(item, given.values[1]):
            return Decimal(number)
    raise Complaint("indexof finds nothing")


def _range(given: Arguments) -> Content:
    numbers = [given.number(number) for number in range(len(given.values))]
    start, end = (Decimal(0), numbers[0]) if len(numbers) == 1 else numbers[:2]
    step = numbers[2] if len(numbers) == 3 else Decimal(-1 if end < start else 1)
    if step == 0 or (end - start) * step < 0:
        raise Complaint("range has a step that does not lead to its end")
    found: list[Datum] = []
    while (end - start) * step > 0:
        given.room(STEP)
        found.append(Datum(start))
        start += step
    return tuple(found)


def _setproduct(given: Arguments) -> Content:
    lists = [given.items(number) for number in range(len(given.values))]
    count = len(lists)
    for one in lists:
        count *= len(one)
    given.room(STEP * count)
    return tuple(Datum(row) for row in product(*lists))


def _slice(given: Arguments) -> Content:
    items, start, end = given.items(0), given.whole(1), given.whole(2)
    if not 0 <= start <= end <= len(items):
        raise Complaint("slice goes beyond its list")
    return items[start:end]


FUNCTIONS = {
    "chunklist": Function(2, 2, _chunklist),
    "coalescelist": Function(1, MANY, _coalescelist),
    "compact": Function(1, 1, lambda given: tuple(Datum(text) for text in given.texts(0) if text)),
    "concat": Function(1, MANY, _concat),
    "contains": Function(2, 2, _contains),
    "distinct": Function(1, 1, _distinct),
    "element": Function(2, 2, _element),
    "flatten": Function(1, 1, _flatten),
    "indexof": Function(2, 2, _indexof),
    "range": Function(1, 3, _range),
    "reverselist": Function(1, 1, lambda given: given.items(0)[::-1]),
    "setproduct": Function(1, MANY, _setproduct),
    "slice": Function(3, 3, _slice),
    "sort": Function(1, 1, lambda given: tuple(map(Datum, sorted(given.texts(0))))),
}
