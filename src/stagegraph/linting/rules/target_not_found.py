"""`target-not-found`: a declared target that names no stage."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.pages import page_of
from stagegraph.linting.rule import Rule, UnknowableError
from stagegraph.linting.subject import Subject
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
from stagegraph.quoting import go_quote
from stagegraph.suggestions import nearest
from stagegraph.values.letters import lower


def _find(subject: Subject) -> Iterator[Finding]:
    if isinstance(subject.targets, UnknownTargets):
        raise UnknowableError(subject.targets.reason)
    if not subject.is_whole:
        raise UnknowableError("a build of the file fails")
    for target in subject.targets:
        if subject.index_of(target) is None:
            yield RULE.at(None, _message(target, subject))


def _message(target: DeclaredTarget, subject: Subject) -> str:
    stage = target.stage or ""
    meant = nearest(lower(stage), [one.name for one in subject.stages if one.name is not None])
    said = f" ({target.origin})" if target.origin else ""
    suggestion = f"; did you mean {meant}?" if meant is not None else ""
    return f"the target {go_quote(stage)}{said} names no stage{suggestion}"


RULE = Rule(
    "target-not-found",
    "A declared target that names no stage",
    Severity.ERROR,
    find=_find,
    page=page_of("target-not-found"),
)
