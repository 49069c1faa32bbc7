"""`dead-stage`: a stage that nothing of what is built needs."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding
from stagegraph.linting.labels import label_of, quoted
from stagegraph.linting.liveness import live_stages
from stagegraph.linting.pages import page_of
from stagegraph.linting.removal import removal_of
from stagegraph.linting.rule import Rule
from stagegraph.linting.subject import Subject
from stagegraph.linting.targets import LAST_STAGE, UnknownTargets


def _find(subject: Subject) -> Iterator[Finding]:
    live = live_stages(subject)
    why = _reason(subject)
    for stage in subject.stages:
        if stage.index not in live:
            yield RULE.at(
                subject.place(stage.from_),
                f"{quoted(stage)} is dead: {why}",
                stage=label_of(stage),
                fix=removal_of(stage, subject),
            )


def _reason(subject: Subject) -> str:
    assert not isinstance(subject.targets, UnknownTargets)
    if subject.targets == LAST_STAGE:
        return "the last stage does not need it, and no other target is declared"
    labels = ", ".join(dict.fromkeys(target.label for target in subject.targets))
    return f"no declared target needs it ({labels})"


RULE = Rule("dead-stage", "A stage that no declared target needs", find=_find, page=page_of("dead-stage"))
