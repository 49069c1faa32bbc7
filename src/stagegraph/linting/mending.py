"""Taking out of a file what a builder refuses, so that it can be asked about the rest.

Only what surely makes no difference to the rest is taken out alone. An instruction that others
of its stage may depend on (a variable, a directory, a shell) takes what follows it along, and
all that is built upon its stage.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from stagegraph.errors import CircularDependencyError, StageGraphError
from stagegraph.linting.uses import find_uses
from stagegraph.source import Span
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.syntax.instructions import (
    Add,
    Cmd,
    Copy,
    Entrypoint,
    Expose,
    From,
    Healthcheck,
    Instruction,
    Label,
    Maintainer,
    Run,
    StopSignal,
    User,
    Volume,
)

# What no other instruction depends on, as far as a builder can say something about it.
_STANDS_ALONE = frozenset(
    {Add, Cmd, Copy, Entrypoint, Expose, Healthcheck, Label, Maintainer, Run, StopSignal, User, Volume}
)


def mend(cut: CutDockerfile, error: StageGraphError) -> CutDockerfile | None:
    """The file without what `error` is about; None where that cannot be taken out."""
    if error.span is None or (error.suggestion or "").upper() == "FROM":
        return None
    if isinstance(error, CircularDependencyError):
        return _changed(cut, _without_reading_ahead(cut))
    for stage in cut.stages:
        if stage.from_.span == error.span:
            return _changed(cut, _emptied(cut, stage, as_scratch(stage.from_)))
        if any(one.span == error.span for one in stage.instructions):
            return _without(cut, stage, error.span)
    return None


def as_scratch(from_: From) -> From:
    """A `FROM` in the same place that surely works."""
    name = from_.stage_name if len(from_.operands.words) == 3 else None
    return From(from_.keyword, (), "scratch" if name is None else f"scratch AS {name}", span=from_.span)


def _without(cut: CutDockerfile, stage: Stage, span: Span) -> CutDockerfile:
    place = next(place for place, one in enumerate(stage.instructions) if one.span == span)
    head, rest = stage.instructions[:place], stage.instructions[place + 1 :]
    if type(stage.instructions[place]) in _STANDS_ALONE:
        return _replaced(cut, attrs.evolve(stage, instructions=(*head, *rest)))
    return _emptied(cut, attrs.evolve(stage, instructions=head), stage.from_, keep=True)


def _emptied(cut: CutDockerfile, stage: Stage, from_: From, *, keep: bool = False) -> CutDockerfile:
    """The file with another `FROM` for a stage, and nothing in what is built upon it."""
    changed = attrs.evolve(stage, from_=from_, instructions=stage.instructions if keep else ())
    cut = _replaced(cut, changed)
    unsure = {stage.index}
    for other in cut.stages[stage.index + 1 :]:
        if _may_be_upon(other, [cut.stages[index] for index in unsure]):
            unsure.add(other.index)
            cut = _replaced(cut, attrs.evolve(other, instructions=()))
    return cut


def written_base(stage: Stage) -> str:
    """The base as written, empty where a `FROM` has none."""
    words = stage.from_.operands.words
    return words[0] if words else ""


def _may_be_upon(stage: Stage, bases: list[Stage]) -> bool:
    image = written_base(stage)
    return "$" in image or any(image.strip("'\"") == base.name for base in bases)


def _without_reading_ahead(cut: CutDockerfile) -> CutDockerfile:
    """The file without what reads its own stage or a later one, which every ring needs."""
    uses = find_uses(cut, [written_base(stage) for stage in cut.stages])
    ahead = {id(use.instruction) for use in uses if use.meaning is not None and use.meaning >= use.stage.index}

    def stays(instruction: Instruction) -> bool:
        return id(instruction) not in ahead

    return _filtered(cut, stays)


def _filtered(cut: CutDockerfile, stays: Callable[[Instruction], bool]) -> CutDockerfile:
    stages = (attrs.evolve(stage, instructions=tuple(filter(stays, stage.instructions))) for stage in cut.stages)
    return attrs.evolve(cut, stages=tuple(stages))


def _replaced(cut: CutDockerfile, stage: Stage) -> CutDockerfile:
    stages = (*cut.stages[: stage.index], stage, *cut.stages[stage.index + 1 :])
    return attrs.evolve(cut, stages=stages)


def _changed(before: CutDockerfile, after: CutDockerfile) -> CutDockerfile | None:
    """The mended file, None if that is what it was already."""
    return after if after != before else None
