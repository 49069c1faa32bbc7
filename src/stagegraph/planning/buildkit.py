"""The plan of BuildKit: the stages that the target needs, put together in the order of the file.

From `dockerfile2llb/convert.go`, `dispatchStages` and `dispatch`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from stagegraph.budget import Budget
from stagegraph.checks import Checks
from stagegraph.errors import Complaint, PlanningError
from stagegraph.planning.checks import PlanningChecks
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.copying import dispatch_transfer, git_key
from stagegraph.planning.descriptions import describe_context, describe_image
from stagegraph.planning.drafts import StageDraft, platform_prefix, step_name
from stagegraph.planning.environments import Environment
from stagegraph.planning.metadata import DISPATCH, dispatch_arg, enter_directory
from stagegraph.planning.running import NotYetDefinedError, dispatch_run, is_script
from stagegraph.planning.vertices import Step, StepKind, Vertex, make_vertex, merge_vertices
from stagegraph.quoting import go_quote
from stagegraph.stages.contexts import load_context
from stagegraph.stages.references import ImageReference, NamedContext, Reference, Scratch, StageReference
from stagegraph.stages.resolved import ResolvedDockerfile, ResolvedInstruction, ResolvedStage
from stagegraph.syntax.characters import SURROGATES
from stagegraph.syntax.instructions import Add, Arg, Copy, Run
from stagegraph.values.git_urls import parse_git_source

if TYPE_CHECKING:
    from stagegraph.dockerignore import DockerIgnore

# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_FROM = StepKind.FROM


class BuildKitAnswer(NamedTuple):
    """What BuildKit's frontend makes of a Dockerfile: steps, the id of the last, the image config.

    `reads` are the pairs (reader, stage) of stages that read a stage and make use of it, in the
    order in which the stages were put together.
    """

    steps: tuple[Step, ...]
    result: int | None
    config: ConfigDraft
    reads: tuple[tuple[int, int], ...]


def plan_for_buildkit(resolved: ResolvedDockerfile, checks: Checks | None = None) -> BuildKitAnswer:
    """The steps of the target's stages, as BuildKit makes them.

    Raises:
        PlanningError: an instruction of a stage that is needed cannot be carried out.
        CheckError: the file asks for it, and `checks` has something to report.
    """
    return _Planner(resolved, checks).run()


class _Planner:
    """Puts stages together.

    Of a stage that no other will be built upon only its files are kept: a file may have thousands.
    """

    def __init__(self, resolved: ResolvedDockerfile, checks: Checks | None) -> None:
        self._resolved = resolved
        self._options = resolved.options
        self._escape = resolved.cut.dockerfile.escape
        self._checks = self._planning_checks(checks) if checks is not None else None
        self._all_checks = checks
        self._drafts: dict[int, StageDraft] = {}  # by the index of their stage
        self._tops: dict[int, Vertex | None] = {}  # of stages whose draft is gone
        self._children = _count_children(resolved)
        self._faults: dict[int, str] = {}  # of impossible commands, by the identity of their instruction
        self._budget = Budget()
        self._reads: list[tuple[int, int]] = []
        self._context: Vertex | None = None

    def _planning_checks(self, checks: Checks) -> PlanningChecks:
        text = self._options.dockerignore
        try:
            return PlanningChecks(checks, self._resolved.cut.dockerfile, _ignored(text) if text else None)
        except Complaint as complaint:
            raise PlanningError.of(complaint, self._resolved.source, None) from None

    def run(self) -> BuildKitAnswer:
        for stage in self._resolved.stages:
            if stage.replaced_by is not None and stage.reached:
                self._drafts[stage.index] = self._begin(stage)
        for stage in self._resolved.stages:
            if stage.reached and stage.replaced_by is None:
                self._put_together(stage)
        if self._all_checks is not None:
            self._all_checks.raise_if_error()
        target = self._drafts[self._resolved.target]
        labels = self._options.labels
        if labels:
            target.config.update("Labels", labels)
        steps, result = merge_vertices(target.top)
        if self._faults:
            self._refuse_commands(steps)
        return BuildKitAnswer(steps, result, target.config, tuple(self._reads))

    # -- stages ------------------------------------------------------------------------------

    def _put_together(self, stage: ResolvedStage) -> None:
        index = stage.stage.index
        draft = self._drafts[index] = self._begin(stage)
        draft.config.ensure_path(draft.platform.os)
        draft.environment = draft.environment.assign_all(draft.config.environment)
        if directory := draft.config.text("WorkingDir"):
            enter_directory(draft, directory)
        for resolved in stage.in_turn():
            try:
                self._carry_out(draft, resolved)
            except Complaint as complaint:
                raise PlanningError.of(complaint, self._resolved.source, resolved.span) from None
        if index not in self._children:
            self._retire(index)

    def _carry_out(self, draft: StageDraft, resolved: ResolvedInstruction) -> None:
        kind = type(resolved.instruction)
        if kind is Run:
            dispatch_run(draft, resolved, self._source_vertex, self._build_context)
            self._check_command(draft, resolved.instruction)  # type: ignore[arg-type]  # as has been looked
        elif kind is Copy or kind is Add:
            dispatch_transfer(draft, resolved, self._copied)
        elif kind is Arg:
            dispatch_arg(draft, resolved, self._resolved.global_args, self._resolved.build_args)
        else:
            DISPATCH[kind](draft, resolved)

    def _begin(self, stage: ResolvedStage) -> StageDraft:
        """A stage before its first instruction: what it has from its base."""
        if isinstance(stage.base, StageReference):
            draft = self._child_of(stage.base.index, stage)
        else:
            config = ConfigDraft.of(stage.image)
            top = self._base_vertex(stage, stage.base)
            draft = StageDraft(
                stage, top, Environment(), config, stage.platform or self._options.platform, self._budget
            )
            draft.has_platform = not isinstance(stage.base, Scratch)
        draft.escape = self._escape
        if self._checks is not None:
            draft.checks = self._checks
        if self._options.several_platforms:
            draft.shows_platform = True
        return draft

    def _child_of(self, base: int, stage: ResolvedStage) -> StageDraft:
        """What a stage begins with that is built upon another one."""
        self._reads.append((stage.stage.index, base))
        draft = self._drafts[base].child(stage)
        self._children[base] -= 1
        if not self._children[base]:
            del self._children[base]
            self._retire(base)
        return draft

    def _retire(self, index: int) -> None:
        """Keeps the files alone of a stage that no other will be built upon."""
        self._tops[index] = self._drafts.pop(index).top

    def _base_vertex(self, stage: ResolvedStage, base: Reference) -> Vertex | None:
        """The vertex of a base from outside the file."""
        if isinstance(base, ImageReference):
            prefix = ""
            if self._options.several_platforms:
                prefix = platform_prefix(stage.platform or self._options.platform, {})
            name = step_name(stage, stage.steps_taken, stage.base_step_total, f"FROM {base.name}", prefix)
            return self._image_vertex(name, base, stage)
        return self._outside_vertex(base)

    def _image_vertex(self, name: str, image: ImageReference, stage: ResolvedStage | None) -> Vertex:
        platform = (stage.platform if stage is not None else None) or self._options.platform
        key = ("image", image.name, platform.full_text)
        describe = (describe_image, image, platform)
        if stage is None:
            return make_vertex(_FROM, name, key, describe=describe)
        from_ = stage.stage.from_
        return make_vertex(_FROM, name, key, (), stage.stage.index, from_.span, from_, None, describe)

    def _build_context(self) -> Vertex:
        if self._context is None:
            name = "[internal] load build context"
            self._context = make_vertex(StepKind.CONTEXT, name, ("context",), describe=(describe_context,))
        return self._context

    def _outside_vertex(self, reference: Reference) -> Vertex | None:
        """The vertex of an image or a context that an instruction names; None for `scratch`."""
        if isinstance(reference, ImageReference):
            return self._image_vertex(f"FROM {reference.name}", reference, None)
        if isinstance(reference, NamedContext):
            name = load_context(reference, self._options.images).step_name
            if name is None:
                return None
            key = _context_key(reference)
            return make_vertex(StepKind.CONTEXT, name, key, describe=(describe_context, reference))
        return None

    # -- instructions that read other stages --------------------------------------------------

    def _source_vertex(self, draft: StageDraft, source: Reference, read: bool) -> Vertex | None:
        """The vertex of what an instruction of a stage names, and may read.

        Raises:
            NotYetDefinedError: a stage that comes later.
        """
        if not isinstance(source, StageReference):
            return self._outside_vertex(source)
        index = source.index
        if index in self._drafts:
            top = self._drafts[index].top
        elif index in self._tops:
            top = self._tops[index]
        else:
            raise NotYetDefinedError
        if read:
            self._reads.append((draft.stage.stage.index, index))
        return top

    def _copied(self, draft: StageDraft, resolved: ResolvedInstruction) -> Vertex | None:
        """The vertex that a `COPY` or `ADD` reads its paths from."""
        if not resolved.sources:
            return self._build_context()
        try:
            return self._source_vertex(draft, resolved.sources[0], read=True)
        except NotYetDefinedError:
            raise self._too_early(draft, resolved) from None

    def _too_early(self, draft: StageDraft, resolved: ResolvedInstruction) -> Complaint:
        copy = resolved.instruction
        assert isinstance(copy, Copy)
        return Complaint(
            f"cannot copy from stage {go_quote(copy.from_)}, it needs to be defined before current stage "
            f"{go_quote(draft.stage.shown_name)}"
        )

    def _check_command(self, draft: StageDraft, run: Run) -> None:
        """Notes a command that is only noticed to be impossible when its step is written out."""
        if run.heredocs or not run.arguments.isascii() or run.arguments.startswith("["):
            fault = _fault_of_command(run, draft.config.os)
            if fault is not None:
                self._faults[id(run)] = fault

    def _refuse_commands(self, steps: tuple[Step, ...]) -> None:
        """Refuses the first step whose command is not possible; one that is no step is no matter."""
        for step in steps:
            fault = self._faults.get(id(step.instruction))
            if fault is not None and step.kind is StepKind.RUN:
                message = f"failed to marshal LLB definition: {fault}"
                raise PlanningError(message, source=self._resolved.source, span=step.span)


def _count_children(resolved: ResolvedDockerfile) -> dict[int, int]:
    """How many stages are built upon each stage, whose draft is kept until then; that of the target stays."""
    children = {resolved.target: 1}
    for stage in resolved.stages:
        base = stage.base
        if stage.reached and isinstance(base, StageReference):
            children[base.index] = children.get(base.index, 0) + 1
    return children


def _ignored(text: str) -> DockerIgnore:
    from stagegraph.dockerignore import DockerIgnore  # a plan without checks does not pay for it

    return DockerIgnore.read(text)


def _fault_of_command(run: Run, os: str) -> str | None:
    if run.exec_form:
        return None if run.command else "arguments are required"
    # The bytes of a script that is mounted as a file may be anything.
    texts = (run.arguments, *(heredoc.content for heredoc in run.heredocs if not is_script(run, os)))
    return "string field contains invalid UTF-8" if any(map(SURROGATES.search, texts)) else None


def _context_key(context: NamedContext) -> tuple[object, ...]:
    """What tells a context apart; a repository is the same to a context and to an `ADD`."""
    git = None if context.value.startswith("docker-image:") else parse_git_source(context.value)
    return ("named context", context) if git is None else git_key(git, keep=None, checksum="")
