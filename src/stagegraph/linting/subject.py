"""One Dockerfile as rules see it: what is written, what it means, what is built from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from stagegraph.errors import Complaint, StageGraphError
from stagegraph.lazily import lazy
from stagegraph.linting.findings import RelatedPlace
from stagegraph.linting.mending import written_base
from stagegraph.linting.places import trimmed
from stagegraph.linting.rings import find_rings
from stagegraph.linting.stage_names import StageNames
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets, declared_arguments
from stagegraph.linting.uses import Use, find_uses
from stagegraph.linting.variable_bases import VariableBases
from stagegraph.linting.verdict import Verdict
from stagegraph.model.graph import EdgeKind, StageGraph
from stagegraph.source import SourceFile, Span
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.cutting import Stage
from stagegraph.stages.global_args import buildkit_global_args, predefined_args
from stagegraph.stages.options import Builder, BuildOptions, no_image_configs
from stagegraph.stages.resolution import resolve
from stagegraph.stages.resolved import ResolvedDockerfile
from stagegraph.syntax.instructions import Instruction, OnBuild
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.values.letters import lower
from stagegraph.words import expand_text


@attrs.frozen(slots=False)
class Subject:
    """What every rule is given.

    `targets` are the builds that are declared, the last stage where nobody declares any.
    `first_line` is the line of the file on which the Dockerfile begins: 1, unless it stands in a
    compose or bake file.
    """

    source: SourceFile
    options: BuildOptions
    verdict: Verdict
    targets: tuple[DeclaredTarget, ...] | UnknownTargets
    first_line: int = 1

    @property
    def dockerfile(self) -> Dockerfile:
        """The tree, of a tolerant parse."""
        return self.verdict.cut.dockerfile

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage, without the instructions that no builder takes."""
        return self.verdict.cut.stages

    def line_in_file(self, line: int) -> int:
        """The line by which messages call a line of the Dockerfile."""
        return self.first_line + line - 1

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
        return find_uses(self.verdict.cut, self._base_texts, self.names)

    @lazy
    def names(self) -> StageNames:
        """The names of the stages."""
        return StageNames(self.stages)

    @lazy
    def uses_of_names(self) -> Mapping[str, Sequence[Use]]:
        """The uses by what they name, in lower case."""
        uses: dict[str, list[Use]] = {}
        for use in self.uses:
            uses.setdefault(lower(use.name), []).append(use)
        return uses

    @lazy
    def places_of_nodes(self) -> Mapping[int, int]:
        """Where each node of the tree stands among its nodes, by its id."""
        return {id(node): place for place, node in enumerate(self.dockerfile.nodes)}

    @lazy
    def bases(self) -> tuple[Use, ...]:
        """What each stage is built upon."""
        return tuple(use for use in self.uses if use.kind is EdgeKind.BASE)

    @lazy
    def variable_bases(self) -> VariableBases:
        """What the bases that hold variables might become."""
        return VariableBases(self.stages)

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

    def index_of(self, target: DeclaredTarget) -> int | None:
        """The stage that a target names; None for a target that names none."""
        return self.names.last(lower(target.stage)) if target.stage else len(self.stages) - 1

    def build_of(self, target: DeclaredTarget) -> ResolvedDockerfile | None:
        """What names mean in one build, whose target names a stage; None where it fails.

        All builds share it unless one has arguments, this one has contexts, or there are triggers,
        which are carried out where the target needs them: the verdict is about the last stage.
        """
        has_other_triggers = target.stage is not None and self._has_triggers
        if not (self._has_arguments or target.contexts or has_other_triggers):
            return self.verdict.resolved
        options = attrs.evolve(
            self.options,
            target=target.stage,
            build_args={**self.options.build_args, **target.build_args},
            contexts={**self.options.contexts, **target.contexts},
        )
        try:
            return resolve(self.verdict.cut, Builder.BUILDKIT, options)
        except StageGraphError:
            return None

    @lazy
    def _has_arguments(self) -> bool:
        """Whether a build has arguments of its own, which the verdict knows of too."""
        return bool(declared_arguments(self.targets))

    @lazy
    def _has_triggers(self) -> bool:
        if self.options.images is not no_image_configs:
            return True
        return any(isinstance(one, OnBuild) for stage in self.stages for one in stage.instructions)

    def is_context(self, name: str) -> bool:
        """Whether a named context of this name is given, in any of the builds."""
        if not self._contexts:
            return False
        try:
            return any(contexts.find(name, None) for contexts in self._contexts)
        except StageGraphError:  # no name of an image, and so of no context
            return False

    @lazy
    def _contexts(self) -> tuple[NamedContexts, ...]:
        given = [self.options.contexts]
        if not isinstance(self.targets, UnknownTargets):
            given += [target.contexts for target in self.targets]
        return tuple(NamedContexts(one, self.options.platform) for one in given if one)

    def place(self, instruction: Instruction) -> Span | None:
        """Where an instruction stands, without the white space around it."""
        return trimmed(self.source, instruction.span) if instruction.span is not None else None

    def related(self, stage: Stage, message: str) -> tuple[RelatedPlace, ...]:
        """The `FROM` of a stage as a related place."""
        span = self.place(stage.from_)
        return (RelatedPlace(message, span),) if span is not None else ()
