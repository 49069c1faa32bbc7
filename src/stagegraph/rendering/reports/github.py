"""The report as workflow commands of GitHub Actions, which become annotations of the changed lines."""

from __future__ import annotations

from stagegraph.linting.findings import Finding, Severity
from stagegraph.rendering.reports.report import Report, advice_on, place_of
from stagegraph.rendering.reports.summary import silences_of
from stagegraph.rendering.spelling import visible
from stagegraph.source import SourceFile

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def github_report(report: Report) -> str:
    """A command for each finding, for each file that cannot be judged, and for what could not be known."""
    lines = [_command(path, findings.source, finding) for path, findings, finding in report]
    for file in report.files:
        if file.error is not None:
            place = f"file={_property(file.path)},line={file.inline_at or file.error.line or 1},title=stagegraph"
            lines.append(f"::error {place}::{_data(file.error.message)}")
        place = f"file={_property(file.path)},line={file.inline_at or 1},title=stagegraph"
        lines += [f"::notice {place}::{_data(silence)}" for silence in silences_of(file)]
    return "".join(f"{line}\n" for line in lines)


def _command(path: str, source: SourceFile, finding: Finding) -> str:
    place = place_of(source, finding)
    properties = {
        "file": path,
        "line": str(place.line),
        "endLine": str(place.end_line),
        "col": str(place.column),
        "endColumn": str(place.end_column),
        "title": finding.rule,
    }
    if place.end_line != place.line:  # columns are only shown within one line
        del properties["col"], properties["endColumn"]
    shown = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{_LEVELS[finding.severity]} {shown}::{_data(f'{finding.message} ({advice_on(finding.rule)})')}"


def _data(text: str) -> str:
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
