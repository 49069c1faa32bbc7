"""Functions that compare, and that put truth values together."""

from __future__ import annotations

from stagegraph.projects.bake.functions.arguments import Function
from stagegraph.projects.bake.values import are_equal

FUNCTIONS = {
    "and": Function(2, 2, lambda given: given.truth(0) and given.truth(1)),
    "equal": Function(2, 2, lambda given: are_equal(*given.values)),
    "greaterthan": Function(2, 2, lambda given: given.number(0) > given.number(1)),
    "greaterthanorequalto": Function(2, 2, lambda given: given.number(0) >= given.number(1)),
    "lessthan": Function(2, 2, lambda given: given.number(0) < given.number(1)),
    "lessthanorequalto": Function(2, 2, lambda given: given.number(0) <= given.number(1)),
    "not": Function(1, 1, lambda given: not given.truth(0)),
    "notequal": Function(2, 2, lambda given: not are_equal(*given.values)),
    "or": Function(2, 2, lambda given: given.truth(0) or given.truth(1)),
}
