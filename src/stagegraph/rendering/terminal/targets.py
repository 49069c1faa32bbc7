"""The answer of `targets` for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from stagegraph.rendering.phrases import titled
from stagegraph.rendering.targets import declaration_of, heading_of, remark_on, target_name
from stagegraph.rendering.terminal.paper import Paper

if TYPE_CHECKING:
    from stagegraph.projects.survey import Survey, SurveyedDockerfile


def targets_page(survey: Survey, paper: Paper) -> str:
    """A part for every Dockerfile: its targets, who declares them, the stages that none of them needs."""
    nothing = paper.line("There is no Dockerfile, and none is declared")
    parts: list[list[RenderableType]] = [list(_part(one, paper)) for one in survey.dockerfiles] or [[nothing]]
    if survey.unknown_elsewhere:
        parts.append([_not_known(str(one), paper) for one in survey.unknown_elsewhere])
    first, *others = parts
    return paper.printed(*first, *(line for part in others for line in (Text(""), *part)))


def _part(one: SurveyedDockerfile, paper: Paper) -> Iterator[RenderableType]:
    yield paper.line((heading_of(one), "title" if one.dockerfile is not None else "failure"))
    table = Table(box=None, pad_edge=False, show_header=False, padding=(0, 2, 0, 0))
    for target in one.targets:
        remark = remark_on(one, target)
        name = paper.line((target_name(target), "failure" if remark else "target"))
        for build in target.builds:
            place = paper.line((str(build.declared_at), "quiet"))
            table.add_row(name, place, paper.line(declaration_of(build)), paper.line((remark, "failure")))
        if not target.builds:
            table.add_row(name, paper.line(("-", "quiet")), paper.line("no target is declared"), Text(""))
    yield Padding(table, (0, 0, 0, 2))
    if one.unneeded:
        yield Padding(paper.line("no target needs ", (", ".join(map(titled, one.unneeded)), "only")), (0, 0, 0, 2))
    for reason in one.reasons:
        yield _not_known(reason, paper)


def _not_known(reason: str, paper: Paper) -> Padding:
    text = Text("not known: ", "warning") + paper.wrapped(reason)
    return Padding(text, (0, 0, 0, 2))
