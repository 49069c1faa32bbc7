"""`cycle`: stages that need each other in a ring."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding, RelatedPlace, Severity
from stagegraph.linting.labels import label_of
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind

_VERBS = {EdgeKind.BASE: "is built upon", EdgeKind.COPY: "copies from", EdgeKind.MOUNT: "mounts"}


def _find(subject: Subject) -> Iterator[Finding]:
    for ring in subject.rings:
        first = ring[0]
        path = ", which ".join(_step(use, subject) for use in ring)
        yield RULE.at(
            first.span,
            f"the stages need each other in a ring: {first.stage.display_name} {path}",
            line=first.line,
            stage=label_of(first.stage),
            related=[
                RelatedPlace(f"{use.stage.display_name} {_step(use, subject)}", use.span)
                for use in ring[1:]
                if use.span is not None
            ],
        )


def _step(use: Use, subject: Subject) -> str:
    assert use.meaning is not None
    return f"{_VERBS[use.kind]} {subject.stages[use.meaning].display_name}"


RULE = Rule("cycle", "Stages that need each other in a ring", Severity.ERROR, find=_find, page=page_of("cycle"))
