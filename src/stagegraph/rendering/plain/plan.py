"""A plan as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.rendering.phrases import builder_name, lines_of, plan_summary, unrolled_reason
from stagegraph.rendering.plain.layout import columns, indented, section, text_of
from stagegraph.rendering.plan_parts import config_members, warning_parts
from stagegraph.rendering.spelling import capitalised, visible

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan


def plan_text(plan: Plan) -> str:
    """The heading, the loads, the steps, the stages with their reasons, the image, the warnings."""
    heading = f"{capitalised(builder_name(plan.builder))} builds {plan.target.display_name}: {plan_summary(plan)}"
    return text_of(
        [
            heading,
            *([f"frontend {visible(plan.frontend)}"] if plan.frontend else []),
            *section("Loads", indented(visible(load) for load in plan.loads)),
            *section("Steps (id, lines, reads)", _steps(plan) or ["  none: the image is empty"]),
            *section("Stages (line)", _stages(plan)),
            *section("Image config", columns(config_members(plan))),
            *section("Warnings", columns(warning_parts(plan))),
        ]
    )


def _steps(plan: Plan) -> list[str]:
    rows = [
        (str(step.id), lines_of(step), ",".join(map(str, step.inputs)) or "-", visible(step.name))
        for step in plan.steps
    ]
    return columns(rows, right=(0, 1, 2))


def _stages(plan: Plan) -> list[str]:
    rows = [
        (
            "runs" if planned.executed else "skipped",
            str(planned.stage.from_.first_line or "-"),
            planned.stage.display_name,
            unrolled_reason(plan, planned),
        )
        for planned in plan.stages
    ]
    return columns(rows, right=(1,))
