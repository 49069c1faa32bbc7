"""Findings for people on a terminal: coloured, each a link to the page of its rule."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text

from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.pages import file_of_page
from stagegraph.rendering.reports.report import Report, advice_on, link_of, place_of
from stagegraph.rendering.reports.summary import silence_lines, summary_of
from stagegraph.rendering.spelling import visible
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.source import SourceFile

_STYLES = {Severity.ERROR: "failure", Severity.WARNING: "warning", Severity.INFO: "quiet"}


def findings_page(report: Report, paper: Paper) -> str:
    """The findings of all files, what could not be known, and how many there are."""
    lines = [line for file in report.files for line in _file(file, paper)]
    return paper.printed(*lines, paper.line((summary_of(report), "title")))


def _file(file: LintedFile, paper: Paper) -> Iterator[Text]:
    if file.findings is None:
        return
    for finding in file.findings:
        yield from _finding(file.path, file.findings.source, finding, paper)
        yield Text()
    for silence in silence_lines(file):
        yield paper.wrapped(silence)
        yield Text()


def _finding(path: str, source: SourceFile, finding: Finding, paper: Paper) -> Iterator[Text]:
    place, style = place_of(source, finding), _STYLES[finding.severity]
    where = f"{path}:{place.line}:{place.column}" if finding.line is not None else path
    head = Text()
    head.append(visible(where), "title")
    head.append(f" {finding.severity.value} ", style)
    head.append(finding.rule, paper.link(_page_of(finding.rule)))
    yield head
    yield paper.wrapped(f"  {finding.message}")
    if finding.span is not None:
        excerpt, caret = source.excerpt(source.span(finding.span.start, finding.span.end))
        gutter = str(place.line)
        bar = paper.glyph("│", "|")
        yield paper.line((f"  {gutter} {bar} ", "quiet"), excerpt.expandtabs(4))
        yield paper.line((f"  {' ' * len(gutter)} {bar} ", "quiet"), (caret.expandtabs(4), style))
    for related in finding.related:
        yield paper.line((f"  line {related.span.first_line}: {related.message}", "quiet"))
    if finding.fix is not None:
        yield paper.line("  fix: ", finding.fix.description)
    yield paper.line((f"  see: {advice_on(finding.rule)}", "quiet"))


def _page_of(rule: str) -> str:
    """An address that a terminal can open: on the web, or of the page that came with stagegraph."""
    page = file_of_page(rule)
    return link_of(rule) or (page.as_uri() if isinstance(page, Path) else "")
