"""`case-mismatch`: a stage that is named in another case than its own."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Edit, Finding, Fix
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.stages.cutting import Stage
from stagegraph.values.letters import lower


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        stage = _meant(use, subject)
        if stage is None or not use.is_spelled_plainly or subject.is_context(use.name):
            continue
        message = _mismatch(use, stage)
        if message is not None:
            yield RULE.at(
                use.span,
                message,
                line=use.line,
                stage=label_of(stage),
                related=subject.related(stage, f"the stage is written {stage.from_.name_as_written}"),
                fix=_fix(use, stage),
            )


def _mismatch(use: Use, stage: Stage) -> str | None:
    """What is wrong with the case of a name, if anything is."""
    written, name = stage.from_.name_as_written, stage.name
    if use.kind is EdgeKind.BASE and use.name != name:
        return f"{use.shown} names no stage to BuildKit, which knows {quoted(stage)} in lower case alone"
    if use.name == written:
        return None
    return f"{use.shown} is written {written} where the stage is defined, and Buildah tells cases apart"


def _meant(use: Use, subject: Subject) -> Stage | None:
    """The stage whose name this is but for case."""
    if use.kind is EdgeKind.COPY and use.index is not None:
        return None
    if use.meaning is not None:
        return subject.stages[use.meaning]
    if use.kind is not EdgeKind.BASE:
        return None
    index = subject.names.before(lower(use.name), use.stage.index)
    return subject.stages[index] if index is not None else None


def _fix(use: Use, stage: Stage) -> Fix | None:
    """The name in lower case, which is the stage's own to BuildKit; a base that it does not find has no fix."""
    span = use.span
    if span is None or stage.name is None or use.name == stage.name or use.kind is EdgeKind.BASE:
        return None
    return Fix(f"name {quoted(stage)}", (Edit(span.start, span.end, stage.name),))


RULE = Rule("case-mismatch", "A stage that is named in another case", find=_find, page=page_of("case-mismatch"))
