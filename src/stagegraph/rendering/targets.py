"""The answer of `targets` as JSON has it, and the words that every kind of text shares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.rendering.listings import stage_dump
from stagegraph.rendering.spelling import counted, visible

if TYPE_CHECKING:
    from stagegraph.projects.declared import DeclaredBuild, Place, Unknown
    from stagegraph.projects.survey import Survey, SurveyedDockerfile, SurveyedTarget

_SCHEMA = 1


def targets_dump(survey: Survey) -> dict[str, object]:
    """`targets` as JSON has it."""
    return {
        "schema": _SCHEMA,
        "files": list(survey.project.files),
        "dockerfiles": [_dockerfile(one) for one in survey.dockerfiles],
        "remote": [_build(build) for build in survey.project.builds if _is_remote(build)],
        "unknown": [_unknown(one) for one in survey.project.unknown],
    }


def heading_of(one: SurveyedDockerfile) -> str:
    """`Dockerfile: 3 stages`, or what is wrong with it."""
    name = visible(name_of(one))
    if one.dockerfile is not None:
        return f"{name}: {counted(len(one.dockerfile.stages), 'stage')}"
    if one.error is None:
        return f"{name}: there is no such file"
    return f"{name}: {visible(one.error.message)}{f' (line {one.error.line})' if one.error.line else ''}"


def name_of(one: SurveyedDockerfile) -> str:
    """The path of a Dockerfile, or where the one stands that is written in a declaration."""
    return one.path if isinstance(one.path, str) else f"Dockerfile in {one.path.place}"


def target_name(target: SurveyedTarget) -> str:
    """`build (line 3)`, `stage-2 (line 9), the last stage`, or the name that no stage has."""
    if target.stage is None:
        return visible(target.target) if target.target is not None else "the last stage"
    name = f"{target.stage.display_name} (line {target.stage.from_.first_line})"
    return name if target.target is not None else f"{name}, the last stage"


def remark_on(one: SurveyedDockerfile, target: SurveyedTarget) -> str:
    """What is wrong with a target: that no stage is called so."""
    if target.stage is not None or target.target is None or one.dockerfile is None:
        return ""
    meant = f"; did you mean {visible(target.suggestion)}?" if target.suggestion else ""
    return f"names no stage{meant}"


def declaration_of(build: DeclaredBuild) -> str:
    """`compose service web`."""
    return visible(f"{build.declarer.value} {build.name}")


def _dockerfile(one: SurveyedDockerfile) -> dict[str, object]:
    inline = None if isinstance(one.path, str) else one.path
    return {
        "dockerfile": one.path if inline is None else None,
        "inline": _place(inline.place) if inline is not None else None,
        "stages": [stage_dump(stage) for stage in one.dockerfile.stages] if one.dockerfile is not None else None,
        "error": one.error.message if one.error is not None else None,
        "targets": [_target(target) for target in one.targets],
        "unneeded": [stage_dump(stage) for stage in one.unneeded] if one.unneeded is not None else None,
        "reasons": list(one.reasons),
    }


def _target(target: SurveyedTarget) -> dict[str, object]:
    return {
        "target": target.target,
        "stage": target.stage.index if target.stage is not None else None,
        "suggestion": target.suggestion,
        "builds": [_build(build) for build in target.builds],
    }


def _build(build: DeclaredBuild) -> dict[str, object]:
    return {
        "declarer": build.declarer.value,
        "name": build.name,
        "declared_at": _place(build.declared_at),
        "target_at": _place(build.target_at) if build.target_at is not None else None,
        "context": build.context,
        "build_args": dict(build.build_args),
        "contexts": dict(build.contexts),
        "platforms": list(build.platforms),
        "open": dict(build.open),
    }


def _is_remote(build: DeclaredBuild) -> bool:
    from stagegraph.projects.declared import RemoteDockerfile

    return isinstance(build.dockerfile, RemoteDockerfile)


def _unknown(one: Unknown) -> dict[str, object]:
    return {"reason": one.reason, "place": _place(one.place), "dockerfiles": one.dockerfiles}


def _place(place: Place) -> dict[str, object]:
    return {"file": place.file, "line": place.line}
