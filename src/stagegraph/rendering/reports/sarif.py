"""The report as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from stagegraph.linting.files import LintedFile
from stagegraph.linting.findings import Edit, Finding, RelatedPlace, Severity
from stagegraph.linting.regions import Region, region_of
from stagegraph.linting.registry import all_rules
from stagegraph.linting.rule import Rule
from stagegraph.rendering.reports.fingerprints import with_fingerprints
from stagegraph.rendering.reports.report import Report, place_of
from stagegraph.rendering.spelling import visible
from stagegraph.source import SourceFile, Span

Member = Mapping[str, object]

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def sarif_report(report: Report) -> str:
    """A log with one run: the rules that found something, and what they found."""
    rules = sorted({finding.rule for _, _, finding in report})
    results = [
        _result(path, findings.source, finding, rules, fingerprint)
        for path, findings, finding, fingerprint in with_fingerprints(report)
    ]
    known = all_rules()
    driver: dict[str, object] = {"name": "stagegraph", "rules": [_rule(name, known.get(name)) for name in rules]}
    if report.version:
        driver["version"] = report.version
    run = {
        "tool": {"driver": driver},
        "invocations": [_invocation(report.files)],
        "columnKind": "unicodeCodePoints",
        "results": results,
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(name: str, rule: Rule | None) -> Member:
    if rule is None:  # one that was given to the library alone
        return {"id": name}
    described: dict[str, object] = {
        "id": name,
        "shortDescription": {"text": rule.summary},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }
    page = rule.page()
    if page:
        described["help"] = {"text": page, "markdown": page}
    if rule.url:
        described["helpUri"] = rule.url
    return described


def _result(path: str, source: SourceFile, finding: Finding, rules: Sequence[str], fingerprint: str) -> Member:
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "ruleIndex": rules.index(finding.rule),
        "level": _LEVELS[finding.severity],
        "message": {"text": visible(finding.message)},
        "locations": [_location(path, place_of(source, finding))],
        "partialFingerprints": {"stagegraph/v1": fingerprint},
    }
    if finding.related:
        result["relatedLocations"] = [_related(path, source, one) for one in finding.related]
    if finding.fix is not None:
        replacements = [_replacement(source, edit) for edit in finding.fix.edits]
        change = {"artifactLocation": _artifact(path), "replacements": replacements}
        result["fixes"] = [{"description": {"text": visible(finding.fix.description)}, "artifactChanges": [change]}]
    return result


def _related(path: str, source: SourceFile, related: RelatedPlace) -> Member:
    return {**_location(path, region_of(source, related.span)), "message": {"text": visible(related.message)}}


def _location(path: str, place: Region) -> Member:
    return {"physicalLocation": {"artifactLocation": _artifact(path), "region": _region(place)}}


def _region(place: Region) -> Member:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endLine": place.end_line,
        "endColumn": place.end_column,
    }


def _replacement(source: SourceFile, edit: Edit) -> Member:
    """What an edit takes out, which may be nothing, and what it puts there."""
    start = region_of(source, Span(edit.start, edit.start, 1, 1))
    end = region_of(source, Span(edit.end, edit.end, 1, 1))
    deleted = _region(Region(start.line, start.column, end.line, end.column))
    return {"deletedRegion": deleted, "insertedContent": {"text": edit.text}}


def _artifact(path: str) -> Member:
    name = visible(path)
    pure = PurePath(name)
    return {"uri": pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())}


def _invocation(files: Sequence[LintedFile]) -> Member:
    """Whether every file was judged; what could not be known is a notification."""
    notes = [
        {**_note(file.path, "note", f"{rule} is silent: {reason}"), "associatedRule": {"id": rule}}
        for file in files
        for rule, reason in (file.findings.silences.items() if file.findings is not None else ())
    ]
    failures = [_note(file.path, "error", file.error.message) for file in files if file.error is not None]
    return {"executionSuccessful": not failures, "toolExecutionNotifications": [*failures, *notes]}


def _note(path: str, level: str, message: str) -> Member:
    location = {"physicalLocation": {"artifactLocation": _artifact(path)}}
    return {"level": level, "message": {"text": visible(message)}, "locations": [location]}
