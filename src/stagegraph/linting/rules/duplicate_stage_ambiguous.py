"""`duplicate-stage-ambiguous`: a name that two stages have, where it is used."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from stagegraph.linting.findings import Finding, RelatedPlace
from stagegraph.linting.labels import label_of
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.stages.cutting import Stage


def _find(subject: Subject) -> Iterator[Finding]:
    counts = Counter(stage.name for stage in subject.stages if stage.name is not None)
    if not any(count > 1 for count in counts.values()):
        return
    for use in subject.uses:
        if use.meaning is None or use.index is not None:
            continue
        meant = subject.stages[use.meaning]
        others = _others(use, meant, subject)
        if others:
            lines = ", ".join(str(stage.from_.first_line) for stage in others)
            yield RULE.at(
                use.span,
                f"{use.shown} is the {_order(use)} stage of that name (line {meant.from_.first_line}), "
                f"and not that of line {lines}",
                line=use.line,
                stage=label_of(meant),
                related=_places(subject, meant, others),
            )


def _others(use: Use, meant: Stage, subject: Subject) -> list[Stage]:
    """The other stages that the name might be taken for; a base can only be an earlier stage."""
    last = use.stage.index if use.kind is EdgeKind.BASE else len(subject.stages)
    return [stage for stage in subject.stages[:last] if stage.name == meant.name and stage.index != meant.index]


def _order(use: Use) -> str:
    return "nearest earlier" if use.kind is EdgeKind.BASE else "last"


def _places(subject: Subject, meant: Stage, others: list[Stage]) -> Iterator[RelatedPlace]:
    yield from subject.related(meant, "BuildKit takes this one")
    for stage in others:
        yield from subject.related(stage, "this one has the name too")


RULE = Rule(
    "duplicate-stage-ambiguous",
    "A name that two stages have, where it is used",
    find=_find,
    page=page_of("duplicate-stage-ambiguous"),
)
