"""A stage graph as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.errors import ResolutionError
from stagegraph.rendering.phrases import builder_title, graph_summary, node_name
from stagegraph.rendering.plain.layout import columns, indented, section, text_of
from stagegraph.rendering.spelling import visible
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import Edge, StageGraph


def graph_text(graph: StageGraph) -> str:
    """The heading, the stages, the edges, and the stages that can run together."""
    heading = f"{builder_title(graph.builder)}, target {graph.target.display_name}: {graph_summary(graph)}"
    return text_of(
        [
            heading,
            *section("Stages (index, line)", _stages(graph)),
            *section("Edges (line, kind)", _edges(graph)),
            *section("Can run together", _generations(graph)),
        ]
    )


def _stages(graph: StageGraph) -> list[str]:
    goal = graph.resolved.target
    needed = graph.needs(goal)

    def state(stage: Stage) -> str:
        if stage.index == goal:
            return "target"
        return "needed" if stage.index in needed else "not needed"

    rows = [
        (str(stage.index), str(stage.from_.first_line or "-"), state(stage), stage.display_name)
        for stage in graph.stages
    ]
    return columns(rows, right=(0, 1))


def _edges(graph: StageGraph) -> list[str]:
    return columns([_edge(graph, edge) for edge in graph.edges], right=(0,))


def _edge(graph: StageGraph, edge: Edge) -> tuple[str, str, str, str]:
    ends = f"{node_name(graph, edge.source)} -> {node_name(graph, edge.consumer)}"
    return str(edge.line or "-"), edge.kind.value, ends, visible(edge.instruction.line)


def _generations(graph: StageGraph) -> list[str]:
    try:
        rows = graph.generations()
    except ResolutionError as error:
        return indented([error.message])
    if all(len(row) == 1 for row in rows):
        return []
    return indented(f"{number}  {', '.join(one.display_name for one in row)}" for number, row in enumerate(rows, 1))
