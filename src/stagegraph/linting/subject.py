"""One Dockerfile as rules see it: what is written, what it means, what is built from it."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.errors import Complaint, StageGraphError
from stagegraph.lazily import lazy
from stagegraph.linting.findings import RelatedPlace
from stagegraph.linting.mending import written_base
from stagegraph.linting.places import trimmed
from stagegraph.linting.rings import find_rings
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
from stagegraph.linting.uses import Use, find_uses
from stagegraph.linting.verdict import Verdict
from stagegraph.model.graph import EdgeKind, StageGraph
from stagegraph.source import SourceFile, Span
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.cutting import Stage
from stagegraph.stages.global_args import buildkit_global_args, predefined_args
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.resolution import resolve
from stagegraph.syntax.instructions import Instruction
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.words import expand_text


@attrs.frozen(slots=False)
class Subject:
    """What every rule is given.

    `targets` are the builds that are declared, the last stage where nobody declares any.
    """

    source: SourceFile
    options: BuildOptions
    verdict: Verdict
    targets: tuple[DeclaredTarget, ...] | UnknownTargets

    @property
    def dockerfile(self) -> Dockerfile:
        """The tree, of a tolerant parse."""
        return self.verdict.cut.dockerfile

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage, without the instructions that no builder takes."""
        return self.verdict.cut.stages

    @property
    def is_whole(self) -> bool:
        """Whether every line of the file is understood, so that what is not found is not there."""
        return self.verdict.is_whole

    @lazy
    def graph(self) -> StageGraph | None:
        """The stage graph, None where names cannot be resolved."""
        resolved = self.verdict.resolved
        return StageGraph(resolved) if resolved is not None else None

    @lazy
    def uses(self) -> tuple[Use, ...]:
        """Everything that the stages name, in the order of the file."""
        return find_uses(self.verdict.cut, self._base_texts)

    @lazy
    def bases(self) -> tuple[Use, ...]:
        """What each stage is built upon."""
        return tuple(use for use in self.uses if use.kind is EdgeKind.BASE)

    @lazy
    def rings(self) -> tuple[tuple[Use, ...], ...]:
        """Stages that need each other in a ring, one ring for each set of them."""
        return find_rings(self.uses)

    @lazy
    def _base_texts(self) -> tuple[str, ...]:
        """The bases with their arguments expanded, as written where that fails."""
        resolved = self.verdict.resolved
        if resolved is not None:
            return tuple(stage.base_text for stage in resolved.stages)
        return tuple(map(self._expanded_base, self.stages))

    @lazy
    def _global_args(self) -> Mapping[str, str]:
        predefined = predefined_args(self.options, "")
        try:
            return buildkit_global_args(self.verdict.cut, predefined, self.options.build_args)
        except StageGraphError:
            return predefined

    def _expanded_base(self, stage: Stage) -> str:
        base = written_base(stage)
        try:
            return expand_text(base, self._global_args, stage.from_.escape)
        except Complaint:
            return base

    def graph_for(self, target: DeclaredTarget) -> StageGraph | None:
        """The stage graph of one build, None where it fails."""
        if target == DeclaredTarget(origin=target.origin):
            return self.graph
        options = attrs.evolve(
            self.options,
            target=target.stage,
            build_args={**self.options.build_args, **target.build_args},
            contexts={**self.options.contexts, **target.contexts},
        )
        try:
            return StageGraph(resolve(self.verdict.cut, Builder.BUILDKIT, options))
        except StageGraphError:
            return None

    def is_context(self, name: str) -> bool:
        """Whether a named context of this name is given, in any of the builds."""
        given = [self.options.contexts]
        if not isinstance(self.targets, UnknownTargets):
            given += [target.contexts for target in self.targets]
        try:
            return any(NamedContexts(one, self.options.platform).find(name, None) for one in given if one)
        except StageGraphError:
            return False

    def place(self, instruction: Instruction) -> Span | None:
        """Where an instruction stands, without the white space around it."""
        return trimmed(self.source, instruction.span) if instruction.span is not None else None

    def related(self, stage: Stage, message: str) -> tuple[RelatedPlace, ...]:
        """The `FROM` of a stage as a related place."""
        span = self.place(stage.from_)
        return (RelatedPlace(message, span),) if span is not None else ()
