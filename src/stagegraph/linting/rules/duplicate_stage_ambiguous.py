"""`duplicate-stage-ambiguous`: a name that two stages have, where it is used."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from stagegraph.linting.findings import Finding, RelatedPlace
from stagegraph.linting.labels import label_of
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.stages.cutting import Stage

_MOST_PLACES = 10  # of more stages of one name nobody reads


def _find(subject: Subject) -> Iterator[Finding]:
    for use in subject.uses:
        if use.meaning is None or use.index is not None:
            continue
        meant = subject.stages[use.meaning]
        others = _others(meant, subject)
        if others:
            line, *other_lines = (subject.line_in_file(stage.from_.first_line) for stage in (meant, *others))
            yield RULE.at(
                use.span,
                f"{use.shown} is the {_order(use)} stage of that name (line {line}), "
                f"and not that of line {', '.join(map(str, other_lines))}",
                line=use.line,
                stage=label_of(meant),
                related=_places(subject, meant, others),
            )


def _others(meant: Stage, subject: Subject) -> list[Stage]:
    """The other stages that the name might be taken for: those before the one that it means."""
    indices = subject.names.all(meant.name or "")
    others = indices[: bisect_left(indices, meant.index)] if len(indices) > 1 else ()
    return [subject.stages[index] for index in others[:_MOST_PLACES]]


def _order(use: Use) -> str:
    return "nearest earlier" if use.kind is EdgeKind.BASE else "last"


def _places(subject: Subject, meant: Stage, others: Sequence[Stage]) -> Iterator[RelatedPlace]:
    yield from subject.related(meant, "BuildKit takes this one")
    for stage in others:
        yield from subject.related(stage, "this one has the name too")


RULE = Rule(
    "duplicate-stage-ambiguous",
    "A name that two stages have, where it is used",
    find=_find,
    page=page_of("duplicate-stage-ambiguous"),
)
