"""A plan for a terminal: a tree of stages and their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from stagegraph.planning.vertices import Step
from stagegraph.rendering.phrases import builder_name, plan_summary, unrolled_reason
from stagegraph.rendering.plan_parts import config_members, warning_parts
from stagegraph.rendering.spelling import capitalised
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.rendering.terminal.words import stage_line, step_line, style_of

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan, PlannedStage


def plan_page(plan: Plan, paper: Paper) -> str:
    """The heading, the tree, what is loaded, the image, the warnings."""
    return paper.printed(
        _heading(plan, paper),
        Text(""),
        _tree(plan, paper),
        *_section(paper, "Image config", "title", [(name, "quiet", value) for name, value in config_members(plan)]),
        *_section(
            paper,
            "Warnings",
            "warning",
            [(place, "quiet", f"{rule}: {message}") for place, rule, message in warning_parts(plan)],
        ),
    )


def _heading(plan: Plan, paper: Paper) -> Text:
    frontend = f", frontend {plan.frontend}" if plan.frontend else ""
    return paper.line(
        (f"{capitalised(builder_name(plan.builder))} builds ", "builder"),
        (plan.target.display_name, "target"),
        (f"  {plan_summary(plan)}{frontend}", "quiet"),
    )


def _tree(plan: Plan, paper: Paper) -> Tree:
    steps: dict[int | None, list[Step]] = {}
    for step in plan.steps:
        steps.setdefault(step.stage, []).append(step)
    width = len(str(len(plan.steps)))
    tree = Tree("", guide_style="quiet", hide_root=True)
    if plan.loads or None in steps:
        node = tree.add(paper.line(("outside the stages", "quiet")))
        for load in plan.loads:
            node.add(step_line(paper, load, f"{'':{width}}  "))
        _add_steps(node, steps.get(None, []), width, paper)
    for planned in plan.stages:
        _add_steps(tree.add(_stage(plan, planned, paper)), steps.get(planned.stage.index, []), width, paper)
    return tree


def _stage(plan: Plan, planned: PlannedStage, paper: Paper) -> Text:
    reason = unrolled_reason(plan, planned)
    remark = f"  {reason}" if planned.executed else f"  skipped: {reason}"
    return stage_line(paper, planned.stage, style_of(planned, plan.target), remark)


def _add_steps(node: Tree, steps: list[Step], width: int, paper: Paper) -> None:
    for step in steps:
        node.add(step_line(paper, step.name, f"{step.id:{width}}  "))


def _section(paper: Paper, title: str, style: str, rows: list[tuple[str, str, str]]) -> list[RenderableType]:
    if not rows:
        return []
    table = Table.grid(padding=(0, 2))
    for name, name_style, value in rows:
        table.add_row(paper.line((name, name_style)), paper.line(value))
    return [Text(""), paper.line((title, style)), Padding(table, (0, 0, 0, 2))]
