"""A diagram in Graphviz's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphviz

from stagegraph.diagrams import Line, Look

if TYPE_CHECKING:
    from stagegraph.diagrams import Box, Diagram

_LOOKS = {
    Look.STAGE: {"shape": "box", "style": "rounded,filled", "fillcolor": "#e8f0fe"},
    Look.TARGET: {"shape": "box", "style": "rounded,filled,bold", "fillcolor": "#c6e7c8"},
    Look.IMAGE: {"shape": "cylinder", "style": "filled", "fillcolor": "#fff3d6"},
    Look.CONTEXT: {"shape": "folder", "style": "filled", "fillcolor": "#f3e8fd"},
    Look.SCRATCH: {"shape": "cylinder", "style": "dashed"},
    Look.BUILDKIT_ONLY: {"shape": "box", "style": "rounded,filled,dashed", "fillcolor": "#d9f0fd"},
    Look.LEGACY_ONLY: {"shape": "box", "style": "rounded,filled,dashed", "fillcolor": "#fde7d9"},
    Look.STEP: {"shape": "box", "style": "filled", "fillcolor": "#ffffff"},
    Look.SKIPPED: {"shape": "box", "style": "rounded,dashed", "color": "#9aa0a6", "fontcolor": "#9aa0a6"},
}
_LINES = {Line.SOLID: "solid", Line.DASHED: "dashed", Line.DOTTED: "dotted", Line.BOLD: "bold"}


def dot(diagram: Diagram) -> str:
    """The diagram as DOT; boxes get generated ids, so that no name can break it."""
    graph = graphviz.Digraph(diagram.name, graph_attr={"rankdir": "LR", "fontname": "Helvetica"})
    graph.attr("node", fontname="Helvetica", fontsize="11")
    graph.attr("edge", fontname="Helvetica", fontsize="9")
    if diagram.caption:
        graph.attr(label=_literal(diagram.caption), labelloc="b")
    ids = {box.key: f"n{number}" for number, box in enumerate(diagram.boxes)}
    for number, (title, boxes) in enumerate(_groups(diagram).items()):
        if title is None:
            _add(graph, boxes, ids)
            continue
        with graph.subgraph(name=f"cluster_{number}") as cluster:
            cluster.attr(label=_literal(title), style="rounded", color="#9aa0a6")
            _add(cluster, boxes, ids)
    for arrow in diagram.arrows:
        style = _LINES[arrow.line]
        graph.edge(ids[arrow.tail], ids[arrow.head], label=_literal(arrow.label), style=style)
    return str(graph.source)


def _groups(diagram: Diagram) -> dict[str | None, list[Box]]:
    groups: dict[str | None, list[Box]] = {}
    for box in diagram.boxes:
        groups.setdefault(box.group, []).append(box)
    return groups


def _add(graph: graphviz.Digraph, boxes: list[Box], ids: dict[str, str]) -> None:
    for box in boxes:
        graph.node(ids[box.key], _literal(box.label), **_LOOKS[box.look])


def _literal(text: str) -> str:
    """A label that means nothing but itself; bytes that are no UTF-8 are shown as such."""
    escaped: str = graphviz.escape(text.encode("utf-8", "replace").decode("utf-8"))
    return escaped  # as it is: its class keeps `<b>` from being read as HTML
