"""The plan as JSON, and as a diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.diagrams import Arrow, Box, Diagram, Look
from stagegraph.planning.vertices import Step
from stagegraph.syntax.characters import REPLACEMENT, SURROGATES

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan, PlannedStage

SCHEMA_VERSION = 1
"""The version of the plan dump; it changes when a member changes its meaning or goes away."""


def dump_of(plan: Plan) -> dict[str, object]:
    """The members that `plan.schema.json` describes."""
    dump: dict[str, object] = {
        "schema": SCHEMA_VERSION,
        "builder": plan.builder.value,
        "target": plan.target.name,
        "frontend": plan.frontend,
        "steps": [_step(step) for step in plan.steps],
        "result": plan.result,
        "loads": list(plan.loads),
        "config": dict(plan.config),
        "stages": [_stage(planned) for planned in plan.stages],
        "warnings": [
            {"rule": warning.rule, "line": warning.line, "message": warning.message} for warning in plan.warnings
        ],
    }
    source = plan.graph.resolved.source
    has_odd_bytes = source is not None and not source.text.isascii() and SURROGATES.search(source.text)
    return {name: _without_odd_bytes(value) for name, value in dump.items()} if has_odd_bytes else dump


def _without_odd_bytes(value: object) -> object:
    """A value fit for any JSON writer: bytes that are no UTF-8 become U+FFFD, as in the builders' own JSON."""
    if isinstance(value, str):
        return SURROGATES.sub(REPLACEMENT, value)
    if isinstance(value, dict):
        return {_without_odd_bytes(name): _without_odd_bytes(member) for name, member in value.items()}
    return [_without_odd_bytes(member) for member in value] if isinstance(value, list) else value


def _step(step: Step) -> dict[str, object]:
    return {
        "id": step.id,
        "name": step.name,
        "kind": step.kind.value,
        "inputs": list(step.inputs),
        "stage": step.stage,
        "lines": list(step.lines) if step.lines is not None else None,
    }


def _stage(planned: PlannedStage) -> dict[str, object]:
    stage, edge = planned.stage, planned.edge
    return {
        "index": stage.index,
        "name": stage.name,
        "base": stage.from_.image,
        "platform": stage.from_.platform or None,
        "line": stage.from_.first_line or None,
        "executed": planned.executed,
        "reason": planned.reason,
        "needed_by": (
            {"stage": edge.consumer, "kind": edge.kind.value, "line": edge.line} if edge is not None else None
        ),
    }


def diagram_of(plan: Plan) -> Diagram:
    """Steps as boxes, grouped by stage; stages that do not run stand beside them."""
    names = {stage.index: stage.display_name for stage in plan.graph.stages}
    boxes = [
        Box(
            key=str(step.id),
            label=step.name,
            look=Look.TARGET if step.id == plan.result else Look.STEP,
            group=f"stage {names[step.stage]}" if step.stage is not None else None,
        )
        for step in plan.steps
    ]
    boxes += [
        Box(f"skipped {planned.stage.index}", f"{planned.stage.display_name} (skipped)", Look.SKIPPED)
        for planned in plan.stages
        if not planned.executed
    ]
    arrows = [Arrow(str(source), str(step.id)) for step in plan.steps for source in step.inputs]
    caption = f"{plan.builder.value}, target {plan.target.display_name}"
    return Diagram("plan", tuple(boxes), tuple(arrows), caption)
