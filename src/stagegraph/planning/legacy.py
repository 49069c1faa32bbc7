"""The plan of the legacy builder: every stage up to the target, every instruction, in order.

From `daemon/builder/dockerfile` of Docker Engine: `builder.go`, `evaluator.go`, `dispatchers.go`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, PlanningError, StageGraphError
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.environments import Environment
from stagegraph.planning.metadata import DISPATCH
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.platforms import Platform
from stagegraph.source import Span
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.stages.legacy import MetaArgs, expand_meta_args
from stagegraph.stages.references import ImageReference, Reference, StageReference, Unresolved
from stagegraph.stages.resolved import ResolvedDockerfile, ResolvedInstruction, ResolvedStage
from stagegraph.syntax.instructions import (
    Add,
    Arg,
    Cmd,
    Copy,
    Env,
    Expose,
    Instruction,
    Label,
    Run,
    Workdir,
)
from stagegraph.values.paths import clean, join
from stagegraph.values.ports import legacy_parse_ports
from stagegraph.words import split_words

_NEEDS_BUILDKIT = (
    "the --{} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ "
    "to learn how to build images with BuildKit enabled"
)
_WILDCARDS = frozenset("*?[")
_KINDS: Mapping[type, StepKind] = {
    Run: StepKind.RUN,
    Copy: StepKind.COPY,
    Add: StepKind.ADD,
    Workdir: StepKind.WORKDIR,
}


@attrs.frozen
class LegacyAnswer:
    """What the legacy builder makes of a Dockerfile, and the build arguments that nothing used."""

    steps: tuple[Step, ...]
    result: int | None
    config: ConfigDraft
    unused_build_args: tuple[str, ...]


def plan_for_legacy(resolved: ResolvedDockerfile) -> LegacyAnswer:
    """The steps of every stage up to the target.

    Raises:
        PlanningError: where the legacy builder fails; `steps` are those it has announced by then.
    """
    return _Planner(resolved).run()


class _LegacyDraft(StageDraft):
    """A stage while the legacy builder works at it; `environment` is what its words see.

    Build arguments are seen only where the image has no variable of the name.
    """

    def __init__(self, stage: ResolvedStage, config: ConfigDraft, meta: MetaArgs, budget: Budget) -> None:
        super().__init__(
            stage,
            top=None,
            environment=Environment(),
            config=config,
            platform=stage.platform or Platform("linux", "amd64"),
            budget=budget,
        )
        self._meta = meta
        self._declared: dict[str, str | None] = {}
        self.environment.assign_all(config.environment)
        self._own = set(self.environment)
        for name in PROXY_NAMES:
            self._show(name)

    def declare(self, name: str, default: str | None) -> None:
        """`ARG name=default`, with the words expanded."""
        self._declared[name] = default
        self._show(name)

    def set_variable(self, name: str, value: str) -> None:
        """`ENV name=value`."""
        self._own.add(name)
        self.environment.assign(name, value)
        self.config.set_variable(name, value)

    def _show(self, name: str) -> None:
        """Makes a build argument visible, or invisible where it has no value."""
        if name in self._own:
            return
        value = self._meta.build_args.get(name, self._declared.get(name))
        if value is None:
            value = self._meta.defaults.get(name)
        if value is None:
            self.environment.pop(name, None)
        else:
            self.environment.assign(name, value)


class _Planner:
    """Works through the file; `steps` are the ones announced so far."""

    def __init__(self, resolved: ResolvedDockerfile) -> None:
        self._resolved = resolved
        self._options = resolved.options
        self._stages = resolved.reached
        labels = sorted(self._options.labels.items())
        self._labels = tuple(Label("LABEL", (), f"{name}={value}") for name, value in labels)
        self._total = (
            len(resolved.cut.global_args)
            + len(self._stages)
            + sum(len(stage.stage.instructions) for stage in self._stages)
            + len(self._labels)
        )
        self._budget = Budget()
        self._steps: list[Step] = []
        self._configs: list[ConfigDraft] = []
        self._last_steps: list[int] = []
        self._has_image: list[bool] = []
        self._used_args: set[str] = set()

    def run(self) -> LegacyAnswer:
        meta = self._announce_meta_args()
        names: set[str] = set()
        for stage in self._stages:
            if stage.stage.name in names:
                self._fail(Complaint(f"{stage.stage.name} stage name already used"), stage.stage.from_.span)
            if stage.stage.name is not None:
                names.add(stage.stage.name)
            self._build(stage, meta)
        config = self._configs[-1]
        if not self._has_image[-1]:
            self._fail(Complaint("No image was generated. Is your Dockerfile empty?"), None)
        unused = set(self._options.build_args) - self._used_args - PROXY_NAMES
        return LegacyAnswer(tuple(self._steps), self._steps[-1].id, config, tuple(sorted(unused)))

    def _announce_meta_args(self) -> MetaArgs:
        cut = self._resolved.cut
        meta, count, complaint = expand_meta_args(cut, self._options.build_args)
        for place, arg in enumerate(cut.global_args):
            self._announce(arg, (), None)
            if complaint is not None and place == count:
                self._fail(complaint, arg.span)
        self._used_args.update(meta.defaults)
        return meta

    def _build(self, stage: ResolvedStage, meta: MetaArgs) -> None:
        from_ = stage.stage.from_
        self._announce(from_, self._inputs(stage), stage)
        if isinstance(stage.base, Unresolved):
            self._fail(Complaint(stage.base.message), from_.span)
        draft = _LegacyDraft(stage, self._base_config(stage), meta, self._budget)
        draft.escape = "\\"
        for resolved in stage.instructions:
            if resolved.trigger:
                self._carry_out(draft, resolved)
        if stage.fault is not None:
            self._fail(Complaint(stage.fault.message), from_.span)
        draft.escape = self._resolved.cut.dockerfile.escape
        for resolved in stage.instructions:
            if not resolved.trigger:
                self._announce(resolved.instruction, self._step_inputs(resolved), stage)
                self._carry_out(draft, resolved)
        if stage.index == self._resolved.target:
            for label in self._labels:
                self._announce(label, (self._steps[-1].id,), stage)
            draft.config.update("Labels", self._options.labels) if self._labels else None
        self._finish(stage, draft)

    def _base_config(self, stage: ResolvedStage) -> ConfigDraft:
        if isinstance(stage.base, StageReference):
            config = self._configs[stage.base.index].child()
        else:
            image = stage.image
            config = ConfigDraft(image.config if image else {}, image.platform.os if image else "")
        config.ensure_path(config.os)
        return config

    def _finish(self, stage: ResolvedStage, draft: _LegacyDraft) -> None:
        has_image = isinstance(stage.base, ImageReference) or bool(stage.instructions)
        if isinstance(stage.base, StageReference):
            has_image = has_image or self._has_image[stage.base.index]
        if stage.index == self._resolved.target and self._labels:
            has_image = True
        self._has_image.append(has_image)
        self._configs.append(draft.config)
        self._last_steps.append(self._steps[-1].id)

    # -- steps -------------------------------------------------------------------------------

    def _announce(self, instruction: Instruction, inputs: tuple[int, ...], stage: ResolvedStage | None) -> None:
        number = len(self._steps) + 1
        kind = StepKind.FROM if stage is not None and instruction is stage.stage.from_ else None
        self._steps.append(
            Step(
                id=number,
                name=f"Step {number}/{self._total} : {instruction.line}",
                kind=kind or _KINDS.get(type(instruction), StepKind.METADATA),
                inputs=inputs,
                stage=stage.index if stage is not None else None,
                span=instruction.span,
                instruction=instruction,
            )
        )

    def _inputs(self, stage: ResolvedStage) -> tuple[int, ...]:
        """What a `FROM` step reads: its base, and what the triggers copy from."""
        references = [stage.base, *(one for each in stage.instructions if each.trigger for one in each.sources)]
        return self._ids(references)

    def _step_inputs(self, resolved: ResolvedInstruction) -> tuple[int, ...]:
        """What a step reads: the step before it, and the stage it copies from."""
        return tuple(dict.fromkeys((self._steps[-1].id, *self._ids(resolved.sources))))

    def _ids(self, references: Sequence[Reference]) -> tuple[int, ...]:
        stages = (one.index for one in references if isinstance(one, StageReference))
        return tuple(dict.fromkeys(self._last_steps[index] for index in stages))

    def _carry_out(self, draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
        try:
            if isinstance(resolved.instruction, Arg):
                self._dispatch_arg(draft, resolved.instruction)
            else:
                _DISPATCH[type(resolved.instruction)](draft, resolved)
        except Complaint as complaint:
            self._fail(complaint, resolved.span)

    def _dispatch_arg(self, draft: _LegacyDraft, arg: Arg) -> None:
        declared = [
            (draft.expand(one.name), None if one.default is None else draft.expand(one.default)) for one in arg.declared
        ]
        for name, default in declared:
            draft.declare(name, default)
            self._used_args.add(name)

    def _fail(self, complaint: Complaint, span: Span | None) -> None:
        error: StageGraphError = PlanningError.of(complaint, self._resolved.source, span)
        error.steps = tuple(self._steps)
        raise error from None


def _dispatch_env(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    env = resolved.instruction
    assert isinstance(env, Env)
    for name, value in [(draft.expand(pair.name), draft.expand(pair.value)) for pair in env.pairs]:
        draft.set_variable(name, value)


def _dispatch_cmd(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    DISPATCH[Cmd](draft, resolved)
    draft.config.clear("ArgsEscaped")


def _dispatch_expose(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    expose = resolved.instruction
    assert isinstance(expose, Expose)
    words = [word for port in expose.ports for word in split_words(port, draft.environment, draft.escape)]
    draft.config.update("ExposedPorts", {port: {} for port in legacy_parse_ports(words)})


def _dispatch_workdir(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    workdir = resolved.instruction
    assert isinstance(workdir, Workdir)
    path = draft.expand(workdir.value)
    if not path:
        raise Complaint("cannot normalize nothing")
    current = draft.config.text("WorkingDir")
    draft.config.set("WorkingDir", clean(path) if path.startswith("/") else join("/", current, path))


def _dispatch_run(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    run = resolved.instruction
    assert isinstance(run, Run)
    run.mounts(draft.expand)  # read, and found fault with, before it is refused
    if run.flags:
        raise Complaint(_NEEDS_BUILDKIT.format(min(run.options.names)))


def _dispatch_copy(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    sources, destination = _expand_transfer(draft, resolved)
    for source in resolved.sources:
        if isinstance(source, Unresolved):
            raise Complaint(source.message)
    if any(source.startswith(("http://", "https://")) for source in sources):
        raise Complaint("COPY failed: source can't be a URL for COPY")
    _check_sources("COPY", sources, destination)


def _dispatch_add(draft: _LegacyDraft, resolved: ResolvedInstruction) -> None:
    _check_sources("ADD", *_expand_transfer(draft, resolved))


def _expand_transfer(draft: _LegacyDraft, resolved: ResolvedInstruction) -> tuple[list[str], str]:
    """Sources and destination, expanded.

    Raises:
        Complaint: a word cannot be expanded, or the mode is to be changed.
    """
    transfer = resolved.instruction
    assert isinstance(transfer, Copy | Add)
    draft.expand(transfer.chown)
    chmod = draft.expand(transfer.chmod)
    if isinstance(transfer, Add):
        draft.expand(transfer.checksum)
    sources = [draft.expand(source) for source in transfer.sources]
    destination = draft.expand(transfer.destination)
    if chmod:
        raise Complaint(_NEEDS_BUILDKIT.format("chmod"))
    return sources, destination


def _check_sources(keyword: str, sources: list[str], destination: str) -> None:
    """What can be said of sources without looking at files."""
    if not sources:
        raise Complaint(f"{keyword} failed: no source files were specified")
    certain = sum(not _WILDCARDS.intersection(source) for source in sources)
    if certain > 1 and not destination.endswith("/"):
        raise Complaint(
            f"When using {keyword} with more than one source file, the destination must be a directory and end with a /"
        )


_DISPATCH: Mapping[type, Callable[[_LegacyDraft, ResolvedInstruction], None]] = {
    **DISPATCH,
    Add: _dispatch_add,
    Cmd: _dispatch_cmd,
    Copy: _dispatch_copy,
    Env: _dispatch_env,
    Expose: _dispatch_expose,
    Run: _dispatch_run,
    Workdir: _dispatch_workdir,
}
