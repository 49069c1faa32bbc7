"""A stage's slice of a Dockerfile, fit for the legacy builder.

The stages before it stand as names for the images that were built of them, in their order, so that
every reference by name or number means what it meant in the whole file; then comes the stage as it
is written. A stage that is not needed is a name for nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step
from stagegraph.stages.references import StageReference
from stagegraph.stages.resolved import ResolvedStage

NOTHING = "scratch"
"""What a stage without an image is called."""


@attrs.frozen
class StageImages:
    """What a stage that was built is called: `image` itself, and `plain`, the same without triggers."""

    image: str
    plain: str


@attrs.frozen
class Slice:
    """The text of a slice; `skipped` is the number of its steps that belong to no step of the stage."""

    text: str
    skipped: int


def slice_of(plan: Plan, stage: ResolvedStage, built: Mapping[int, StageImages]) -> Slice:
    """The slice of a stage whose needs are among those `built`, by index."""
    dockerfile = plan.graph.resolved.cut.dockerfile
    head = [f"# escape={dockerfile.escape}\n"] if dockerfile.escape != "\\" else []
    arguments = [_ended(argument.text) for argument in plan.graph.resolved.cut.global_args]
    names = [_name(one, built) for one in plan.graph.resolved.stages[: stage.index]]
    body = [_base(stage, built), *(_ended(instruction.text) for instruction in stage.stage.instructions)]
    return Slice("".join((*head, *arguments, *names, *body)), len(arguments) + len(names))


def stage_steps(plan: Plan, stage: ResolvedStage) -> tuple[Step, ...]:
    """The steps of a stage, labels that are given on the command line included."""
    return tuple(step for step in plan.steps if step.stage == stage.index)


def needs_of(stage: ResolvedStage) -> frozenset[int]:
    """The stages that a stage is built upon, copies from, or whose files its triggers read."""
    references = [stage.base, *(source for one in stage.instructions for source in one.sources)]
    return frozenset(one.index for one in references if isinstance(one, StageReference))


def _name(stage: ResolvedStage, built: Mapping[int, StageImages]) -> str:
    """A stage before, as a name for its image."""
    images = built.get(stage.index)
    alias = f" AS {stage.stage.name}" if stage.stage.name is not None else ""
    return f"FROM {images.plain if images is not None else NOTHING}{alias}\n"


def _base(stage: ResolvedStage, built: Mapping[int, StageImages]) -> str:
    """The `FROM` of the stage itself: as it is written, but for a base of which triggers are to run."""
    if isinstance(stage.base, StageReference) and stage.base.index in built:
        return f"FROM {built[stage.base.index].image}\n"
    return _ended(stage.stage.from_.text)


def _ended(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"
