"""Resolution as the legacy builder does it (`daemon/builder/dockerfile`).

It works through the file and fails where it stands, so nothing is raised here that depends on a
name: what cannot be resolved is kept as `Unresolved`, for the plan to fail over in its turn.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.budget import Budget
from stagegraph.errors import Complaint, ResolutionError, TargetNotFoundError
from stagegraph.platforms import Platform, parse_platform
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.global_args import PROXY_NAMES
from stagegraph.stages.image_configs import ImageConfig, image_config
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.references import (
    EMPTY_IMAGE_NAME,
    SCRATCH,
    ImageReference,
    Reference,
    StageReference,
    Unresolved,
)
from stagegraph.stages.resolved import ResolvedDockerfile, ResolvedInstruction, ResolvedStage
from stagegraph.stages.triggers import read_trigger
from stagegraph.syntax.characters import equal_fold
from stagegraph.syntax.instructions import Copy, Instruction, OnBuild
from stagegraph.values.letters import lower
from stagegraph.values.numbers import parse_int
from stagegraph.words import expand_text


@attrs.frozen
class MetaArgs:
    """The `ARG`s before the first stage: their defaults, expanded; None where there is none."""

    defaults: Mapping[str, str | None]
    build_args: Mapping[str, str]

    def values(self) -> dict[str, str]:
        """What `FROM` sees: build argument, else default; proxies are there unasked."""
        names = (*self.defaults, *sorted(PROXY_NAMES))
        known = ((name, self.build_args.get(name, self.defaults.get(name))) for name in names)
        return {name: value for name, value in known if value is not None}


def expand_meta_args(cut: CutDockerfile, build_args: Mapping[str, str]) -> tuple[MetaArgs, int, Complaint | None]:
    """The meta arguments, how many `ARG`s were read, and what stopped the reading, if anything did.

    Each instruction is expanded with those before it (`processMetaArg`).
    """
    defaults: dict[str, str | None] = {}
    budget = Budget()
    for count, instruction in enumerate(cut.global_args):
        known = MetaArgs(defaults, build_args).values()
        try:
            expanded = [
                (
                    expand_text(argument.name, known, instruction.escape),
                    None
                    if argument.default is None
                    else budget.spend(expand_text(argument.default, known, instruction.escape)),
                )
                for argument in instruction.declared
            ]
        except Complaint as complaint:
            return MetaArgs(defaults, build_args), count, complaint
        defaults.update(expanded)
    return MetaArgs(defaults, build_args), len(cut.global_args), None


def resolve_for_legacy(cut: CutDockerfile, options: BuildOptions) -> ResolvedDockerfile:
    """What the names of a Dockerfile mean to the legacy builder; stages behind the target are cut.

    Raises:
        TargetNotFoundError: the target names no stage.
        ResolutionError: there is no stage.
    """
    if not cut.stages:
        raise ResolutionError("dockerfile contains no stages to build", source=cut.source)
    target = options.target_index if options.target_index is not None else _find_target(cut, options.target)
    meta, _, _ = expand_meta_args(cut, options.build_args)
    resolution = _Resolution(cut, options, meta.values())
    stages = [resolution.stage(stage, needed=stage.index <= target) for stage in cut.stages]
    return ResolvedDockerfile(
        builder=Builder.LEGACY,
        cut=cut,
        options=options,
        stages=tuple(stages),
        target=target,
        global_args=meta.values(),
        build_args=options.build_args,
    )


def _find_target(cut: CutDockerfile, target: str | None) -> int:
    """The index of the target: the first stage of that name, or the last stage (`HasStage`)."""
    if not target:
        return len(cut.stages) - 1
    for stage in cut.stages:
        if stage.name is not None and equal_fold(stage.name, target):
            return stage.index
    raise TargetNotFoundError(f"target stage {go_quote(target)} could not be found", source=cut.source)


class _Resolution:
    """Goes through the stages; remembers the names of those that are built."""

    def __init__(self, cut: CutDockerfile, options: BuildOptions, global_args: Mapping[str, str]) -> None:
        self._cut = cut
        self._options = options
        self._global_args = global_args
        self._budget = Budget()
        self._by_name: dict[str, int] = {}
        self._triggers: list[tuple[str, ...]] = []  # of each stage, for those built upon it

    def stage(self, stage: Stage, *, needed: bool) -> ResolvedStage:
        base_text, base, platform = self._base(stage)
        image = self._image(base) if needed else None
        if isinstance(base, StageReference):
            inherited = self._triggers[base.index]
        else:
            inherited = image.on_build if image is not None else ()
        triggers, fault = self._read_triggers(stage, inherited)
        sources = {place: (read,) for place, one in enumerate(stage.instructions) if (read := self._read(stage, one))}
        if stage.name is not None:
            self._by_name.setdefault(stage.name, stage.index)
        carried_out = [*(one.instruction for one in triggers), *stage.instructions]
        recorded = tuple(one.expression for one in carried_out if isinstance(one, OnBuild))
        self._triggers.append(recorded if carried_out else inherited)
        return ResolvedStage(
            stage=stage,
            base=base,
            base_text=base_text,
            sources=sources,
            triggers=tuple(triggers),
            reached=needed,
            platform=platform,
            image=image,
            fault=fault,
            shown_name=stage.display_name,
        )

    def _base(self, stage: Stage) -> tuple[str, Reference, Platform]:
        """The base as text, what it means, and the platform (`initializeStage`)."""
        platform = self._options.platform
        written = stage.from_.image
        text = written
        try:
            if stage.from_.flags and stage.from_.platform:
                platform = self._read_platform(stage)
            text = self._budget.spend(expand_text(written, self._global_args, stage.from_.escape))
            return text, self._name(text) if text else _blank(written), platform
        except Complaint as complaint:
            return text, Unresolved(complaint.message, complaint.suggestion), platform

    def _read_platform(self, stage: Stage) -> Platform:
        try:
            text = expand_text(stage.from_.platform, self._global_args, stage.from_.escape)
        except Complaint as complaint:
            raise Complaint(f"failed to process arguments for platform : {complaint.message}") from None
        try:
            return parse_platform(text)
        except Complaint as complaint:
            raise Complaint(f"failed to parse platform {text}: {complaint.message}") from None

    def _name(self, text: str) -> Reference:
        """A stage that is built already, in whatever case; the empty image; or an image."""
        index = self._by_name.get(lower(text))
        if index is not None:
            return StageReference(index)
        return SCRATCH if text == EMPTY_IMAGE_NAME else ImageReference(_image_name(text))

    def _image(self, base: Reference) -> ImageConfig | None:
        if isinstance(base, ImageReference):
            return image_config(base.name, self._options.images)
        if base == SCRATCH:
            return ImageConfig(self._options.platform, {}, has_layers=False)
        return None

    def _read_triggers(
        self, stage: Stage, texts: tuple[str, ...]
    ) -> tuple[list[ResolvedInstruction], Unresolved | None]:
        """The triggers that can be read, and what stops the reading."""
        triggers: list[ResolvedInstruction] = []
        for text in texts:
            try:
                instruction = read_trigger(text)
            except Complaint as complaint:
                return triggers, Unresolved(complaint.message, complaint.suggestion)
            read = self._read(stage, instruction)
            sources = (read,) if read is not None else ()
            triggers.append(ResolvedInstruction(instruction, sources, trigger=True, span=stage.from_.span))
        return triggers, None

    def _read(self, stage: Stage, instruction: Instruction) -> Reference | None:
        """What an instruction of `stage` copies from, besides the build context."""
        if isinstance(instruction, Copy) and instruction.from_:
            return self._copy_source(stage, instruction.from_)
        return None

    def _copy_source(self, stage: Stage, name: str) -> Reference:
        """What `--from` names: a stage by name, a stage by number, or an image."""
        try:
            named = self._by_name.get(lower(name))
            index = named if named is not None else _as_index(name, stage.index)
            return StageReference(index) if index is not None else ImageReference(_pulled_name(name))
        except Complaint as complaint:
            return Unresolved(f"invalid from flag value {name}: {complaint.message}")


def _blank(written: str) -> Unresolved:
    return Unresolved(f"base name ({written}) should not be blank")


def _as_index(name: str, current: int) -> int | None:
    """The stage that a number means; None for what is no number."""
    try:
        index = parse_int(name, 10, 64)
    except Complaint:
        return None
    if index == current:
        raise Complaint("refers to current build stage")
    if not 0 <= index < current:
        raise Complaint("index out of bounds")
    return index


def _image_name(text: str) -> str:
    """The normalised name of an image; an image id is one too."""
    return f"sha256:{text}" if _is_image_id(text) else normalise(text)


def _pulled_name(text: str) -> str:
    if text == EMPTY_IMAGE_NAME:
        raise Complaint("'scratch' is a reserved name")
    return _image_name(text)


def _is_image_id(text: str) -> bool:
    return len(text) == 64 and all(digit in "0123456789abcdef" for digit in text)
