"""The report as JSON, which `lint.schema.json` in the package describes."""

from __future__ import annotations

from stagegraph.errors import StageGraphError
from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Finding, Fix, RelatedPlace
from stagegraph.linting.regions import region_of
from stagegraph.rendering.json_text import json_text
from stagegraph.rendering.reports.report import Report, link_of
from stagegraph.source import SourceFile, Span

_VERSION = 1


def json_report(report: Report) -> str:
    """Every file with its findings."""
    return json_text({"schema": _VERSION, "files": [_file(one) for one in report.files]})


def _file(file: LintedFile) -> dict[str, object]:
    findings = file.findings
    return {
        "path": file.path,
        "inline_at": file.inline_at,
        "error": _error(file.error) if file.error is not None else None,
        "findings": [_finding(one, findings.source) for one in findings] if findings is not None else [],
        "silences": dict(findings.silences) if findings is not None else {},
    }


def _error(error: StageGraphError) -> dict[str, object]:
    return {"kind": type(error).__name__, "message": error.message, "line": error.line}


def _finding(finding: Finding, source: SourceFile) -> dict[str, object]:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "line": finding.line,
        "place": _place(source, finding.span),
        "stage": finding.stage,
        "related": [_related(one, source) for one in finding.related],
        "fix": _fix(finding.fix) if finding.fix is not None else None,
        "url": link_of(finding.rule) or None,
    }


def _related(related: RelatedPlace, source: SourceFile) -> dict[str, object]:
    return {"message": related.message, "place": _place(source, related.span)}


def _place(source: SourceFile, span: Span | None) -> dict[str, int] | None:
    if span is None:
        return None
    return {"start": span.start, "end": span.end, **region_of(source, span)._asdict()}


def _fix(fix: Fix) -> dict[str, object]:
    edits = [{"start": edit.start, "end": edit.end, "text": edit.text} for edit in fix.edits]
    return {"description": fix.description, "edits": edits}
