"""Taking out of a file what a builder refuses, so that it can be asked about the rest.

Only what surely makes no difference to the rest is taken out alone. An instruction that others
of its stage may depend on (a variable, a directory, a shell) takes what follows it along, and
all that is built upon its stage.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

import attrs

from stagegraph.errors import CircularDependencyError, StageGraphError
from stagegraph.linting.uses import find_uses
from stagegraph.source import Span
from stagegraph.stages.cutting import CutDockerfile, Stage, with_stages
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


def start_of(span: Span | None) -> int:
    """Where a span begins, which tells instructions apart; -1 for none."""
    return span.start if span is not None else -1


def mend(cut: CutDockerfile, errors: Iterable[StageGraphError]) -> CutDockerfile | None:
    """The file without what `errors` are about; None where that cannot be taken out."""
    refused: set[int] = set()
    for error in errors:
        if error.span is None or (error.suggestion or "").upper() == "FROM":
            return None
        if isinstance(error, CircularDependencyError):
            cut = _without_reading_ahead(cut)
        else:
            refused.add(error.span.start)
    if any(start_of(one.span) in refused for one in cut.global_args):
        return None
    return _without(cut, refused) if refused else cut


def as_scratch(from_: From) -> From:
    """A `FROM` in the same place that surely works."""
    name = from_.stage_name if len(from_.words) == 3 else None
    return From(from_.keyword, (), "scratch" if name is None else f"scratch AS {name}", span=from_.span)


def written_base(stage: Stage) -> str:
    """The base as written, empty where a `FROM` has none."""
    words = stage.from_.words
    return words[0] if words else ""


def _without(cut: CutDockerfile, refused: Collection[int]) -> CutDockerfile:
    """The stages without what is refused, and without what may depend on it."""
    stages: list[Stage] = []
    unsure: set[str | None] = set()
    for stage in cut.stages:
        if start_of(stage.from_.span) in refused:
            mended, is_sure = attrs.evolve(stage, from_=as_scratch(stage.from_), instructions=()), False
        elif unsure and _may_be_upon(stage, unsure):
            mended, is_sure = attrs.evolve(stage, instructions=()), False
        else:
            instructions, is_sure = _sound(stage.instructions, refused)
            mended = stage if instructions == stage.instructions else attrs.evolve(stage, instructions=instructions)
        stages.append(mended)
        if not is_sure:
            unsure.add(mended.name)
    return with_stages(cut, stages)


def _sound(instructions: tuple[Instruction, ...], refused: Collection[int]) -> tuple[tuple[Instruction, ...], bool]:
    """The instructions that can be asked about, and whether they are all that matters to what is built upon them."""
    sound: list[Instruction] = []
    for one in instructions:
        if start_of(one.span) not in refused:
            sound.append(one)
        elif type(one) not in _STANDS_ALONE:
            return tuple(sound), False
    return tuple(sound), True


def _may_be_upon(stage: Stage, names: Collection[str | None]) -> bool:
    image = written_base(stage)
    return "$" in image or image.strip("'\"") in names


def _without_reading_ahead(cut: CutDockerfile) -> CutDockerfile:
    """The file without what reads its own stage or a later one, which every ring needs."""
    uses = find_uses(cut, [written_base(stage) for stage in cut.stages])
    ahead = {id(use.instruction) for use in uses if use.meaning is not None and use.meaning >= use.stage.index}
    return _filtered(cut, lambda instruction: id(instruction) not in ahead)


def _filtered(cut: CutDockerfile, stays: Callable[[Instruction], bool]) -> CutDockerfile:
    stages = (attrs.evolve(stage, instructions=tuple(filter(stays, stage.instructions))) for stage in cut.stages)
    return with_stages(cut, stages)
