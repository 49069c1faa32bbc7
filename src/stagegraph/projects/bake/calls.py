"""Calls of functions: those on the list, those that a file defines, `try` and `can`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.errors import Complaint
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.expressions import Block, Call, Expression, ListExpression, Template, Variable
from stagegraph.projects.bake.functions import FUNCTIONS, apply
from stagegraph.projects.bake.values import Datum, to_items
from stagegraph.projects.drafts import Fault, NotEvaluated

if TYPE_CHECKING:
    from stagegraph.projects.bake.names import BakeNames


def call_function(call: Call, scope: Scope, names: BakeNames) -> Datum:
    """What a function makes of its arguments, which are worked out in `scope`.

    Raises:
        NotEvaluated: it is not on the list, depends on itself, or cannot be applied.
    """
    if call.name == "try":
        return _first_that_works(call, scope)
    if call.name == "can":
        return Datum(_works(call, scope))
    own = names.definitions.functions.get(call.name)
    if call.name in FUNCTIONS:
        try:
            return apply(call.name, _arguments(call, scope), names.allowance)
        except Complaint as complaint:
            raise NotEvaluated(Fault(complaint.message, call.place)) from None
    if own is None:
        raise NotEvaluated(Fault(f"{call.name} is no function that stagegraph works out", call.place))
    values = _arguments(call, scope)
    with names.busy(("function", call.name), f"the function {call.name} calls itself", call.place):
        return _called(own, values, names, call)


def _arguments(call: Call, scope: Scope) -> list[Datum]:
    values = [scope.value(argument) for argument in call.arguments]
    if call.expands and values:
        last = values.pop()
        values += [item.by(last.variables) for item in to_items(last)]
    return values


def _called(function: Block, values: list[Datum], names: BakeNames, call: Call) -> Datum:
    parameters = _parameters(function)
    more = function.attributes.get("variadic_params")
    if len(values) < len(parameters) or (len(values) > len(parameters) and more is None):
        raise NotEvaluated(Fault(f"{call.name} takes {len(parameters)} arguments", call.place))
    if "result" not in function.attributes:
        raise NotEvaluated(Fault(f"the function {call.name} has no result", function.place))
    local = dict(zip(parameters, values, strict=False))
    if more is not None:
        local[_name(more.value)] = Datum(tuple(values[len(parameters) :]))
    return Scope(names, local).value(function.attributes["result"].value)


def _parameters(function: Block) -> list[str]:
    attribute = function.attributes.get("params")
    if attribute is None or not isinstance(attribute.value, ListExpression):
        raise NotEvaluated(Fault(f"the function {function.labels[0]} has no list of params", function.place))
    return [_name(item) for item in attribute.value.items]


def _name(expression: Expression) -> str:
    """A parameter: a name, which in JSON is a text."""
    if isinstance(expression, Variable):
        return expression.name
    if isinstance(expression, Template) and len(expression.parts) == 1 and isinstance(expression.parts[0], str):
        return expression.parts[0]
    raise NotEvaluated(Fault("a parameter is a name", expression.place))


def _first_that_works(call: Call, scope: Scope) -> Datum:
    refusal: NotEvaluated | None = None
    for argument in call.arguments:
        try:
            return scope.value(argument)
        except NotEvaluated as fault:
            refusal = refusal or fault
    raise refusal or NotEvaluated(Fault("try has no arguments", call.place))


def _works(call: Call, scope: Scope) -> bool:
    try:
        scope.value(call.arguments[0])
    except NotEvaluated:
        return False
    return True
