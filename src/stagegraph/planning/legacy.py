"""The plan of the legacy builder: every stage up to the target, every instruction, in order.

From `daemon/builder/dockerfile` of Docker Engine: `builder.go`, `evaluator.go`, `dispatchers.go`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, PlanningError, StageGraphError
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.legacy_drafts import LegacyDraft
from stagegraph.planning.legacy_instructions import LEGACY_DISPATCH
from stagegraph.planning.legacy_operations import LegacyOperation, image_operation
from stagegraph.planning.vertices import DescribedStep, Step, StepKind
from stagegraph.source import Span
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.stages.legacy import MetaArgs, expand_meta_args
from stagegraph.stages.references import ImageReference, Reference, StageReference, Unresolved
from stagegraph.stages.resolved import ResolvedDockerfile, ResolvedInstruction, ResolvedStage
from stagegraph.syntax.instructions import (
    Add,
    Arg,
    Copy,
    Instruction,
    Label,
    Run,
    Workdir,
)

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


@attrs.frozen
class _Origin:
    """What a step upon the step `base` is made of; `last_steps` are those after which stages are complete."""

    operations: Sequence[LegacyOperation]
    base: int | None
    last_steps: Sequence[int]

    def described(self) -> DescribedStep:
        from stagegraph.planning.operations import CopyOperation, PathItem

        done = tuple([operation() for operation in self.operations])
        reads = [self.base]
        for copy in done:
            if isinstance(copy, CopyOperation):
                source = self.last_steps[copy.source.index] if isinstance(copy.source, StageReference) else None
                reads += [source if isinstance(item, PathItem) else None for item in copy.items]
        return done, tuple(reads)


def plan_for_legacy(resolved: ResolvedDockerfile) -> LegacyAnswer:
    """The steps of every stage up to the target.

    Raises:
        PlanningError: where the legacy builder fails; `steps` are those it has announced by then.
    """
    return _Planner(resolved).run()


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
        self._operations: list[LegacyOperation] = []  # of the last step
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
            self._announce(arg, (), None, None)
            if complaint is not None and place == count:
                self._fail(complaint, arg.span)
        self._used_args.update(meta.defaults)
        return meta

    def _build(self, stage: ResolvedStage, meta: MetaArgs) -> None:
        from_ = stage.stage.from_
        self._announce(from_, self._inputs(stage), stage, self._last_step(stage.base))
        if isinstance(stage.base, ImageReference):
            self._operations.append(image_operation(stage.base, stage.platform or self._options.platform))
        if isinstance(stage.base, Unresolved):
            self._fail(Complaint(stage.base.message), from_.span)
        draft = LegacyDraft(stage, self._base_config(stage), meta, self._budget)
        draft.escape = "\\"
        for resolved in stage.instructions:
            if resolved.trigger:
                self._carry_out(draft, resolved)
        if stage.fault is not None:
            self._fail(Complaint(stage.fault.message), from_.span)
        draft.escape = self._resolved.cut.dockerfile.escape
        for resolved in stage.instructions:
            if not resolved.trigger:
                last = self._steps[-1].id
                self._announce(resolved.instruction, self._step_inputs(resolved), stage, last)
                self._carry_out(draft, resolved)
        if stage.index == self._resolved.target:
            for label in self._labels:
                self._announce(label, (self._steps[-1].id,), stage, self._steps[-1].id)
            draft.config.update("Labels", self._options.labels) if self._labels else None
        self._finish(stage, draft)

    def _base_config(self, stage: ResolvedStage) -> ConfigDraft:
        if isinstance(stage.base, StageReference):
            config = self._configs[stage.base.index].child()
        else:
            image = stage.image
            config = ConfigDraft.of(image)
        config.ensure_path(config.os)
        return config

    def _finish(self, stage: ResolvedStage, draft: LegacyDraft) -> None:
        has_image = isinstance(stage.base, ImageReference) or bool(stage.instructions)
        if isinstance(stage.base, StageReference):
            has_image = has_image or self._has_image[stage.base.index]
        if stage.index == self._resolved.target and self._labels:
            has_image = True
        self._has_image.append(has_image)
        self._configs.append(draft.config)
        self._last_steps.append(self._steps[-1].id)

    # -- steps -------------------------------------------------------------------------------

    def _announce(
        self, instruction: Instruction, inputs: tuple[int, ...], stage: ResolvedStage | None, base: int | None
    ) -> None:
        """Adds a step that stands on the files of the step `base`."""
        number = len(self._steps) + 1
        self._operations = []
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
                origin=_Origin(self._operations, base, self._last_steps),
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

    def _last_step(self, reference: Reference) -> int | None:
        """The step after which a stage is complete; None for what is no stage."""
        return self._last_steps[reference.index] if isinstance(reference, StageReference) else None

    def _carry_out(self, draft: LegacyDraft, resolved: ResolvedInstruction) -> None:
        try:
            if isinstance(resolved.instruction, Arg):
                self._dispatch_arg(draft, resolved.instruction)
            else:
                operation = LEGACY_DISPATCH[type(resolved.instruction)](draft, resolved)
                if operation is not None:
                    self._operations.append(operation)
        except Complaint as complaint:
            self._fail(complaint, resolved.span)

    def _dispatch_arg(self, draft: LegacyDraft, arg: Arg) -> None:
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
