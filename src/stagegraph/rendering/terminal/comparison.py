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
    differences_of,
    exclusives_of,
    failures_of,
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
_FRAME = 7  # three lines and four blanks
_STYLES = {
    State.TARGET: "target",
    State.RUNS: "runs",
    State.ONLY_HERE: "only",
    State.FAILS: "failure",
    State.SKIPPED: "skipped",
    State.UNKNOWN: "skipped",
}


def comparison_page(comparison: Comparison, paper: Paper) -> str:
    """The plans by stage, then failures, what only one builder runs and why, and disagreements."""
    rows = rows_of(comparison)
    if not rows:
        plans: list[RenderableType] = [_head(comparison, builder, paper) for builder in Builder]
    elif paper.width >= _TWO_COLUMNS:
        plans = [_table(comparison, rows, paper)]
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
    heads = [_head(comparison, builder, paper) for builder in Builder]
    cells = [[_block(row, cell, paper) for cell in (row.buildkit, row.legacy)] for row in rows]
    table = Table(box=box.ROUNDED, show_lines=True, border_style="quiet", header_style="")
    for head, width in zip(heads, _widths(heads, cells, paper.width - _FRAME), strict=True):
        table.add_column(head, width=width)
    for row in cells:
        table.add_row(*(Group(*block) for block in row))
    return table


def _widths(heads: list[Text], cells: list[list[list[Text]]], available: int) -> tuple[int, int]:
    """What the columns need; if that is more than there is, half for each, or what the other leaves."""
    left, right = (
        max(line.cell_len for line in (heads[side], *(line for row in cells for line in row[side]))) for side in (0, 1)
    )
    if left + right <= available:
        return left, right
    half = available // 2
    if left <= half:
        return left, available - left
    return (available - right, right) if right <= half else (half, available - half)


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
    for failure in failures_of(comparison):
        page += [Text(""), paper.line((capitalised(failure.title), "failure"))]
        message, *excerpt = failure_text(failure.error).splitlines()
        page += [Padding(paper.wrapped(message), (0, 0, 0, 2)), *(paper.line(f"  {line}") for line in excerpt)]
        if failure.announced:
            page += [Text(""), paper.line(("The legacy builder announces before it fails", "title"))]
            page += [step_line(paper, step, "  ") for step in failure.announced]
    return page


def _exclusives(comparison: Comparison, paper: Paper) -> list[RenderableType]:
    page: list[RenderableType] = []
    for builder in Builder:
        found = [one for one in exclusives_of(comparison) if one.builder is builder]
        if found:
            page += [Text(""), paper.line((f"Only {builder_name(builder)} runs", "only"))]
        for one in found:
            reasons = f"{titled(one.stage)}: {one.runs_because}, but {one.skipped_because}"
            page.append(Padding(paper.wrapped(reasons), (0, 0, 0, 2)))
    return page


def _disagreements(comparison: Comparison, paper: Paper) -> list[RenderableType]:
    found = differences_of(comparison)
    if not found:
        return []
    table = Table.grid(padding=(0, 2))
    for one in found:
        table.add_row(paper.line((f"line {one.line}" if one.line else "-", "quiet")), paper.wrapped(one.message))
    return [Text(""), paper.line(("Disagreements", "warning")), Padding(table, (0, 0, 0, 2))]
