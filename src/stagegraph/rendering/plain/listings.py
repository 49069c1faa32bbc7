"""The answers of `why`, `stages`, `images` and `dead` as plain text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from stagegraph.rendering.listings import ImageListing, StageListing
from stagegraph.rendering.phrases import builder_name, node_name, titled
from stagegraph.rendering.plain.layout import columns, text_of
from stagegraph.rendering.spelling import capitalised, visible
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph
    from stagegraph.planning.plan import Plan, PlannedStage


def why_text(plan: Plan, chain: Sequence[PlannedStage]) -> str:
    """The stage, then every need on the shortest way to the target, with the instruction that says so."""
    first = chain[0]
    verb = "runs" if first.executed else "skips"
    heading = f"{capitalised(builder_name(plan.builder))} {verb} {titled(first.stage)} for {plan.target.display_name}"
    rows = [(_place(one), visible(one.reason), _instruction(one)) for one in chain]
    return text_of([heading, *columns(rows)])


def stages_text(stages: Sequence[StageListing]) -> str:
    """A row for each stage: line, name, base, platform, description."""
    heading = ("LINE", "NAME", "BASE", "PLATFORM", "DESCRIPTION")
    rows = [
        (
            str(one.stage.from_.first_line or "-"),
            f"{one.stage.display_name}{' (default)' if one.default else ''}",
            visible(one.base),
            visible(one.platform) or "-",
            visible(one.description),
        )
        for one in stages
    ]
    return _unindented([heading, *rows])


def images_text(graph: StageGraph, images: Sequence[ImageListing]) -> str:
    """A row for each use: image, line, kind, stage."""
    if not images:
        return f"{graph.target.display_name} needs no external image\n"
    heading = ("IMAGE", "LINE", "KIND", "STAGE")
    rows = [
        (_image(listing), str(edge.line or "-"), edge.kind.value, node_name(graph, edge.consumer))
        for listing in images
        for edge in listing.uses
    ]
    return _unindented([heading, *rows])


def dead_text(stages: Sequence[Stage], targets: Sequence[str]) -> str:
    """A row for each dead stage, or a sentence that there is none."""
    whom = visible(", ".join(targets))
    if not stages:
        return f"no dead stages: every stage is needed for {whom}\n"
    rows = [(f"line {stage.from_.first_line or '-'}", stage.display_name) for stage in stages]
    return text_of([f"not needed for {whom}:", *columns(rows)])


def _place(planned: PlannedStage) -> str:
    edge = planned.edge
    return f"line {edge.line}" if edge is not None and edge.line else "-"


def _instruction(planned: PlannedStage) -> str:
    return visible(planned.edge.instruction.line) if planned.edge is not None else ""


def _image(listing: ImageListing) -> str:
    name = visible(listing.name)
    return name if listing.kind == "image" else f"{listing.kind} {name}"


def _unindented(rows: Sequence[Sequence[str]]) -> str:
    return text_of(line.removeprefix("  ") for line in columns(rows))
