"""A stage graph for a terminal: every stage, and under it what it needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.text import Text
from rich.tree import Tree

from stagegraph.rendering.phrases import builder_title, graph_summary, node_name
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.rendering.terminal.words import stage_line
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import Edge, StageGraph

_VERBS = {
    "base": "is built upon",
    "copy": "copies from",
    "mount": "mounts",
    "onbuild": "reads, by a trigger,",
}


def graph_page(graph: StageGraph, paper: Paper) -> str:
    """The heading, and a tree of stages and what each of them needs."""
    heading: RenderableType = paper.line(
        (f"{builder_title(graph.builder)}, target ", "builder"),
        (graph.target.display_name, "target"),
        (f"  {graph_summary(graph)}", "quiet"),
    )
    return paper.printed(heading, Text(""), _tree(graph, paper))


def _tree(graph: StageGraph, paper: Paper) -> Tree:
    needed = graph.needs(graph.resolved.target)
    edges: dict[int, list[Edge]] = {}
    for edge in graph.edges:
        edges.setdefault(edge.consumer, []).append(edge)
    tree = Tree("", guide_style="quiet", hide_root=True)
    for stage in graph.stages:
        style = _style(graph, stage, is_needed=stage.index in needed)
        node = tree.add(stage_line(paper, stage, style, _REMARKS[style]))
        for edge in edges.get(stage.index, []):
            node.add(_edge(graph, edge, paper, style))
    return tree


_REMARKS = {"target": "  the target", "runs": "", "skipped": "  not needed"}


def _style(graph: StageGraph, stage: Stage, *, is_needed: bool) -> str:
    if stage.index == graph.resolved.target:
        return "target"
    return "runs" if is_needed else "skipped"


def _edge(graph: StageGraph, edge: Edge, paper: Paper, style: str) -> Text:
    name = node_name(graph, edge.source)
    place = f"  line {edge.line}" if edge.line else ""
    if style == "skipped":
        return paper.line((f"{_VERBS[edge.kind.value]} {name}{place}", "skipped"))
    name_style = "runs" if isinstance(edge.source, int) else "image"
    return paper.line((f"{_VERBS[edge.kind.value]} ", ""), (name, name_style), (place, "quiet"))
