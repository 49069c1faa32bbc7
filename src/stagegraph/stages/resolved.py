"""What the names of a Dockerfile mean, for one builder and one set of options."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from stagegraph.platforms import Platform
from stagegraph.quickly import maker_of
from stagegraph.source import SourceFile, Span
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.image_configs import ImageConfig
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.references import NamedContext, Reference, Unresolved
from stagegraph.syntax.instructions import Instruction


@attrs.frozen(weakref_slot=False)
class ResolvedInstruction:
    """An instruction of a stage, and what it reads besides that stage.

    `sources` is one reference for a `COPY --from` (none for a plain `COPY`), and one for each
    mount of a `RUN`. `trigger` says that it came from the base, by `ONBUILD`; then `span` is
    that of the `FROM`.
    """

    instruction: Instruction
    sources: tuple[Reference, ...] = ()
    trigger: bool = False
    span: Span | None = attrs.field(default=None, eq=False)


_instruction = maker_of(ResolvedInstruction)


@attrs.frozen(weakref_slot=False)
class ResolvedStage:
    """A stage, with its base and everything its instructions read.

    `sources` are what its own instructions read, by their place in the stage, where that is
    anything; `triggers` are the instructions that its base brings in, which come first.

    `base_text` is the base with its arguments expanded. `replaced_by` is the named context that
    stands in for the whole stage. `image` is the config of an external base, known only where a
    target needs the stage. `fault` is what the legacy builder fails over at its `FROM`, once the
    triggers before it have run. `shown_name` and `step_total` are what BuildKit prints in
    `[name 1/3]`, `base_step_total` in the line of the base, which is named before triggers are
    counted; `steps_taken` is the number of the step before the first instruction. Steps are
    counted only where a target needs the stage.
    """

    stage: Stage
    base: Reference
    base_text: str
    sources: Mapping[int, tuple[Reference, ...]] = attrs.field(factory=dict)
    triggers: tuple[ResolvedInstruction, ...] = ()
    reached: bool = False
    platform: Platform | None = None
    image: ImageConfig | None = None
    replaced_by: NamedContext | None = None
    shown_name: str = ""
    fault: Unresolved | None = None
    base_step_total: int = 0
    step_total: int = 0
    steps_taken: int = 0

    @property
    def index(self) -> int:
        """The index of the stage."""
        return self.stage.index

    @property
    def instructions(self) -> tuple[ResolvedInstruction, ...]:
        """What is carried out: the triggers, then the instructions of the stage."""
        return tuple(self.in_turn())

    def in_turn(self) -> Iterator[ResolvedInstruction]:
        """`instructions`, each made when its turn comes."""
        if self.triggers:
            yield from self.triggers
        sources = self.sources
        for place, one in enumerate(self.stage.instructions):
            yield _instruction(one, sources.get(place, ()), False, one.span)


@attrs.frozen(weakref_slot=False)
class ResolvedDockerfile:
    """Every stage of a Dockerfile, resolved for `builder`; `target` is the index of the stage wanted.

    `loads` are the progress lines of what is loaded before anything is planned, in order.
    """

    builder: Builder
    cut: CutDockerfile
    options: BuildOptions
    stages: tuple[ResolvedStage, ...]
    target: int
    global_args: Mapping[str, str]
    build_args: Mapping[str, str]
    loads: tuple[str, ...] = ()

    @property
    def source(self) -> SourceFile | None:
        """The text, where there is one."""
        return self.cut.source

    @property
    def reached(self) -> tuple[ResolvedStage, ...]:
        """The stages that the target needs, in the order of the file."""
        return tuple(stage for stage in self.stages if stage.reached)
