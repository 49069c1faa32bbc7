"""The states of BuildKit's resolution: stages, and what instructions read outside the file (`dispatchState`)."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.platforms import Platform
from stagegraph.quickly import maker_of
from stagegraph.source import Span
from stagegraph.stages.cutting import Stage
from stagegraph.stages.image_configs import ImageConfig
from stagegraph.stages.references import SCRATCH, NamedContext, Reference, stage_reference
from stagegraph.stages.resolved import ResolvedInstruction, ResolvedStage
from stagegraph.syntax.instructions import Instruction

_NOTHING_READ: Mapping[int, tuple[Reference, ...]] = {}
_stage = maker_of(ResolvedStage)


@attrs.define(eq=False)
class State:
    """A stage, or something outside the file that an instruction reads (then `stage` is None).

    `base` is the stage it is built upon; otherwise `reference` is what its base text means.
    `settled` says that BuildKit will not look at its base again. `origins` are the images whose
    triggers brought it in.
    """

    base_text: str
    span: Span | None = None
    stage: Stage | None = None
    shown_name: str = ""
    base: State | None = None
    reference: Reference = SCRATCH
    platform: Platform | None = None
    replaced_by: NamedContext | None = None
    shown_base: str = ""
    image: ImageConfig | None = None
    sources: dict[int, tuple[State, ...]] | None = None
    triggers: tuple[tuple[Instruction, tuple[State, ...]], ...] = ()
    needs: dict[State, None] | None = None
    step_total: int = 0
    base_step_total: int = 0
    steps_taken: int = 0
    settled: bool = False
    has_triggers: bool = False
    origins: tuple[str | None, ...] = ()


def needed_by(target: State) -> set[State]:
    """The target and all that it is built upon or reads, however far."""
    needed: set[State] = set()
    waiting = [target]
    while waiting:
        state = waiting.pop()
        if state not in needed:
            needed.add(state)
            if state.needs is not None:
                waiting.extend(state.needs)
            if state.base is not None:
                waiting.append(state.base)
    return needed


def _reference_to(state: State) -> Reference:
    return stage_reference(state.stage.index) if state.stage is not None else state.reference


def _resolved_trigger(instruction: Instruction, sources: tuple[State, ...], span: Span | None) -> ResolvedInstruction:
    return ResolvedInstruction(instruction, tuple(map(_reference_to, sources)), trigger=True, span=span)


def resolved_stage(state: State, reached: bool) -> ResolvedStage:
    """What a stage has become; `reached` says whether a target needs it."""
    stage, sources = state.stage, _NOTHING_READ
    triggers: tuple[ResolvedInstruction, ...] = ()
    assert stage is not None
    if state.sources:
        sources = {place: tuple(map(_reference_to, states)) for place, states in state.sources.items()}
    if state.triggers:
        triggers = tuple([_resolved_trigger(*trigger, stage.from_.span) for trigger in state.triggers])
    steps = stage.step_count if reached and state.replaced_by is None else 0
    return _stage(
        stage,
        state.reference if state.base is None else _reference_to(state.base),
        state.base_text,
        sources,
        triggers,
        reached,
        state.platform,
        state.image,
        state.replaced_by,
        state.shown_name,
        None,
        state.base_step_total + steps if state.base_step_total else 0,
        state.step_total + steps,
        state.steps_taken,
    )
