"""The stage graph as a diagram that says of every stage which builder runs it."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import attrs

from stagegraph.diagrams import Box, Diagram, Look
from stagegraph.rendering.phrases import builder_name, plan_summary
from stagegraph.rendering.spelling import capitalised, visible
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.comparison import Comparison

_WIDEST_CAPTION = 100
_MOST_LINES = 5


def comparison_diagram(comparison: Comparison) -> Diagram:
    """The graph of the first builder that has a plan; where neither has one, why that is."""
    plan = comparison.plan(Builder.BUILDKIT) or comparison.plan(Builder.LEGACY)
    if plan is None:
        boxes = (Box(builder.value, _doing(comparison, builder), Look.SKIPPED) for builder in Builder)
        return Diagram("stages", tuple(boxes), ())
    return graph_diagram(plan.graph, comparison)


def graph_diagram(graph: StageGraph, comparison: Comparison) -> Diagram:
    """The stages and edges of `graph`; each stage with the builders that run it for the target.

    The caption says what either builder does, and where one fails, why.
    """
    diagram = graph.diagram()
    stages = {str(stage.index): stage for stage in graph.stages}
    boxes = tuple(
        _stage_box(box, stages[box.key], graph, comparison) if box.key in stages else box for box in diagram.boxes
    )
    caption = f"target {graph.target.display_name}\n{_caption(comparison)}"
    return attrs.evolve(diagram, boxes=boxes, caption=caption)


def _stage_box(box: Box, stage: Stage, graph: StageGraph, comparison: Comparison) -> Box:
    label, look = _standing(stage, comparison)
    if stage.index == graph.resolved.target:
        look = Look.TARGET
    return attrs.evolve(box, label=f"{box.label}\n{label}", look=look)


def _standing(stage: Stage, comparison: Comparison) -> tuple[str, Look]:
    """Who runs a stage: a few words, and the look that goes with them."""
    plans = (comparison.plan(builder) for builder in Builder)
    known = [plan for plan in plans if plan is not None]
    running = [plan.builder for plan in known if plan.stages[stage.index].executed]
    if not running:
        return ("skipped by both builders" if len(known) > 1 else "skipped"), Look.SKIPPED
    if len(running) > 1:
        return "run by both builders", Look.STAGE
    if len(known) == 1:
        return f"run by {builder_name(running[0])}", Look.STAGE
    look = Look.BUILDKIT_ONLY if running[0] is Builder.BUILDKIT else Look.LEGACY_ONLY
    return f"run only by {builder_name(running[0])}", look


def _caption(comparison: Comparison) -> str:
    return "\n".join(_doing(comparison, builder) for builder in Builder)


def _doing(comparison: Comparison, builder: Builder) -> str:
    plan, error = comparison.plan(builder), comparison.error(builder)
    name = capitalised(builder_name(builder))
    if plan is not None:
        return f"{name} runs {plan_summary(plan)}"
    message = visible(error.message) if error is not None else ""
    return "\n".join(wrap(f"{name} fails: {message}", _WIDEST_CAPTION, max_lines=_MOST_LINES))
