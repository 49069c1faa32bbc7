"""The functions of bake files that stagegraph works out, by name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stagegraph.errors import Complaint
from stagegraph.projects.bake.functions import encodings, lists, logic, numbers, objects, patterns, strings
from stagegraph.projects.bake.functions.arguments import Arguments, Function
from stagegraph.projects.bake.values import Datum
from stagegraph.projects.limits import Allowance

FUNCTIONS: Mapping[str, Function] = {
    **strings.FUNCTIONS,
    **numbers.FUNCTIONS,
    **patterns.FUNCTIONS,
    **logic.FUNCTIONS,
    **lists.FUNCTIONS,
    **objects.FUNCTIONS,
    **encodings.FUNCTIONS,
}


def apply(name: str, values: Sequence[Datum], allowance: Allowance) -> Datum:
    """What the function `name` makes of its arguments; every variable in them has a part in it.

    Raises:
        Complaint: it takes other arguments.
    """
    function = FUNCTIONS[name]
    if not function.least <= len(values) <= function.most:
        raise Complaint(f"{name} takes another number of arguments than {len(values)}")
    try:
        content = function.work_out(Arguments(tuple(values), allowance))
    except (ArithmeticError, OverflowError):
        raise Complaint(f"{name} has no result here") from None
    return Datum(content, frozenset[str]().union(*(value.all_variables for value in values)))
