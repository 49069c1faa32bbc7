"""The operators of HCL's expressions."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType

from stagegraph.projects.bake.values import Value, as_bool, as_int, as_number, is_equal
from stagegraph.projects.unknowable import Unknowable


def _compared(compare: Callable[[int | Decimal, int | Decimal], bool]) -> Callable[..., Value]:
    return lambda one, other: compare(as_number(one), as_number(other))


def _computed(compute: Callable[[int, int], int]) -> Callable[..., Value]:
    """Integers only: what HCL makes of fractions depends on its 512 bits."""
    return lambda one, other: compute(as_int(one), as_int(other))


def _divide(one: int, other: int) -> int:
    if other == 0:
        raise Unknowable("it divides by zero")
    if one % other:
        raise Unknowable("a division that does not come out even is not carried out here")
    return one // other


def _modulo(one: int, other: int) -> int:
    if other == 0:
        raise Unknowable("it divides by zero")
    return abs(one) % abs(other) * (-1 if one < 0 else 1)


def _negate(value: Value) -> Value:
    number = as_number(value)
    if number == 0:
        raise Unknowable("the sign of zero is not followed here")
    return -number


OPERATORS: Mapping[tuple[str, int], Callable[..., Value]] = MappingProxyType(
    {
        ("==", 2): is_equal,
        ("!=", 2): lambda one, other: not is_equal(one, other),
        ("<", 2): _compared(operator.lt),
        (">", 2): _compared(operator.gt),
        ("<=", 2): _compared(operator.le),
        (">=", 2): _compared(operator.ge),
        ("+", 2): _computed(operator.add),
        ("-", 2): _computed(operator.sub),
        ("*", 2): _computed(operator.mul),
        ("/", 2): _computed(_divide),
        ("%", 2): _computed(_modulo),
        ("-", 1): _negate,
        ("!", 1): lambda value: not as_bool(value),
        ("&&", 2): lambda one, other: as_bool(one) & as_bool(other),
        ("||", 2): lambda one, other: as_bool(one) | as_bool(other),
    }
)
"""What each operator does, by its sign and the number of its operands."""
