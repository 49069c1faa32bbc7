"""The answers of `why`, `stages`, `images` and `dead` for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stagegraph.rendering.listings import ImageListing, StageListing
from stagegraph.rendering.phrases import builder_name, node_name
from stagegraph.rendering.spelling import capitalised
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.rendering.terminal.words import stage_line, style_of
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.plan import Plan, PlannedStage


def why_page(plan: Plan, chain: Sequence[PlannedStage], paper: Paper) -> str:
    """The stage, then every need on the shortest way to the target, each a little further in."""
    verb = "runs" if chain[0].executed else "skips"
    heading = paper.line(
        (f"{capitalised(builder_name(plan.builder))} {verb} ", "builder"),
        (chain[0].stage.display_name, style_of(chain[0], plan.target)),
    )
    return paper.printed(heading, Text(""), *(_link(paper, plan, one) for one in chain))


def stages_page(stages: Sequence[StageListing], paper: Paper) -> str:
    """A row for each stage."""
    table = _table("line", "name", "base", "platform", "description")
    for one in stages:
        name = paper.line((one.stage.display_name, "target" if one.default else "runs"))
        table.add_row(
            paper.line((str(one.stage.from_.first_line or "-"), "quiet")),
            name + Text("  default" if one.default else "", "quiet"),
            paper.line((one.base, "image")),
            paper.line(one.platform),
            paper.wrapped(one.description),
        )
    return paper.printed(table)


def images_page(graph: StageGraph, images: Sequence[ImageListing], paper: Paper) -> str:
    """A row for each use of an image."""
    if not images:
        return paper.printed(paper.line((graph.target.display_name, "target"), " needs no external image"))
    table = _table("image", "line", "kind", "stage")
    for listing in images:
        for number, edge in enumerate(listing.uses):
            name = listing.name if listing.kind == "image" else f"{listing.kind} {listing.name}"
            table.add_row(
                paper.line((name if number == 0 else "", "image")),
                paper.line((str(edge.line or "-"), "quiet")),
                paper.line(edge.kind.value),
                paper.line((node_name(graph, edge.consumer), "runs")),
            )
    return paper.printed(table)


def dead_page(stages: Sequence[Stage], targets: Sequence[str], paper: Paper) -> str:
    """A row for each dead stage, or a sentence that there is none."""
    whom = ", ".join(targets)
    if not stages:
        return paper.printed(paper.line("No dead stages: every stage is needed for ", (whom, "target")))
    heading = paper.line("Not needed for ", (whom, "target"))
    return paper.printed(heading, *(Padding(stage_line(paper, one, "only"), (0, 0, 0, 2)) for one in stages))


def _link(paper: Paper, plan: Plan, planned: PlannedStage) -> Padding:
    edge = planned.edge
    head = stage_line(paper, planned.stage, style_of(planned, plan.target), f"  {planned.reason}")
    table = Table.grid()
    table.add_row(head)
    if edge is not None:
        arrow = paper.glyph("↓", "|")
        place = f"  line {edge.line}  " if edge.line else "  "
        table.add_row(paper.line((f"{arrow}{place}", "quiet"), edge.instruction.line))
    return Padding(table, (0, 0, 0, 2))


def _table(*titles: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="quiet")
    for title in titles:
        table.add_column(title)
    return table
