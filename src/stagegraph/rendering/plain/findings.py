"""Findings as plain text: each with its place, an excerpt and a caret, and what to read about it."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Finding
from stagegraph.rendering.plain.layout import text_of
from stagegraph.rendering.reports.report import Report, advice_on, place_of
from stagegraph.rendering.reports.summary import silence_lines, summary_of
from stagegraph.rendering.spelling import visible
from stagegraph.source import SourceFile


def findings_text(report: Report) -> str:
    """The findings of all files, what could not be known, and how many there are."""
    return text_of([*(line for file in report.files for line in _file(file)), summary_of(report)])


def _file(file: LintedFile) -> Iterator[str]:
    if file.findings is None:
        return
    for finding in file.findings:
        yield from _finding(file.path, file.findings.source, finding)
        yield ""
    silences = silence_lines(file)
    yield from silences
    if silences:
        yield ""


def _finding(path: str, source: SourceFile, finding: Finding) -> Iterator[str]:
    place = place_of(source, finding)
    where = f"{path}:{place.line}:{place.column}" if finding.line is not None else path
    yield visible(f"{where}: {finding.severity.value}: {finding.message} [{finding.rule}]")
    if finding.span is not None:
        excerpt, caret = source.excerpt(source.span(finding.span.start, finding.span.end))
        gutter = str(place.line)
        yield f"  {gutter} | {excerpt}"
        yield f"  {' ' * len(gutter)} | {caret}"
    for related in finding.related:
        yield visible(f"  line {related.span.first_line}: {related.message}")
    if finding.fix is not None:
        yield visible(f"  fix: {finding.fix.description}")
    yield f"  see: {advice_on(finding.rule)}"
