"""Which stages a repository may need: all that a declared target needs, and all that might be needed.

BuildKit runs what a target needs. A stage is not dead merely because today's arguments do not
choose it, so what a variable might name counts too, and so does what a trigger names.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from stagegraph.errors import Complaint
from stagegraph.linting.mending import written_base
from stagegraph.linting.rule import UnknowableError
from stagegraph.linting.subject import Subject
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
from stagegraph.linting.uses import as_index
from stagegraph.quoting import go_quote
from stagegraph.stages.cutting import Stage
from stagegraph.stages.references import EMPTY_IMAGE_NAME, ImageReference, StageReference
from stagegraph.stages.resolved import ResolvedDockerfile
from stagegraph.stages.source_date_epoch import EPOCH
from stagegraph.syntax.instructions import Add, Arg, Copy, Instruction, OnBuild, Run
from stagegraph.values.letters import lower


def live_stages(subject: Subject) -> frozenset[int]:
    """The indices of the stages that some declared target needs, or might need.

    Raises:
        UnknowableError: it cannot be known what the targets need.
    """
    if isinstance(subject.targets, UnknownTargets):
        raise UnknowableError(subject.targets.reason)
    if not subject.is_whole:
        raise UnknowableError("a build of the file fails")
    builds = [_build_of(subject, target) for target in subject.targets]
    resolved = list({id(one): one for one, _ in builds}.values())
    needs = _needs(subject, resolved)
    variable_bases = subject.variable_bases.counting()
    alive: set[int] = set()
    waiting = [target for _, target in builds] + _named_unseen(subject)
    while waiting:
        index = waiting.pop()
        if index not in alive:
            alive.add(index)
            waiting += needs[index]
            waiting += variable_bases.new_for(index)
    _check_errors(subject, alive)
    _check_bases(subject, resolved, alive)
    return frozenset(alive)


def _build_of(subject: Subject, target: DeclaredTarget) -> tuple[ResolvedDockerfile, int]:
    index = subject.index_of(target)
    if index is None:
        raise UnknowableError(f"the target {go_quote(target.label)} names no stage")
    build = subject.build_of(target)
    if build is None:
        raise UnknowableError(f"a build of {target.label} fails")
    return build, index


def _needs(subject: Subject, builds: Iterable[ResolvedDockerfile]) -> list[set[int]]:
    """What each stage needs in any of the builds."""
    needs: list[set[int]] = [set() for _ in subject.stages]
    for use in subject.uses:
        if use.meaning is not None:
            needs[use.stage.index].add(use.meaning)
    for build in builds:
        for stage in build.stages:
            read = (stage.base, *(source for sources in stage.sources.values() for source in sources))
            triggered = (source for trigger in stage.triggers for source in trigger.sources)
            needs[stage.index] |= {one.index for one in (*read, *triggered) if isinstance(one, StageReference)}
    return needs


def _named_unseen(subject: Subject) -> list[int]:
    """The stages that are named where no edge shows it: by a trigger, or as the date of the build."""
    names = {name for stage in subject.stages for trigger in _triggers(stage) for name in _named_by(trigger)}
    names |= _epochs(subject)
    indices = {as_index(name) for name in names}
    return [
        stage.index
        for stage in subject.stages
        if stage.name in names or stage.index in indices or _is_date_source(stage)
    ]


def _triggers(stage: Stage) -> Iterable[Instruction]:
    return (one.trigger for one in stage.instructions if isinstance(one, OnBuild) and one.trigger is not None)


def _named_by(trigger: Instruction) -> Iterable[str]:
    try:
        if isinstance(trigger, Copy):
            return (lower(trigger.from_),)
        return map(lower, trigger.mount_sources) if isinstance(trigger, Run) else ()
    except Complaint:  # a trigger is only read when it is carried out, and may be none
        return ()


def _is_date_source(stage: Stage) -> bool:
    """Whether `--build-arg SOURCE_DATE_EPOCH=stage` may name it: one remote `ADD` upon the empty image."""
    if written_base(stage) != EMPTY_IMAGE_NAME:
        return False
    adds = [one for one in stage.instructions if not isinstance(one, Arg)]
    return len(adds) == 1 and isinstance(adds[0], Add)


def _epochs(subject: Subject) -> set[str]:
    """What the date of a build is said to be, which may be a stage."""
    given = [subject.options.build_args]
    if not isinstance(subject.targets, UnknownTargets):
        given += [target.build_args for target in subject.targets]
    declared = (one for arg in subject.verdict.cut.global_args for one in arg.declared if one.name == EPOCH)
    values = [args.get(EPOCH) for args in given] + [one.default for one in declared]
    return {lower(value) for value in values if value and as_index(value) is None}


def _check_errors(subject: Subject, alive: set[int]) -> None:
    """Refuses to judge where what BuildKit fails over is in a stage that is needed.

    Raises:
        UnknowableError: there is such an error.
    """
    if not subject.verdict.errors:
        return
    beginnings = [stage.from_.first_line for stage in subject.stages]
    for error in subject.verdict.errors:
        if error.span is not None and bisect_right(beginnings, error.span.first_line) - 1 in alive:
            raise UnknowableError("a build of a target fails")


def _check_bases(subject: Subject, builds: Iterable[ResolvedDockerfile], alive: set[int]) -> None:
    """Refuses to judge where an image is made to have triggers, and nobody has said which.

    Raises:
        UnknowableError: there is one.
    """
    bases = {stage.base for build in builds for stage in build.stages if stage.index in alive}
    for base in bases:
        if isinstance(base, ImageReference) and "onbuild" in base.name and subject.options.images(base.name) is None:
            raise UnknowableError(f"the ONBUILD triggers of {go_quote(base.name)} are not known")
