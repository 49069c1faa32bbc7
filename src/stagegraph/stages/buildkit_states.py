"""The states of BuildKit's resolution: stages, and what instructions read outside the file (`dispatchState`)."""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import CycleError, TopologicalSorter

import attrs

from stagegraph.errors import CircularDependencyError, Complaint
from stagegraph.platforms import Platform
from stagegraph.quickly import maker_of
from stagegraph.source import SourceFile, Span
from stagegraph.stages.cutting import Stage
from stagegraph.stages.image_configs import ImageConfig
from stagegraph.stages.references import EMPTY_IMAGE_NAME, SCRATCH, NamedContext, Reference, stage_reference
from stagegraph.stages.resolved import ResolvedInstruction, ResolvedStage
from stagegraph.syntax.instructions import Copy, Instruction, Run
from stagegraph.values.letters import lower
from stagegraph.values.numbers import parse_atoi
from stagegraph.words import expand_text

_NOTHING_READ: Mapping[int, tuple[Reference, ...]] = {}
_stage = maker_of(ResolvedStage)


@attrs.define(eq=False, weakref_slot=False)
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


make_state = maker_of(State)


class States:
    """The one list of states: those of stages in the order of the file, then those outside it."""

    def __init__(self) -> None:
        self.all: list[State] = []
        self.by_name: dict[str, State] = {}
        self._reads_ahead = False  # a stage reads itself or one behind it

    def enter(self, state: State) -> None:
        """Puts a state on the list; a stage entered before, of the name of its base, is its base."""
        self.all.append(state)
        base = self.by_name.get(state.base_text)
        if base is not None:
            state.base = base

    def names(self) -> list[str]:
        """The names of stages, as they are shown."""
        return [state.shown_name for state in self.all if state.shown_name]

    def need(self, state: State, sources: tuple[State, ...]) -> None:
        """Notes what a state reads, and enters what of it is outside the file."""
        if state.needs is None:
            state.needs = {}
        for source in sources:
            state.needs[source] = None
            if source.stage is None:
                self.enter(source)
            elif state.stage is None or source.stage.index >= state.stage.index:
                self._reads_ahead = True

    def read_by(self, instruction: Instruction, span: Span | None) -> tuple[State, ...]:
        """The states that an instruction at `span` reads (`toCommand`, `detectRunMount`).

        Raises:
            Complaint: a name with variables, or a number that no state has.
        """
        if isinstance(instruction, Copy) and instruction.from_:
            return (self._copy_source(instruction, span),)
        if isinstance(instruction, Run):
            # A mount without `from` looks for `scratch`, which a stage may be called.
            return tuple([self._mount_source(name or EMPTY_IMAGE_NAME) for name in instruction.mount_sources])
        return ()

    def _mount_source(self, name: str) -> State:
        state = self.by_name.get(lower(name)) or make_state(name)
        if state.stage is None and name == EMPTY_IMAGE_NAME:
            state.settled = state.has_triggers = True  # there is nothing to find out
        return state

    def _copy_source(self, copy: Copy, span: Span | None) -> State:
        name = copy.from_
        if expand_text(name, {}, copy.escape) != name:
            raise Complaint(
                "variable expansion is not supported for --from, define a new stage with FROM using ARG "
                "from global scope as a workaround"
            )
        index = _as_index(name)
        if index is None:
            return self.by_name.get(lower(name)) or make_state(name, span)
        if not 0 <= index < len(self.all):
            raise Complaint(f"invalid stage index {index}")
        return self.all[index]

    def check_cycles(self, source: SourceFile | None) -> None:
        """Refuses stages that read each other through `COPY --from` and mounts; bases do not count.

        Raises:
            CircularDependencyError: there are such stages.
        """
        states = self.all
        if not self._reads_ahead:
            return  # without that there is no cycle
        sorter = TopologicalSorter({state: state.needs or () for state in states})
        try:
            sorter.prepare()
        except CycleError:
            while ready := sorter.get_ready():
                sorter.done(*ready)
                states = [state for state in states if state not in ready]
            message = f"circular dependency detected on stage: {states[0].shown_name}"
            span = states[0].span
            raise CircularDependencyError(message, source=source, span=span) from None


def _as_index(name: str) -> int | None:
    """The number that `--from` gives, or None for a name."""
    if name[0] not in "+-0123456789":
        return None
    try:
        return parse_atoi(name)
    except Complaint:
        return None


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
