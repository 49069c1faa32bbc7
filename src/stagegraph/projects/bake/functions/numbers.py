"""Functions of numbers."""

from __future__ import annotations

from decimal import Decimal

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions.arguments import MANY, Arguments, Function
from stagegraph.projects.bake.operators import ARITHMETIC, remainder
from stagegraph.projects.bake.values import Content, to_number

_HIGHEST_POWER = 10_000
_HIGHEST_BASE = 36


def _rounded(way: str) -> Function:
    return Function(1, 1, lambda given: given.number(0).to_integral_value(rounding=way))


def _pow(given: Arguments) -> Content:
    if abs(given.number(1)) > _HIGHEST_POWER:
        raise Complaint(f"a power beyond {_HIGHEST_POWER}, a limit of stagegraph")
    return ARITHMETIC.power(given.number(0), given.number(1))


def _parse_int(given: Arguments) -> Content:
    base = given.whole(1)
    if not 2 <= base <= _HIGHEST_BASE:
        raise Complaint(f"the base of parseint is not between 2 and {_HIGHEST_BASE}")
    given.room(len(given.text(0)) ** 2 // 1_000)
    try:
        return Decimal(str(int(given.text(0), base)))
    except ValueError:
        raise Complaint(f"parseint finds no number in base {base}") from None


def _signum(given: Arguments) -> Content:
    number = given.number(0)
    return Decimal((number > 0) - (number < 0))


FUNCTIONS = {
    "absolute": Function(1, 1, lambda given: abs(given.number(0))),
    "add": Function(2, 2, lambda given: ARITHMETIC.add(given.number(0), given.number(1))),
    "ceil": _rounded("ROUND_CEILING"),
    "divide": Function(2, 2, lambda given: ARITHMETIC.divide(given.number(0), given.number(1))),
    "floor": _rounded("ROUND_FLOOR"),
    "int": _rounded("ROUND_DOWN"),
    "max": Function(1, MANY, lambda given: max(map(to_number, given.values))),
    "min": Function(1, MANY, lambda given: min(map(to_number, given.values))),
    "modulo": Function(2, 2, lambda given: remainder(given.number(0), given.number(1))),
    "multiply": Function(2, 2, lambda given: ARITHMETIC.multiply(given.number(0), given.number(1))),
    "negate": Function(1, 1, lambda given: ARITHMETIC.minus(given.number(0))),
    "parseint": Function(2, 2, _parse_int),
    "pow": Function(2, 2, _pow),
    "signum": Function(1, 1, _signum),
    "subtract": Function(2, 2, lambda given: ARITHMETIC.subtract(given.number(0), given.number(1))),
}
