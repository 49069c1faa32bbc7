"""The targets that one block declares: one, or with a `matrix` one for every combination of its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.expressions import Block
from stagegraph.projects.bake.values import Datum, to_items, to_members, to_text
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import MAX_MATRIX


@attrs.frozen
class Instance:
    """A target: its name, and the scope in which its attributes are worked out."""

    name: str
    scope: Scope


def instances_of(block: Block, scope: Scope) -> tuple[Instance, ...]:
    """The targets of a block.

    Raises:
        NotEvaluated: the matrix or a name cannot be worked out, or two targets have one name.
    """
    if "matrix" not in block.attributes:
        if "name" in block.attributes:
            raise NotEvaluated(Fault("a name needs a matrix", block.attributes["name"].place))
        return (Instance(block.labels[0], scope),)
    matrix = block.attributes["matrix"]
    try:
        found = tuple(
            Instance(_name(block, inner), inner)
            for inner in map(scope.within, _combinations(scope.value(matrix.value)))
        )
    except Complaint as complaint:
        raise NotEvaluated(Fault(f"matrix: {complaint.message}", matrix.place)) from None
    (name, times), *_ = Counter(instance.name for instance in found).most_common(1) or [("", 0)]
    if times > 1:
        raise NotEvaluated(Fault(f"two targets of the matrix are called {name}", matrix.place))
    return found


def _combinations(matrix: Datum) -> Iterator[dict[str, Datum]]:
    axes = {name: to_items(values.by(matrix.variables)) for name, values in to_members(matrix).items()}
    axes_open = {name: to_members(matrix)[name].variables | matrix.variables for name in axes}
    count = 1
    for values in axes.values():
        count *= len(values)
    if count > MAX_MATRIX:
        raise Complaint(f"{count} combinations, more than {MAX_MATRIX}, a limit of stagegraph")
    for row in product(*axes.values()):
        yield {name: value.by(axes_open[name]) for name, value in zip(axes, row, strict=True)}


def _name(block: Block, scope: Scope) -> str:
    if "name" not in block.attributes:
        return block.labels[0]
    return to_text(scope.value(block.attributes["name"].value)).value
