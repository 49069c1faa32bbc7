"""Resolution as BuildKit does it (`dockerfile2llb/convert.go`, up to the dispatch of stages).

BuildKit keeps one list of *states*: the stages in the order of the file, and behind them what
`COPY --from` and `RUN --mount` name outside the file. A number in `--from` counts in that list.
"""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.budget import Budget
from stagegraph.checks import Checks
from stagegraph.errors import (
    Complaint,
    LimitComplaint,
    PlanningError,
    ResolutionError,
    StageGraphError,
    TargetNotFoundError,
)
from stagegraph.platforms import HOST
from stagegraph.quickly import maker_of
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.source import Span
from stagegraph.stages.buildkit_bases import Bases
from stagegraph.stages.buildkit_states import State, States, make_state, needed_by, resolved_stage
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.from_words import expand_base, read_platform
from stagegraph.stages.global_args import buildkit_global_args, predefined_args
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.references import (
    EMPTY_IMAGE_NAME,
)
from stagegraph.stages.resolution_checks import ResolutionChecks
from stagegraph.stages.resolved import ResolvedDockerfile
from stagegraph.stages.source_date_epoch import EPOCH, resolve_epoch
from stagegraph.stages.triggers import read_trigger
from stagegraph.suggestions import did_you_mean
from stagegraph.syntax.instructions import OnBuild
from stagegraph.values.letters import lower
from stagegraph.words import is_plain

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
        self._source = cut.source
        self._options = options
        self._checks = ResolutionChecks(checks, cut) if checks is not None else None
        self._contexts = NamedContexts(options.contexts, options.platform) if options.contexts else _NO_CONTEXTS
        self._budget = Budget()
        self._states = States()
        self._recorded: dict[int, tuple[str, ...]] = {}  # triggers, by the index of their stage
        self._bases = Bases(options, self._contexts, self._checks, self._source)

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
            self._read_instruction(self._states.all[index], place)
        self._states.check_cycles(self._source)
        if len(self._states.all) == 1:
            self._states.all[0].shown_name = ""
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
        image, name = from_.words[0], from_.stage_name
        base_text = image if is_plain(image) else expand_base(from_, self._global_args, self._budget, self._source)
        state = make_state(base_text, from_.span, stage, name or stage.display_name)
        if from_.flags and from_.platform:
            if self._checks is not None:
                self._checks.platform(stage, self._global_args)
            state.platform = read_platform(from_, self._global_args, self._source)
        self._states.enter(state)
        if name is not None:
            state.replaced_by = self._contexts.replacement_of_stage(name, state.platform)
            self._states.by_name[name] = state
        if state.replaced_by is not None:
            state.base = None
        elif state.base is None and base_text != EMPTY_IMAGE_NAME:
            state.step_total = 1

    def _find_target(self) -> State:
        target = self._options.target
        if not target:
            index = self._options.target_index
            return self._states.all[-1 if index is None else index]
        found = self._states.by_name.get(lower(target))
        if found is None:
            message = f"target stage {go_quote(target)} could not be found"
            raise self._error(TargetNotFoundError, did_you_mean(message, target, self._states.names()), None)
        return found

    # -- references --------------------------------------------------------------------------

    def _read_instruction(self, state: State, place: int) -> None:
        """Resolves what an instruction with flags reads (`buildStageDependencyGraph`)."""
        assert state.stage is not None
        instruction = state.stage.instructions[place]
        try:
            sources = self._states.read_by(instruction, instruction.span)
        except Complaint as complaint:
            # BuildKit names no line here; the place is known all the same.
            raise self._error(ResolutionError, complaint, instruction.span) from None
        if sources:
            self._states.need(state, sources)
            if state.sources is None:
                state.sources = {}
            state.sources[place] = sources

    # -- what the target needs ---------------------------------------------------------------

    def _resolve_what_is_needed(self, target: State) -> set[State]:
        """Loads bases and attaches triggers until nothing new is needed (`resolveStages`)."""
        bases = self._bases
        while True:
            reached = needed_by(target)
            wanted = set(self._states.all) if self._options.every_stage else reached
            for state in self._states.all:
                if state.base is None and not state.settled:
                    bases.resolve(state, state in wanted)
            is_complete = True
            for state in tuple(self._states.all):  # triggers may bring in more
                if not state.has_triggers and state in reached and self._attach_triggers(state):
                    is_complete = False
            if is_complete:
                return wanted

    def _attach_triggers(self, state: State) -> bool:
        """Puts the triggers of its base before the instructions of a state; whether they read anything."""
        state.has_triggers = True
        origins = state.origins
        if state.base is not None:
            triggers = self._triggers_of(state.base)
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
                sources = self._states.read_by(instruction, state.span)
                self._check_ends(sources, origins)
            except Complaint as complaint:
                raise self._error(ResolutionError, complaint, state.span) from None
            self._states.need(state, sources)
            state.triggers = (*state.triggers, (instruction, sources))
        state.step_total += len(triggers)
        return any(sources for _, sources in state.triggers)

    def _triggers_of(self, base: State) -> tuple[str, ...]:
        """What a stage records for all that are built upon it, looked for once."""
        assert base.stage is not None
        triggers = self._recorded.get(base.stage.index)
        if triggers is None:
            triggers = self._recorded[base.stage.index] = base.stage.triggers
        return triggers

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
        stages = self._states.all[: len(self._cut.stages)]
        resolved = tuple([resolved_stage(state, state in reached) for state in stages])
        index, loads = target.stage.index, tuple(self._bases.loads)
        return _dockerfile(
            _BUILDKIT, self._cut, self._options, resolved, index, self._global_args, self._build_args, loads
        )

    def _error(self, kind: type[StageGraphError], complaint: Complaint, span: Span | None) -> StageGraphError:
        return kind.of(complaint, self._source, span)


def _image_name(text: str) -> str | None:
    """The normalised name of an image; None for what is no image name, which is said elsewhere."""
    try:
        return normalise(text)
    except Complaint:
        return None
