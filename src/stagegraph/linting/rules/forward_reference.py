"""`forward-reference`: a stage that is read before it is defined."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.labels import label_of, with_line
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    in_rings = {id(use) for ring in subject.rings for use in ring}
    for use in subject.uses:
        if use.meaning is None or use.meaning <= use.stage.index or id(use) in in_rings:
            continue
        stage = subject.stages[use.meaning]
        if subject.is_context(stage.name or ""):
            continue
        yield RULE.at(
            use.span,
            f"{use.shown} is {with_line(stage, subject)}, which is defined later: no builder can read it here",
            line=use.line,
            stage=label_of(use.stage),
            related=subject.related(stage, "it is defined here"),
        )


RULE = Rule(
    "forward-reference",
    "A stage that is read before it is defined",
    Severity.ERROR,
    find=_find,
    page=page_of("forward-reference"),
)
