"""The words that every kind of text shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.errors import StageGraphError
from stagegraph.planning.vertices import Step
from stagegraph.rendering.spelling import counted, visible
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.model.graph import Edge, Node, StageGraph
    from stagegraph.planning.plan import Plan, PlannedStage

_NAMES = {Builder.BUILDKIT: "BuildKit", Builder.LEGACY: "the legacy builder"}
_TITLES = {Builder.BUILDKIT: "BuildKit", Builder.LEGACY: "Legacy builder"}
# The nodes of the graph that are no stages and no images (`model.graph`, which imports networkx).
_BUILD_CONTEXT = "context"
_SCRATCH = "scratch"
_CONTEXT_PREFIX = "context:"
_LONGEST_CHAIN = 3


def builder_name(builder: Builder) -> str:
    """What a sentence calls the builder."""
    return _NAMES[builder]


def builder_title(builder: Builder) -> str:
    """What a heading calls the builder."""
    return _TITLES[builder]


def node_name(graph: StageGraph, node: Node) -> str:
    """What people call a node of the graph."""
    if isinstance(node, int):
        return graph.stages[node].display_name
    if node == _BUILD_CONTEXT:
        return "build context"
    if node.startswith(_CONTEXT_PREFIX):
        return f"named context {visible(node.removeprefix(_CONTEXT_PREFIX))}"
    return visible(node)


def line_of(stage: Stage) -> str:
    """`line 3`, or nothing for a stage that was made without a text."""
    return f"line {stage.from_.first_line}" if stage.from_.first_line else ""


def titled(stage: Stage) -> str:
    """`build (line 3)`."""
    line = line_of(stage)
    return f"{stage.display_name} ({line})" if line else stage.display_name


def lines_of(step: Step) -> str:
    """`3`, or `3-5`, or `-` for a step that comes from no line."""
    if step.lines is None:
        return "-"
    first, last = step.lines
    return str(first) if first == last else f"{first}-{last}"


def plan_summary(plan: Plan) -> str:
    """`2 of 3 stages, 4 steps`."""
    stages = counted(len(plan.graph.stages), "stage")
    return f"{len(plan.execution_set)} of {stages}, {counted(len(plan.steps), 'step')}"


def graph_summary(graph: StageGraph) -> str:
    """`3 stages, 1 image, 4 edges`."""
    images = sum(is_image(node) for node in {edge.source for edge in graph.edges})
    edges = counted(len(graph.edges), "edge")
    return f"{counted(len(graph.stages), 'stage')}, {counted(images, 'external image')}, {edges}"


def is_image(node: Node) -> bool:
    """Whether a node is an image from outside."""
    return isinstance(node, str) and node not in (_BUILD_CONTEXT, _SCRATCH) and not is_named_context(node)


def is_named_context(node: Node) -> bool:
    """Whether a node is a named context."""
    return isinstance(node, str) and node.startswith(_CONTEXT_PREFIX)


def failure_summary(error: StageGraphError) -> str:
    """`fails at line 3`, or `fails`."""
    return f"fails at line {error.line}" if error.line else "fails"


def unrolled_reason(plan: Plan, planned: PlannedStage) -> str:
    """Why a stage runs, from need to need up to the target; or why it is skipped."""
    if planned.edge is None:
        return visible(planned.reason)
    clauses = [f"{visible(planned.reason)}{_at(planned.edge)}"]
    here = plan.stages[planned.edge.consumer]
    while here.edge is not None and len(clauses) < _LONGEST_CHAIN:
        # Every reason with an edge ends with "it", which is now the stage before.
        clauses.append(f"{visible(here.reason.removesuffix('it'))}{here.stage.display_name}{_at(here.edge)}")
        here = plan.stages[here.edge.consumer]
    if here.edge is not None:
        clauses.append(f"and so on up to {plan.target.display_name}")
    return ", ".join(clauses)


def _at(edge: Edge) -> str:
    return f" (line {edge.line})" if edge.line else ""
