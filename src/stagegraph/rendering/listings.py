"""The answers of `stages`, `images`, `dead` and `why` as values, and as JSON has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from stagegraph.rendering.phrases import is_named_context
from stagegraph.stages.cutting import CutDockerfile, Stage

if TYPE_CHECKING:
    from stagegraph.model.graph import Edge, StageGraph
    from stagegraph.planning.plan import Plan, PlannedStage

_SCHEMA = 1


@attrs.frozen
class StageListing:
    """A stage that can be a target. `base` and `platform` are as written; `default` is the last stage.

    `description` is what a comment above the stage says: `# name what it is for`.
    """

    stage: Stage
    description: str
    default: bool

    @property
    def base(self) -> str:
        """The base as written."""
        return self.stage.from_.image

    @property
    def platform(self) -> str:
        """The value of `--platform` as written, empty where there is none."""
        return self.stage.from_.platform


@attrs.frozen
class ImageListing:
    """An external image or a named context, and the edges that ask for it."""

    name: str
    kind: str
    uses: tuple[Edge, ...]


def list_stages(cut: CutDockerfile) -> tuple[StageListing, ...]:
    """The stages of a file, as BuildKit lists its targets (`docker build --call=targets`)."""
    return tuple(
        StageListing(
            stage,
            cut.dockerfile.description_of(stage.from_, stage.name),
            default=stage is cut.stages[-1],
        )
        for stage in cut.stages
    )


def list_images(graph: StageGraph) -> tuple[ImageListing, ...]:
    """The images that a build of the target asks for, then the named contexts that stand in for some."""
    images = [ImageListing(name, "image", edges) for name, edges in graph.images().items()]
    wanted = {graph.resolved.target, *graph.needs(graph.resolved.target)}
    contexts: dict[str, list[Edge]] = {}
    for edge in graph.edges:
        if edge.consumer in wanted and is_named_context(edge.source):
            contexts.setdefault(str(edge.source).partition(":")[2], []).append(edge)
    return (*images, *(ImageListing(name, "named context", tuple(edges)) for name, edges in contexts.items()))


def stages_dump(stages: Sequence[StageListing]) -> dict[str, object]:
    """`stages` as JSON has it."""
    return {
        "schema": _SCHEMA,
        "stages": [
            {
                **stage_dump(listing.stage),
                "base": listing.base,
                "platform": listing.platform or None,
                "description": listing.description,
                "default": listing.default,
            }
            for listing in stages
        ],
    }


def images_dump(graph: StageGraph, images: Sequence[ImageListing]) -> dict[str, object]:
    """`images` as JSON has it."""
    return {
        "schema": _SCHEMA,
        "builder": graph.builder.value,
        "target": graph.target.name,
        "images": [
            {
                "name": listing.name,
                "kind": listing.kind,
                "uses": [{"stage": edge.consumer, "kind": edge.kind.value, "line": edge.line} for edge in listing.uses],
            }
            for listing in images
        ],
    }


def dead_dump(stages: Sequence[Stage], targets: Sequence[str]) -> dict[str, object]:
    """`dead` as JSON has it."""
    return {"schema": _SCHEMA, "targets": list(targets), "dead": [stage_dump(stage) for stage in stages]}


def why_dump(plan: Plan, chain: Sequence[PlannedStage]) -> dict[str, object]:
    """`why` as JSON has it: the stage, then the one that needs it, and so on up to the target."""
    return {
        "schema": _SCHEMA,
        "builder": plan.builder.value,
        "target": plan.target.name,
        "executed": chain[0].executed,
        "chain": [
            {
                **stage_dump(planned.stage),
                "reason": planned.reason,
                "needed_by": None
                if planned.edge is None
                else {"stage": planned.edge.consumer, "kind": planned.edge.kind.value, "line": planned.edge.line},
            }
            for planned in chain
        ],
    }


def stage_dump(stage: Stage) -> dict[str, object]:
    """A stage as JSON has it: its index, its name, and its line."""
    return {"index": stage.index, "name": stage.name, "line": stage.from_.first_line or None}
