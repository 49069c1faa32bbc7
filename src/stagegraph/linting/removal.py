"""Taking a stage out of the text, with the comments that belong to it."""

from __future__ import annotations

from collections.abc import Sequence

from stagegraph.linting.findings import Edit, Fix
from stagegraph.linting.labels import quoted
from stagegraph.linting.subject import Subject
from stagegraph.stages.cutting import Stage
from stagegraph.syntax.nodes import BlankLine, Comment, Directive, Node

_MOST_DIRECTIVES = 3


def removal_of(stage: Stage, subject: Subject) -> Fix | None:
    """The fix that takes a stage out; the comment above the next stage stays, and so does a file's own.

    The comment of a stage is what stands right above its `FROM`. At the head of the file that is
    rather a comment on the file, and stays.
    """
    nodes, places = subject.dockerfile.nodes, subject.places_of_nodes
    first = places[id(stage.from_)]
    last = places[id(stage.instructions[-1])] if stage.instructions else first
    above = _run_of(Comment, nodes, first, -1)
    if not all(isinstance(node, Directive) for node in nodes[: min(above, _MOST_DIRECTIVES + 1)]):
        first = above
    end = _run_of(BlankLine, nodes, last + 1, 1)
    if end == len(nodes):  # at the end of the file the blank lines before it go too
        first = _run_of(BlankLine, nodes, first, -1)
    start, stop = nodes[first].span, nodes[end - 1].span
    if start is None or stop is None:
        return None
    return Fix(f"remove {quoted(stage)}", (Edit(start.start, stop.end, ""),))


def _run_of(kind: type[Node], nodes: Sequence[Node], place: int, step: int) -> int:
    """How far the nodes of one kind reach from a place: the border behind the last of them."""
    while 0 <= place + min(step, 0) < len(nodes) and isinstance(nodes[place + min(step, 0)], kind):
        place += step
    return place
