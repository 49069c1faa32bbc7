"""Resolution as BuildKit does it (`dockerfile2llb/convert.go`, up to the dispatch of stages).

BuildKit keeps one list of *states*: the stages in the order of the file, and behind them what
`COPY --from` and `RUN --mount` name outside the file. A number in `--from` counts in that list.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter

from stagegraph.budget import Budget
from stagegraph.checks import Checks
from stagegraph.errors import (
    CircularDependencyError,
    Complaint,
    LimitComplaint,
    PlanningError,
    ResolutionError,
    StageGraphError,
    TargetNotFoundError,
)
from stagegraph.platforms import HOST, Platform, parse_platform
from stagegraph.quickly import maker_of
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.source import Span
from stagegraph.stages.buildkit_states import State, needed_by, resolved_stage
from stagegraph.stages.contexts import NamedContexts, load_context
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.global_args import buildkit_global_args, predefined_args
from stagegraph.stages.image_configs import ImageConfig, image_config
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.references import (
    EMPTY_IMAGE_NAME,
    SCRATCH,
    image_reference,
)
from stagegraph.stages.resolution_checks import ResolutionChecks
from stagegraph.stages.resolved import ResolvedDockerfile
from stagegraph.stages.source_date_epoch import EPOCH, resolve_epoch
from stagegraph.stages.triggers import read_trigger
from stagegraph.suggestions import did_you_mean, nearest
from stagegraph.syntax.instructions import Copy, Instruction, OnBuild, Run
from stagegraph.values.letters import lower
from stagegraph.values.numbers import parse_atoi
from stagegraph.words import expand_text, is_plain

_NO_CONTEXTS = NamedContexts({}, HOST)
# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_BUILDKIT = Builder.BUILDKIT
_dockerfile = maker_of(ResolvedDockerfile)


def resolve_for_buildkit(cut: CutDockerfile, options: BuildOptions, checks: Checks | None = None) -> ResolvedDockerfile:
    """What the names of a Dockerfile mean to BuildKit; `checks` are told what is odd about them.

    Raises:
        StageGraphError: what BuildKit says, in its order: bases of all stages, the target,
            `--from` of all stages, cycles, image names, and triggers of what the target needs.
    """
    return _Resolution(cut, options, checks).run()


class _Resolution:
    """One resolution; its methods are the steps, in the order in which BuildKit takes them."""

    def __init__(self, cut: CutDockerfile, options: BuildOptions, checks: Checks | None) -> None:
        self._cut = cut
        self._options = options
        self._checks = ResolutionChecks(checks, cut) if checks is not None else None
        self._contexts = NamedContexts(options.contexts, options.platform) if options.contexts else _NO_CONTEXTS
        self._budget = Budget()
        self._states: list[State] = []
        self._by_name: dict[str, State] = {}
        self._loads: dict[str, None] = {}
        self._reads_ahead = False  # a stage reads itself or one behind it

    def run(self) -> ResolvedDockerfile:
        cut, options = self._cut, self._options
        if not cut.stages:
            raise ResolutionError("dockerfile contains no stages to build", source=cut.source)
        predefined = predefined_args(options, options.target or cut.stages[-1].name or "")
        if self._checks is not None:
            self._checks.bases_by_default(predefined)
        self._global_args = buildkit_global_args(cut, predefined, options.build_args)
        self._build_args = self._resolve_epoch()
        for stage in cut.stages:
            self._register(stage)
        target = self._find_target()
        for index, place in cut.flagged:
            self._read_instruction(self._states[index], place)
        self._check_cycles()
        if len(self._states) == 1:
            self._states[0].shown_name = ""
        reached = self._resolve_what_is_needed(target)
        return self._result(target, reached)

    def _resolve_epoch(self) -> Mapping[str, str]:
        if EPOCH not in self._global_args and EPOCH not in self._options.build_args:
            return self._options.build_args
        try:
            return resolve_epoch(self._cut, self._global_args, self._options, self._contexts)
        except Complaint as complaint:
            raise self._error(PlanningError, complaint, None) from None

    # -- stages ------------------------------------------------------------------------------

    def _register(self, stage: Stage) -> None:
        """Expands a `FROM` and enters its stage (`buildDispatchStates`)."""
        from_ = stage.from_
        if self._checks is not None:
            self._checks.base(stage, self._global_args)
        image, name = from_.image, from_.stage_name
        base_text = image if is_plain(image) else self._expand_base(stage)
        state = State(base_text, from_.span, stage, name or stage.display_name)
        if from_.flags and from_.platform:
            if self._checks is not None:
                self._checks.platform(stage, self._global_args)
            state.platform = self._read_platform(stage)
        base = self._by_name.get(base_text)
        self._states.append(state)
        if name is not None:
            state.replaced_by = self._contexts.replacement_of_stage(name, state.platform)
            self._by_name[name] = state
        if state.replaced_by is None:
            state.base = base
            if base is None and base_text != EMPTY_IMAGE_NAME:
                state.step_total = 1

    def _expand_base(self, stage: Stage) -> str:
        image = stage.from_.image
        try:
            text = self._budget.spend(expand_text(image, self._global_args, stage.from_.escape))
        except Complaint as complaint:
            raise self._error(PlanningError, complaint, stage.from_.span) from None
        if not text:
            message = f"base name ({image}) should not be blank"
            raise ResolutionError(message, source=self._cut.source, span=stage.from_.span)
        return text

    def _read_platform(self, stage: Stage) -> Platform:
        written = stage.from_.platform
        unmatched: set[str] = set()
        try:
            text = expand_text(written, self._global_args, stage.from_.escape, unmatched=unmatched)
        except Complaint as complaint:
            complaint = Complaint(f"failed to process arguments for platform : {complaint.message}")
            raise self._error(PlanningError, complaint, stage.from_.span) from None
        if not text:
            empty = self._suggest_arg(Complaint(f"empty platform value from expression {written}"), unmatched)
            raise self._error(ResolutionError, empty, stage.from_.span)
        try:
            return parse_platform(text)
        except Complaint as complaint:
            meant = self._suggest_arg(complaint, unmatched)
            message = f"failed to parse platform {written}: {meant.message}"
            wrong = Complaint(message, suggestion=meant.suggestion)
            raise self._error(ResolutionError, wrong, stage.from_.span) from None

    def _suggest_arg(self, complaint: Complaint, unmatched: Iterable[str]) -> Complaint:
        """The complaint, with the argument that was probably meant by one that is not set."""
        for name in sorted(unmatched):
            if nearest(name, self._global_args) is not None:
                return did_you_mean(complaint.message, name, self._global_args)
        return complaint

    def _enter(self, state: State) -> None:
        """Puts a state on the list; a stage entered before, of the name of its base, is its base."""
        self._states.append(state)
        base = self._by_name.get(state.base_text)
        if base is not None:
            state.base = base

    def _find_target(self) -> State:
        target = self._options.target
        if not target:
            index = self._options.target_index
            return self._states[-1 if index is None else index]
        found = self._by_name.get(lower(target))
        if found is None:
            message = f"target stage {go_quote(target)} could not be found"
            raise self._error(TargetNotFoundError, did_you_mean(message, target, self._names()), None)
        return found

    def _names(self) -> list[str]:
        return [state.shown_name for state in self._states if state.shown_name]

    # -- references --------------------------------------------------------------------------

    def _read_instruction(self, state: State, place: int) -> None:
        """Resolves what an instruction with flags reads (`buildStageDependencyGraph`)."""
        assert state.stage is not None
        instruction = state.stage.instructions[place]
        try:
            sources = self._sources(instruction, instruction.span)
        except Complaint as complaint:
            # BuildKit names no line here; the place is known all the same.
            raise self._error(ResolutionError, complaint, instruction.span) from None
        if sources:
            self._need(state, sources)
            if state.sources is None:
                state.sources = {}
            state.sources[place] = sources

    def _need(self, state: State, sources: tuple[State, ...]) -> None:
        if state.needs is None:
            state.needs = {}
        for source in sources:
            state.needs[source] = None
            if source.stage is None:
                self._enter(source)
            elif state.stage is None or source.stage.index >= state.stage.index:
                self._reads_ahead = True

    def _sources(self, instruction: Instruction, span: Span | None) -> tuple[State, ...]:
        """The states that an instruction at `span` reads (`toCommand`, `detectRunMount`)."""
        if isinstance(instruction, Copy) and instruction.from_:
            return (self._copy_source(instruction, span),)
        if isinstance(instruction, Run):
            # A mount without `from` looks for `scratch`, which a stage may be called.
            return tuple([self._mount_source(name or EMPTY_IMAGE_NAME) for name in instruction.mount_sources])
        return ()

    def _mount_source(self, name: str) -> State:
        state = self._by_name.get(lower(name)) or State(name)
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
            return self._by_name.get(lower(name)) or State(name, span)
        if not 0 <= index < len(self._states):
            raise Complaint(f"invalid stage index {index}")
        return self._states[index]

    def _check_cycles(self) -> None:
        """Refuses stages that read each other through `COPY --from` and mounts; bases do not count."""
        states = self._states
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
            raise CircularDependencyError(message, source=self._cut.source, span=span) from None

    # -- what the target needs ---------------------------------------------------------------

    def _resolve_what_is_needed(self, target: State) -> set[State]:
        """Loads bases and attaches triggers until nothing new is needed (`resolveStages`)."""
        while True:
            reached = needed_by(target)
            wanted = set(self._states) if self._options.every_stage else reached
            for state in self._states:
                if state.base is None and not state.settled:
                    self._resolve_base(state, needed=state in wanted)
            is_complete = True
            for state in tuple(self._states):  # triggers may bring in more
                if not state.has_triggers and state in reached and self._attach_triggers(state):
                    is_complete = False
            if is_complete:
                return wanted

    def _resolve_base(self, state: State, *, needed: bool) -> None:
        """Finds out what a base outside the file is (`resolveBaseImage`).

        Outside of what is needed only the name is looked at. What an instruction names outside
        the file is looked at once, needed or not.
        """
        state.settled = needed or state.stage is None
        wanted = self._options.platform
        if state.base_text == EMPTY_IMAGE_NAME and state.replaced_by is None:
            state.image, state.platform = ImageConfig.empty(wanted), wanted
            return
        try:
            image = image_reference(state.base_text)
        except Complaint as complaint:
            complaint = Complaint(f"failed to parse stage name {go_quote(state.base_text)}: {complaint.message}")
            raise self._error(ResolutionError, complaint, state.span) from None
        state.reference, name = image, image.name
        if needed and self._replace_by_context(state, name):
            return
        # A base that is looked at again goes by its normalised name.
        shown, state.shown_base = state.shown_base or state.base_text, name
        state.platform = state.platform or wanted
        if needed:
            platforms = f"{state.platform.full_text} " if self._options.several_platforms else ""
            self._loads[f"[{platforms}internal] load metadata for {name}"] = None
            state.image = image_config(name, self._options.images)
            if not state.image.has_layers:
                state.reference = SCRATCH
                return
            if self._checks is not None:
                self._checks.base_platform(state.span, shown, state.platform, state.image.platform)
        if state.step_total:
            state.steps_taken += 1
        state.base_step_total = state.step_total

    def _replace_by_context(self, state: State, name: str) -> bool:
        """Puts a named context in the place of a stage or of a base, if there is one."""
        platform = state.platform or self._options.platform
        context = state.replaced_by or self._contexts.find(name, platform)
        if context is None:
            return False
        try:
            loaded = load_context(context, self._options.images)
        except Complaint as complaint:
            raise self._error(ResolutionError, complaint, state.span) from None
        self._loads.update(dict.fromkeys(loaded.loads))
        state.reference = context
        if state.replaced_by is None:
            state.platform = platform
            state.image = loaded.image or ImageConfig.empty(platform)
        else:
            state.image = loaded.image
            if loaded.image is not None and loaded.image.platform.os and loaded.image.platform.architecture:
                state.platform = loaded.image.platform
        return True

    def _attach_triggers(self, state: State) -> bool:
        """Puts the triggers of its base before the instructions of a state; whether they read anything."""
        state.has_triggers = True
        origins = state.origins
        if state.base is not None:
            assert state.base.stage is not None
            triggers = state.base.stage.triggers
            if state.base.triggers:
                brought = [one for one, _ in state.base.triggers if isinstance(one, OnBuild)]
                triggers = (*(one.expression for one in brought), *triggers)
        else:
            triggers = state.image.on_build if state.image is not None else ()
        if not triggers:
            return False
        if state.base is None:  # an image without layers has become `scratch` by now, but has its name
            origins = (*origins, _image_name(state.base_text))
        for trigger in triggers:
            try:
                instruction = read_trigger(trigger)
                sources = self._sources(instruction, state.span)
                self._check_ends(sources, origins)
            except Complaint as complaint:
                raise self._error(ResolutionError, complaint, state.span) from None
            self._need(state, sources)
            state.triggers = (*state.triggers, (instruction, sources))
        state.step_total += len(triggers)
        return any(sources for _, sources in state.triggers)

    def _check_ends(self, sources: tuple[State, ...], origins: tuple[str | None, ...]) -> None:
        """Refuses a trigger that brings in an image which brings in the trigger again."""
        for source in sources:
            if source.stage is None:
                source.origins = origins
                if _image_name(source.base_text) in origins:
                    raise LimitComplaint(
                        f"the ONBUILD triggers of {origins[0]} copy from {origins[-1]} again and again: "
                        "BuildKit never answers"
                    )

    # -- the answer --------------------------------------------------------------------------

    def _result(self, target: State, reached: set[State]) -> ResolvedDockerfile:
        assert target.stage is not None
        stages = self._states[: len(self._cut.stages)]
        resolved = tuple([resolved_stage(state, state in reached) for state in stages])
        index, loads = target.stage.index, tuple(self._loads)
        return _dockerfile(
            _BUILDKIT, self._cut, self._options, resolved, index, self._global_args, self._build_args, loads
        )

    def _error(self, kind: type[StageGraphError], complaint: Complaint, span: Span | None) -> StageGraphError:
        return kind.of(complaint, self._cut.source, span)


def _image_name(text: str) -> str | None:
    """The normalised name of an image; None for what is no image name, which is said elsewhere."""
    try:
        return normalise(text)
    except Complaint:
        return None


def _as_index(name: str) -> int | None:
    """The number that `--from` gives, or None for a name."""
    if name[0] not in "+-0123456789":
        return None
    try:
        return parse_atoi(name)
    except Complaint:
        return None
