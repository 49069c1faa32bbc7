"""`index-reference`: a stage that is named by its number."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Edit, Finding, Fix
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.stages.cutting import Stage


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        if use.index is not None and use.meaning is not None and use.meaning < use.stage.index:
            stage = subject.stages[use.meaning]
            yield RULE.at(
                use.span,
                f"{use.shown} counts stages, and means another one once a stage is put before it; {_advice(stage)}",
                line=use.line,
                stage=label_of(stage),
                related=subject.related(stage, f"stage {stage.index}"),
                fix=_fix(use, stage, subject),
            )


def _advice(stage: Stage) -> str:
    return f"name {quoted(stage)}" if stage.name is not None else f"give {quoted(stage)} a name"


def _fix(use: Use, stage: Stage, subject: Subject) -> Fix | None:
    """The name instead of the number, where the name means the same stage."""
    span = use.span
    if stage.name is None or span is None or not use.is_spelled_plainly:
        return None
    if subject.names.last(stage.name) != stage.index:
        return None
    return Fix(f"name {quoted(stage)}", (Edit(span.start, span.end, stage.name),))


RULE = Rule("index-reference", "A stage that is copied from by its number", find=_find, page=page_of("index-reference"))
