"""Expression → `Datum`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.bake.expressions import (
    Access,
    Call,
    Conditional,
    Expression,
    For,
    ListExpression,
    Literal,
    ObjectExpression,
    Operation,
    Splat,
    Template,
    TemplateFor,
    TemplateIf,
    TemplatePart,
    Variable,
)
from stagegraph.projects.bake.loops import collected, rounds
from stagegraph.projects.bake.operators import operate
from stagegraph.projects.bake.values import Datum, element_of, kind_of, to_text, to_truth
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import STEP, Allowance
from stagegraph.projects.texts import Text, joined


class Names(Protocol):
    """Where names come from: variables, blocks, functions."""

    allowance: Allowance

    def variable(self, name: str, place: Place) -> Datum:
        """The value of a variable, or of an attribute of the file.

        Raises:
            NotEvaluated: there is none, or it cannot be worked out.
        """
        ...

    def block(self, kind: str) -> Callable[[str, str, Place], Datum] | None:
        """What gives the attributes of the blocks of a kind (`target.NAME.ATTRIBUTE`), None for another name."""
        ...

    def call(self, call: Call, scope: Scope) -> Datum:
        """What a function makes of its arguments.

        Raises:
            NotEvaluated: it is not on the list, or cannot be applied.
        """
        ...


@attrs.frozen
class Scope:
    """Names that are in force: those of the file, and those of the place (`matrix`, `for`, parameters)."""

    names: Names
    local: Mapping[str, Datum] = attrs.field(factory=dict)

    def within(self, local: Mapping[str, Datum]) -> Scope:
        """With more names of the place."""
        return attrs.evolve(self, local={**self.local, **local})

    def value(self, expression: Expression) -> Datum:
        """What an expression comes to.

        Raises:
            NotEvaluated: it cannot be worked out.
        """
        try:
            datum = _WAYS[type(expression)](self, expression)
            self.names.allowance.spend(STEP + datum.weight)
        except Complaint as complaint:
            raise NotEvaluated(Fault(complaint.message, expression.place)) from None
        return datum


def _literal(_scope: Scope, literal: Literal) -> Datum:
    return Datum(literal.value)


def _variable(scope: Scope, variable: Variable) -> Datum:
    if variable.name in scope.local:
        return scope.local[variable.name]
    return scope.names.variable(variable.name, variable.place)


def _list(scope: Scope, expression: ListExpression) -> Datum:
    return Datum(tuple(scope.value(item) for item in expression.items))


def _object(scope: Scope, expression: ObjectExpression) -> Datum:
    keys = [(to_text(scope.value(key)), value) for key, value in expression.pairs]
    variables = frozenset[str]().union(*(key.variables for key, _ in keys))
    return Datum({key.value: scope.value(value) for key, value in keys}, variables)


def _operation(scope: Scope, operation: Operation) -> Datum:
    return operate(operation.operator, [scope.value(operand) for operand in operation.operands])


def _conditional(scope: Scope, conditional: Conditional) -> Datum:
    condition = scope.value(conditional.condition)
    chosen = conditional.yes if to_truth(condition) else conditional.no
    return scope.value(chosen).by(condition.variables)


def _call(scope: Scope, call: Call) -> Datum:
    return scope.names.call(call, scope)


def _access(scope: Scope, access: Access) -> Datum:
    """An element of a list or object, or an attribute of a block of the file."""
    block = access.of
    if isinstance(block, Access) and isinstance(block.of, Variable) and block.of.name not in scope.local:
        attributes = scope.names.block(block.of.name)
        if attributes is not None:
            name, attribute = to_text(scope.value(block.key)), to_text(scope.value(access.key))
            return attributes(name.value, attribute.value, access.place)
    return element_of(scope.value(access.of), scope.value(access.key))


def _splat(scope: Scope, splat: Splat) -> Datum:
    of = scope.value(splat.of)
    if of.content is None:
        return Datum((), of.variables)
    items = of.content if isinstance(of.content, tuple) else (of,)
    found: list[Datum] = []
    for item in items:
        for key in splat.accesses:
            item = element_of(item, scope.value(key))  # noqa: PLW2901 - further in with every key
        found.append(item)
    return Datum(tuple(found), of.variables)


def _template(scope: Scope, template: Template) -> Datum:
    if len(template.parts) == 1 and not isinstance(template.parts[0], str | TemplateIf | TemplateFor):
        return scope.value(template.parts[0])
    return Datum.of_text(_text_of(scope, template))


def _text_of(scope: Scope, template: Template) -> Text:
    text = joined(_part(scope, part) for part in template.parts)
    scope.names.allowance.spend(len(text.value))
    return text


def _part(scope: Scope, part: TemplatePart) -> Text:
    if isinstance(part, str):
        return Text.known(part)
    if isinstance(part, TemplateIf):
        condition = scope.value(part.condition)
        chosen = _text_of(scope, part.yes if to_truth(condition) else part.no)
        return Text.gap(chosen.value, chosen.variables | condition.variables) if condition.variables else chosen
    if isinstance(part, TemplateFor):
        of = scope.value(part.of)
        whole = joined(_text_of(inner, part.body) for inner in rounds(scope, part.names, of))
        return Text.gap(whole.value, whole.variables | of.variables) if of.variables else whole
    datum = scope.value(part)
    try:
        return to_text(datum)
    except Complaint:
        raise Complaint(f"{kind_of(datum)} stands in a text") from None


_WAYS: dict[type, Callable[..., Datum]] = {
    Literal: _literal,
    Template: _template,
    ListExpression: _list,
    ObjectExpression: _object,
    Variable: _variable,
    Access: _access,
    Splat: _splat,
    Call: _call,
    Conditional: _conditional,
    Operation: _operation,
    For: collected,
}
