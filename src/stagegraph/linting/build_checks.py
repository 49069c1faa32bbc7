"""BuildKit's build checks, and what would fail the build, as findings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from stagegraph.linting.build_rules import BUILD_ERROR
from stagegraph.linting.casing import casing_fix
from stagegraph.linting.findings import Finding, Severity, StageLabel
from stagegraph.linting.labels import label_of
from stagegraph.linting.mending import start_of
from stagegraph.linting.places import place_of_warning, trimmed
from stagegraph.linting.subject import Subject
from stagegraph.linting.written import WrittenInstruction
from stagegraph.source import Span


def build_findings(subject: Subject) -> Iterator[Finding]:
    """The findings of BuildKit itself, by its own names, lines and messages."""
    verdict, source, stages = subject.verdict, subject.source, subject.stages
    if not (verdict.errors or verdict.warnings):
        return
    first_lines = [stage.from_.first_line for stage in stages]

    def stage_at(span: Span | None) -> StageLabel | None:
        number = bisect_right(first_lines, span.first_line) if span is not None else 0
        return label_of(stages[number - 1]) if number else None

    for error in verdict.errors:
        span = trimmed(source, error.span) if error.span is not None else None
        yield Finding(BUILD_ERROR, Severity.ERROR, error.message, error.line, span, stage_at(error.span))
    instructions = verdict.cut.dockerfile.instructions if verdict.warnings else ()
    at_places = {start_of(one.span): one for one in instructions}
    for warning in verdict.warnings:
        instruction = at_places.get(start_of(warning.span))
        written = WrittenInstruction(instruction, source) if instruction is not None else None
        span, stage = place_of_warning(source, warning, written), stage_at(warning.span)
        fix = casing_fix(warning, written, subject)
        yield Finding(warning.rule, Severity.WARNING, warning.message, warning.line, span, stage, fix=fix)
