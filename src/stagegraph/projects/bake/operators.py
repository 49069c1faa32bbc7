"""The operators of HCL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Context, Decimal, DecimalException, DivisionByZero, Inexact, InvalidOperation, Overflow

from stagegraph.errors import Complaint
from stagegraph.projects.bake.values import Content, Datum, are_equal, to_number, to_truth

# Numbers have 512 bits, which are 154 digits. A result that has more is refused, for its last digits would differ.
ARITHMETIC = Context(prec=154, traps=[DivisionByZero, Inexact, InvalidOperation, Overflow])


def operate(operator: str, operands: Sequence[Datum]) -> Datum:
    """What an operator makes of its operands, all of them worked out.

    Raises:
        Complaint: it cannot be applied to them.
    """
    table = _UNARY if len(operands) == 1 else _BINARY
    try:
        content = table[operator](*operands)
    except DecimalException:
        raise Complaint(f"{operator} has no result here") from None
    return Datum(content, frozenset[str]().union(*(operand.all_variables for operand in operands)))


def remainder(one: Decimal, other: Decimal) -> Decimal:
    """What a division leaves, with the sign of the number that is divided."""
    return ARITHMETIC.remainder(one, other)


def _divided(one: Datum, other: Datum) -> Content:
    return ARITHMETIC.divide(to_number(one), to_number(other))


_UNARY: dict[str, Callable[[Datum], Content]] = {
    "-": lambda one: ARITHMETIC.minus(to_number(one)),
    "!": lambda one: not to_truth(one),
}
_BINARY: dict[str, Callable[[Datum, Datum], Content]] = {
    "==": are_equal,
    "!=": lambda one, other: not are_equal(one, other),
    "<": lambda one, other: to_number(one) < to_number(other),
    ">": lambda one, other: to_number(one) > to_number(other),
    "<=": lambda one, other: to_number(one) <= to_number(other),
    ">=": lambda one, other: to_number(one) >= to_number(other),
    "+": lambda one, other: ARITHMETIC.add(to_number(one), to_number(other)),
    "-": lambda one, other: ARITHMETIC.subtract(to_number(one), to_number(other)),
    "*": lambda one, other: ARITHMETIC.multiply(to_number(one), to_number(other)),
    "/": _divided,
    "%": lambda one, other: remainder(to_number(one), to_number(other)),
    "&&": lambda one, other: to_truth(one) and to_truth(other),
    "||": lambda one, other: to_truth(one) or to_truth(other),
}
