"""`copies-whole-stage`: a `COPY` of everything that a stage has."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.model.graph import EdgeKind
from stagegraph.stages.cutting import Stage
from stagegraph.stages.references import EMPTY_IMAGE_NAME
from stagegraph.syntax.instructions import Copy
from stagegraph.values.paths import join

_EVERYTHING = ("/", "/*")


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        copy = use.instruction
        if use.kind is not EdgeKind.COPY or use.meaning is None or not isinstance(copy, Copy) or copy.parents:
            continue
        stage = subject.stages[use.meaning]
        if (
            any(join("/", source) in _EVERYTHING for source in copy.sources)
            and not copy.excludes
            and not _is_made_of_files(stage, subject)
        ):
            yield RULE.at(
                subject.place(copy),
                f"everything in {quoted(stage)} is copied, its base image and its tools too; copy what is needed",
                stage=label_of(stage),
                related=subject.related(stage, "the stage that is copied whole"),
            )


def _is_made_of_files(stage: Stage, subject: Subject) -> bool:
    """Whether a stage begins with the empty image, and so has nothing but what was put there to be copied."""
    base = subject.bases[stage.index]
    while base.meaning is not None:
        base = subject.bases[base.meaning]
    return base.name == EMPTY_IMAGE_NAME


RULE = Rule(
    "copies-whole-stage",
    "A COPY of all that a stage has",
    Severity.INFO,
    find=_find,
    page=page_of("copies-whole-stage"),
)
