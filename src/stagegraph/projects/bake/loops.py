"""`for` in bake files: the rounds, and what they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from stagegraph.errors import Complaint
from stagegraph.projects.bake.values import Content, Datum, to_items, to_members, to_text, to_truth

if TYPE_CHECKING:
    from stagegraph.projects.bake.evaluation import Scope
    from stagegraph.projects.bake.expressions import For
    from stagegraph.projects.texts import Text


def collected(scope: Scope, expression: For) -> Datum:
    """What a `for` makes: a list, or an object.

    Raises:
        NotEvaluated: something in it cannot be worked out.
        Complaint: the result is no object, for a key comes out twice.
    """
    of = scope.value(expression.of)
    results: list[tuple[Text | None, Datum]] = []
    variables = of.variables
    for inner in rounds(scope, expression.names, of):
        if expression.condition is not None:
            condition = inner.value(expression.condition)
            variables |= condition.variables
            if not to_truth(condition):
                continue
        key = to_text(inner.value(expression.result_key)) if expression.result_key is not None else None
        results.append((key, inner.value(expression.result)))
    return Datum(_content(results, expression), variables)


def _content(results: list[tuple[Text | None, Datum]], expression: For) -> Content:
    if expression.result_key is None:
        return tuple(result for _, result in results)
    groups: dict[str, list[Datum]] = {}
    for key, result in results:
        assert key is not None
        groups.setdefault(key.value, []).append(result.by(key.variables))
    if expression.grouped:
        return {key: Datum(tuple(group)) for key, group in groups.items()}
    twice = next((key for key, group in groups.items() if len(group) > 1), None)
    if twice is not None:
        raise Complaint(f"the key {twice} comes out twice")
    return {key: group[0] for key, group in groups.items()}


def rounds(scope: Scope, names: tuple[str, ...], of: Datum) -> Iterator[Scope]:
    """The scopes of the rounds of a `for`."""
    if isinstance(of.content, Mapping):
        pairs = [(Datum(name), member) for name, member in to_members(of).items()]
    else:
        pairs = [(Datum(Decimal(number)), item) for number, item in enumerate(to_items(of))]
    for key, value in pairs:
        scope.names.allowance.spend()
        item = value.by(of.variables)
        yield scope.within({names[0]: item} if len(names) == 1 else {names[0]: key, names[1]: item})
