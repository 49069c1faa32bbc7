"""The answer of `targets` as plain text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from stagegraph.rendering.phrases import titled
from stagegraph.rendering.plain.layout import columns, text_of
from stagegraph.rendering.spelling import visible
from stagegraph.rendering.targets import declaration_of, heading_of, remark_on, target_name

if TYPE_CHECKING:
    from stagegraph.projects.survey import Survey, SurveyedDockerfile


def targets_text(survey: Survey) -> str:
    """A part for every Dockerfile: its targets, who declares them, the stages that none of them needs."""
    parts = [list(_part(one)) for one in survey.dockerfiles] or [["there is no Dockerfile, and none is declared"]]
    if survey.unknown_elsewhere:
        parts.append(["not known", *(f"  {visible(str(one))}" for one in survey.unknown_elsewhere)])
    first, *others = parts
    return text_of([*first, *(line for part in others for line in ("", *part))])


def _part(one: SurveyedDockerfile) -> Iterator[str]:
    yield heading_of(one)
    yield from columns(list(_rows(one)))
    if one.unneeded:
        yield f"  no target needs {', '.join(map(titled, one.unneeded))}"
    for reason in one.reasons:
        yield f"  not known: {visible(reason)}"


def _rows(one: SurveyedDockerfile) -> Iterator[tuple[str, ...]]:
    for target in one.targets:
        name, remark = target_name(target), remark_on(one, target)
        for build in target.builds:
            yield (name, visible(str(build.declared_at)), declaration_of(build), remark)
        if not target.builds:
            yield (name, "-", "no target is declared", remark)
