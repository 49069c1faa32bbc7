"""`self-reference`: a stage that copies from itself, or mounts itself."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        if use.meaning == use.stage.index and not subject.is_context(use.name):
            yield RULE.at(
                use.span,
                f"{use.shown} is {quoted(use.stage)} itself: a stage cannot read what it is only becoming",
                line=use.line,
                stage=label_of(use.stage),
                related=subject.related(use.stage, "it begins here"),
            )


RULE = Rule(
    "self-reference",
    "A stage that copies from itself or mounts itself",
    Severity.ERROR,
    find=_find,
    page=page_of("self-reference"),
)
