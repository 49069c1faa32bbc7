"""Both builders side by side as plain text: in two columns where they fit, else one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import TYPE_CHECKING

from stagegraph.rendering.failures import failure_text
from stagegraph.rendering.phrases import builder_name, builder_title, titled
from stagegraph.rendering.plain.layout import columns, indented, section, text_of
from stagegraph.rendering.side_by_side import (
    Cell,
    Row,
    cell_lines,
    differences_of,
    exclusives_of,
    failures_of,
    outcome_of,
    rows_of,
    summary_of,
)
from stagegraph.rendering.spelling import capitalised, visible
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.planning.comparison import Comparison

_WIDEST = 130
_BAR = " | "


def comparison_text(comparison: Comparison) -> str:
    """The plans by stage, then what only one builder runs and why, then where they disagree."""
    return text_of(
        [
            *_plans(comparison),
            *_failures(comparison),
            *_exclusives(comparison),
            *section("Disagreements", _disagreements(comparison)),
        ]
    )


def _plans(comparison: Comparison) -> list[str]:
    heads = [(builder_title(builder), summary_of(outcome_of(comparison, builder))) for builder in Builder]
    rows = rows_of(comparison)
    if not rows:
        return [f"{title}: {summary}" for title, summary in heads]
    left = [list(heads[0]), *(_block(row, row.buildkit) for row in rows)]
    right = [list(heads[1]), *(_block(row, row.legacy) for row in rows)]
    widths = [max(map(len, chain.from_iterable(side))) for side in (left, right)]
    if sum(widths) + len(_BAR) <= _WIDEST:
        return list(_two_columns(left, right, widths))
    return list(_one_column(heads, rows))


def _block(row: Row, cell: Cell) -> list[str]:
    return [f"{row.title}{cell.remark}", *indented(cell_lines(cell))]


def _two_columns(left: list[list[str]], right: list[list[str]], widths: Sequence[int]) -> Iterator[str]:
    for number, (ours, theirs) in enumerate(zip(left, right, strict=True)):
        if number == 1:
            yield f"{'-' * widths[0]}-+-{'-' * widths[1]}"
        elif number > 1:
            yield f"{' ' * widths[0]}{_BAR}"
        for one, other in zip_longest(ours, theirs, fillvalue=""):
            yield f"{one:{widths[0]}}{_BAR}{other}"


def _one_column(heads: Sequence[tuple[str, str]], rows: Sequence[Row]) -> Iterator[str]:
    yield from (f"{title}: {summary}" for title, summary in heads)
    for row in rows:
        yield ""
        yield row.title
        for (title, _), cell in zip(heads, (row.buildkit, row.legacy), strict=True):
            yield f"  {title}{cell.remark}"
            yield from indented(indented(cell_lines(cell)))


def _failures(comparison: Comparison) -> list[str]:
    lines: list[str] = []
    for failure in failures_of(comparison):
        lines += section(capitalised(failure.title), indented(failure_text(failure.error).splitlines()))
        if failure.announced:
            lines += section("The legacy builder announces before it fails", indented(failure.announced))
    return lines


def _exclusives(comparison: Comparison) -> list[str]:
    lines: list[str] = []
    found = exclusives_of(comparison)
    for builder in Builder:
        rows = [
            (titled(one.stage), f"{one.runs_because}, but {one.skipped_because}")
            for one in found
            if one.builder is builder
        ]
        lines += section(f"Only {builder_name(builder)} runs", columns(rows))
    return lines


def _disagreements(comparison: Comparison) -> list[str]:
    rows = [(f"line {one.line}" if one.line else "-", visible(one.message)) for one in differences_of(comparison)]
    return columns(rows)
