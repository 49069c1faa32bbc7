"""Bodies of bake files that are read together → `Definitions`: what each name stands for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from stagegraph.projects.bake.expressions import Attribute, Block, Body
from stagegraph.projects.drafts import Fault, NotEvaluated

_KINDS = frozenset({"variable", "function", "target", "group"})


@attrs.frozen
class Definitions:
    """Variables, functions and attributes by name, later ones in the place of earlier; targets and groups in order."""

    variables: Mapping[str, Block]
    functions: Mapping[str, Block]
    attributes: Mapping[str, Attribute]
    targets: tuple[Block, ...]
    groups: tuple[Block, ...]


def define(bodies: Iterable[Body]) -> Definitions:
    """What the files define together.

    Raises:
        NotEvaluated: a block of another kind, or one that has not one label.
    """
    attributes: dict[str, Attribute] = {}
    blocks: dict[str, list[Block]] = {kind: [] for kind in _KINDS}
    for body in bodies:
        attributes |= {one.name: one for one in body.attributes if one.name not in _KINDS}
        for block in body.blocks:
            if block.kind not in blocks:
                raise NotEvaluated(Fault(f"{block.kind} is no block of a bake file", block.place))
            if len(block.labels) != 1:
                raise NotEvaluated(Fault(f"a {block.kind} has one name", block.place))
            blocks[block.kind].append(block)
    return Definitions(
        {block.labels[0]: block for block in blocks["variable"]},
        {block.labels[0]: block for block in blocks["function"]},
        attributes,
        tuple(blocks["target"]),
        tuple(blocks["group"]),
    )
