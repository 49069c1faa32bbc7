"""Both builders side by side for a terminal: two columns where it is wide, else one under the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stagegraph.rendering.failures import failure_text
from stagegraph.rendering.phrases import builder_name, builder_title, titled
from stagegraph.rendering.side_by_side import (
    Cell,
    Row,
    State,
    cell_lines,
    exclusives_of,
    outcome_of,
    rows_of,
    summary_of,
)
from stagegraph.rendering.spelling import capitalised
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.rendering.terminal.words import stage_line, step_line
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.planning.comparison import Comparison

_TWO_COLUMNS = 100
_STYLES = {
    State.TARGET: "target",
    State.RUNS: "runs",
    State.ONLY_HERE: "only",
    State.SKIPPED: "skipped",
    State.UNKNOWN: "skipped",
}


def comparison_page(comparison: Comparison, paper: Paper) -> str:
    """The plans by stage, then failures, what only one builder runs and why, and disagreements."""
    rows = rows_of(comparison)
    if paper.width >= _TWO_COLUMNS:
        plans: list[RenderableType] = [_table(comparison, rows, paper)]
    else:
        plans = _sequence(comparison, rows, paper)
    return paper.printed(
        *plans,
        *_failures(comparison, paper),
        *_exclusives(comparison, paper),
        *_disagreements(comparison, paper),
    )


def _head(comparison: Comparison, builder: Builder, paper: Paper) -> Text:
    failed = comparison.error(builder) is not None
    summary = summary_of(outcome_of(comparison, builder))
    style = "failure" if failed else "quiet"
    return paper.line((builder_title(builder), "builder"), (f"  {summary}", style))


def _table(comparison: Comparison, rows: tuple[Row, ...], paper: Paper) -> Table:
    table = Table(box=box.ROUNDED, show_lines=True, width=paper.width, border_style="quiet", header_style="")
    for builder in Builder:
        table.add_column(_head(comparison, builder, paper), ratio=1)
    for row in rows:
        table.add_row(*(Group(*_block(row, cell, paper)) for cell in (row.buildkit, row.legacy)))
    return table


def _sequence(comparison: Comparison, rows: tuple[Row, ...], paper: Paper) -> list[RenderableType]:
    page: list[RenderableType] = []
    for builder in Builder:
        page += [_head(comparison, builder, paper), Text("")]
        for row in rows:
            cell = row.buildkit if builder is Builder.BUILDKIT else row.legacy
            if row.stage is not None or cell.lines:
                page.append(Padding(Group(*_block(row, cell, paper)), (0, 0, 0, 2)))
        page.append(Text(""))
    return page[:-1]


def _block(row: Row, cell: Cell, paper: Paper) -> list[Text]:
    """One builder at one stage. A stage that it skips is one grey line."""
    style = _STYLES[cell.state]
    if row.stage is None:
        return [step_line(paper, line) for line in cell.lines]
    if style == "skipped":
        return [stage_line(paper, row.stage, style, f"  {' '.join(cell_lines(cell))}")]
    head = stage_line(paper, row.stage, style, cell.remark.replace(", ", "  "))
    return [head, *(step_line(paper, line, "  ") for line in cell.lines)]


def _failures(comparison: Comparison, paper: Paper) -> list[RenderableType]:
    page: list[RenderableType] = []
    for builder in Builder:
        error = comparison.error(builder)
        if error is None:
            continue
        page += [Text(""), paper.line((f"{capitalised(builder_name(builder))} fails", "failure"))]
        page += [paper.line(f"  {line}") for line in failure_text(error).splitlines()]
        if error.steps and comparison.plan(Builder.BUILDKIT) is None:
            page += [paper.line(("  It announces before", "quiet"))]
            page += [step_line(paper, step.name, "  ") for step in error.steps]
    return page


def _exclusives(comparison: Comparison, paper: Paper) -> list[RenderableType]:
    page: list[RenderableType] = []
    for builder in Builder:
        found = [one for one in exclusives_of(comparison) if one.builder is builder]
        if found:
            page += [Text(""), paper.line((f"Only {builder_name(builder)} runs", "only"))]
        for one in found:
            reasons = Text(f"  {titled(one.stage)}: {one.runs_because}, but {one.skipped_because}")
            page.append(reasons)
    return page


def _disagreements(comparison: Comparison, paper: Paper) -> list[RenderableType]:
    found = comparison.disagreements
    if not found:
        return []
    table = Table.grid(padding=(0, 2))
    for one in found:
        table.add_row(paper.line((f"line {one.line}" if one.line else "-", "quiet")), paper.wrapped(one.message))
    return [Text(""), paper.line(("Disagreements", "warning")), Padding(table, (0, 0, 0, 2))]
