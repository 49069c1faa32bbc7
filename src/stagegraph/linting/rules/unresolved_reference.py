"""`unresolved-reference`: a name that is no stage, and looks like a slip for one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stagegraph.linting.findings import Finding
from stagegraph.linting.labels import label_of, with_line
from stagegraph.linting.official_images import OFFICIAL_IMAGES
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use, as_index
from stagegraph.model.graph import EdgeKind
from stagegraph.stages.cutting import Stage
from stagegraph.stages.references import EMPTY_IMAGE_NAME
from stagegraph.suggestions import nearest
from stagegraph.values.letters import lower

_SHORTEST = 4  # of shorter names, two that differ in a letter are rather two names
_LONG = 8


def _find(subject: Subject) -> Iterator[Finding]:
    pulled = {use.name for use in subject.uses if use.kind is EdgeKind.BASE and use.meaning is None}
    stages = {stage.name: stage for stage in subject.stages if stage.name is not None}
    for use in subject.uses:
        if use.kind is EdgeKind.BASE or use.meaning is not None or use.name in pulled or subject.is_context(use.name):
            continue
        stage = _meant(use, stages)
        if stage is not None:
            yield RULE.at(
                use.span,
                f"{use.shown} is no stage; did you mean {with_line(stage, subject)}?",
                line=use.line,
                stage=label_of(use.stage),
                related=subject.related(stage, "the stage of a similar name"),
            )


def _meant(use: Use, stages: Mapping[str, Stage]) -> Stage | None:
    """The stage that was probably meant: one slip away, or two in a long name; a digit is no slip."""
    name = lower(use.name)
    if len(name) < _SHORTEST or not name.replace("-", "").replace("_", "").isalnum() or as_index(name) is not None:
        return None
    if name in OFFICIAL_IMAGES or name == EMPTY_IMAGE_NAME:
        return None
    meant = nearest(name, stages)
    if meant is None or _differs_on_purpose(name, meant):
        return None
    return stages[meant] if len(name) >= _LONG or _is_one_slip(name, meant) else None


def _is_one_slip(name: str, meant: str) -> bool:
    """Whether one letter is missing, too many, or wrong, or two have changed places."""
    if sorted(name) == sorted(meant):
        return True
    shorter, longer = sorted((name, meant), key=len)
    same = next((at for at, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    tail = longer[same + 1 :]
    return shorter[same:] == tail or shorter[same + 1 :] == tail


def _differs_on_purpose(name: str, meant: str) -> bool:
    """Whether the names differ in their digits, or in a whole word: `build-a` and `build-b`."""
    ours, theirs = name.replace("_", "-").split("-"), meant.replace("_", "-").split("-")
    if [letter for letter in name if letter.isdigit()] != [letter for letter in meant if letter.isdigit()]:
        return True
    different = [pair for pair in zip(ours, theirs, strict=False) if pair[0] != pair[1]]
    return len(ours) == len(theirs) and len(ours) > 1 and all(min(map(len, pair)) < _SHORTEST for pair in different)


RULE = Rule(
    "unresolved-reference",
    "A --from that is no stage and looks like a slip for one",
    find=_find,
    page=page_of("unresolved-reference"),
)
