"""Taking a stage out of the text, with the comments that belong to it."""

from __future__ import annotations

from itertools import takewhile

from stagegraph.linting.findings import Edit, Fix
from stagegraph.linting.labels import quoted
from stagegraph.linting.subject import Subject
from stagegraph.stages.cutting import Stage
from stagegraph.syntax.nodes import BlankLine, Comment, Node


def removal_of(stage: Stage, subject: Subject) -> Fix | None:
    """The fix that takes a stage out; the comment above the next stage stays, and so does a file's own.

    The comment of a stage is what stands right above its `FROM`. At the head of the file that is
    rather a comment on the file, and stays.
    """
    nodes = subject.dockerfile.nodes
    first = nodes.index(stage.from_)
    last = nodes.index(stage.instructions[-1]) if stage.instructions else first
    comments = list(takewhile(lambda node: isinstance(node, Comment), reversed(nodes[:first])))
    if comments and len(comments) < first:
        first -= len(comments)
    blanks = list(takewhile(lambda node: isinstance(node, BlankLine), nodes[last + 1 :]))
    last += len(blanks)
    start, end = nodes[first].span, nodes[last].span
    if start is None or end is None:
        return None
    begin = start.start
    if last + 1 == len(nodes):  # at the end of the file the blank lines before it go instead
        begin = _before_blanks(nodes[:first], begin)
    return Fix(f"remove {quoted(stage)}", (Edit(begin, end.end, ""),))


def _before_blanks(nodes: tuple[Node, ...], begin: int) -> int:
    for node in takewhile(lambda node: isinstance(node, BlankLine), reversed(nodes)):
        begin = node.span.start if node.span is not None else begin
    return begin
