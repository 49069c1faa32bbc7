"""`Project` beside its Dockerfiles: which stage each declared target is, and which stages no target needs."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from stagegraph.errors import Complaint, StageGraphError
from stagegraph.model.graph import StageGraph
from stagegraph.platforms import Platform, parse_platform
from stagegraph.projects.deciding import PLATFORM_ARGUMENTS, deciding_arguments
from stagegraph.projects.declared import DeclaredBuild, DeclaredTargets, InlineDockerfile, Project, Unknown
from stagegraph.projects.dockerfiles import Dockerfiles, declared_paths, stage_of
from stagegraph.stages.contexts import check_context_names
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.resolution import resolve
from stagegraph.suggestions import nearest

_ARGUMENT = "build_args."
_ALL = "build_args.*"


@attrs.frozen
class SurveyedTarget:
    """A target of a Dockerfile, and who declares it; nobody does where the last stage is it for want of another.

    `stage` is None where no stage is called so, and `suggestion` what was probably meant.
    """

    target: str | None
    stage: Stage | None
    builds: tuple[DeclaredBuild, ...]
    suggestion: str | None = None


@attrs.frozen
class SurveyedDockerfile:
    """A Dockerfile with its targets.

    `dockerfile` is None where it is not there, or where it is refused, which `error` tells.
    `unneeded` are the stages that no target needs, None where that is not known; `reasons` say
    why it is not.
    """

    path: str | InlineDockerfile
    dockerfile: CutDockerfile | None
    error: StageGraphError | None
    targets: tuple[SurveyedTarget, ...]
    unneeded: tuple[Stage, ...] | None
    unknown: tuple[Unknown, ...]
    reasons: tuple[str, ...]


@attrs.frozen
class Survey:
    """All the Dockerfiles of a project: by path, then those that stand in declarations."""

    project: Project
    dockerfiles: tuple[SurveyedDockerfile, ...]

    @property
    def unknown_elsewhere(self) -> tuple[Unknown, ...]:
        """What is not known, and concerns none of the Dockerfiles that were looked at."""
        seen = {one for dockerfile in self.dockerfiles for one in dockerfile.unknown}
        return tuple(one for one in self.project.unknown if one not in seen)


def survey(project: Project) -> Survey:
    """The project beside its Dockerfiles; those that are declared and not there are among them."""
    dockerfiles = Dockerfiles(project.root)
    paths = sorted({*project.dockerfiles, *declared_paths(project, dockerfiles)})
    found = [_surveyed(path, dockerfiles.at(path), project.declared(path)) for path in paths]
    found += [_surveyed(one, dockerfiles.of_inline(one), project.declared(one)) for one in project.inline_dockerfiles]
    return Survey(project, tuple(found))


def _surveyed(
    path: str | InlineDockerfile, found: CutDockerfile | StageGraphError | None, declared: DeclaredTargets
) -> SurveyedDockerfile:
    dockerfile = found if isinstance(found, CutDockerfile) else None
    error = found if isinstance(found, StageGraphError) else None
    targets = tuple(_target(target, dockerfile, declared.builds) for target in declared.targets)
    reasons = list(map(str, declared.unknown))
    unneeded: tuple[Stage, ...] | None = None
    if dockerfile is not None:
        reasons += _reasons(dockerfile, declared.builds)
        unneeded = _unneeded(dockerfile, declared.builds, reasons) if not reasons else None
    return SurveyedDockerfile(path, dockerfile, error, targets, unneeded, declared.unknown, tuple(reasons))


def _target(target: str | None, dockerfile: CutDockerfile | None, builds: tuple[DeclaredBuild, ...]) -> SurveyedTarget:
    who = tuple(build for build in builds if build.target == target)
    if dockerfile is None or not dockerfile.stages:
        return SurveyedTarget(target, None, who)
    if target is None:
        return SurveyedTarget(None, dockerfile.stages[-1], who)
    index = stage_of(dockerfile, target)
    if index is None:
        names = [stage.name for stage in dockerfile.stages if stage.name is not None]
        return SurveyedTarget(target, None, who, nearest(target, names, case_sensitive=False))
    return SurveyedTarget(target, dockerfile.stages[index], who)


def _reasons(dockerfile: CutDockerfile, builds: tuple[DeclaredBuild, ...]) -> Iterator[str]:
    """Why it is not known what the builds need: a base is chosen by something that can be set from outside."""
    deciding = deciding_arguments(dockerfile)
    for build in builds:
        for name in sorted(name for name in deciding if f"{_ARGUMENT}{name}" in build.open or _ALL in build.open):
            reason = build.open.get(f"{_ARGUMENT}{name}") or build.open[_ALL]
            yield f"{build.declarer.value} {build.name}: the build argument {name} {reason}"
    without = [build for build in builds if not _platforms(build)]
    if without and deciding & PLATFORM_ARGUMENTS:
        more = f" and {len(without) - 1} more do not declare" if len(without) > 1 else " does not declare"
        yield f"a base depends on the platform, which {without[0].declarer.value} {without[0].name}{more}"


def _unneeded(
    dockerfile: CutDockerfile, builds: tuple[DeclaredBuild, ...], reasons: list[str]
) -> tuple[Stage, ...] | None:
    """The stages that no build needs; None, and one reason more, where the builder refuses one."""
    needed: set[int] = set()
    for build in builds or (None,):
        if build is not None and build.target is not None and stage_of(dockerfile, build.target) is None:
            continue
        try:
            needed |= _needed(dockerfile, build)
        except StageGraphError as error:
            reasons.append(f"it cannot be built: {error.message}")
            return None
    return tuple(stage for stage in dockerfile.stages if stage.index not in needed)


def _needed(dockerfile: CutDockerfile, build: DeclaredBuild | None) -> set[int]:
    """The stages that a build needs, its target among them.

    Raises:
        StageGraphError: the builder refuses it.
    """
    needed: set[int] = set()
    for options in _options(build):
        graph = StageGraph(resolve(dockerfile, Builder.BUILDKIT, options))
        needed |= {graph.target.index, *(node for node in graph.needs(graph.target) if isinstance(node, int))}
    return needed


def _options(build: DeclaredBuild | None) -> Iterator[BuildOptions]:
    """The options of a build, once for every platform."""
    if build is None:
        yield BuildOptions()
        return
    check_context_names(build.contexts)
    for platform in _platforms(build) or (parse_platform("linux/amd64"),):
        yield BuildOptions(target=build.target, build_args=build.build_args, contexts=build.contexts, platform=platform)


def _platforms(build: DeclaredBuild) -> tuple[Platform, ...]:
    """The platforms that are declared and known."""
    found: list[Platform] = []
    for text in build.platforms:
        try:
            found.append(parse_platform(text))
        except Complaint:
            return ()
    return tuple(found)
