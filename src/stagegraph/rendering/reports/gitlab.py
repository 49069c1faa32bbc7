"""The report as a code quality artifact of GitLab."""

from __future__ import annotations

import json

from stagegraph.linting.findings import Severity
from stagegraph.rendering.reports.fingerprints import with_fingerprints
from stagegraph.rendering.reports.report import Report, place_of
from stagegraph.rendering.spelling import visible

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def gitlab_report(report: Report) -> str:
    """A list of issues; what could not be known is none, and has no place in it."""
    issues = []
    for path, findings, finding, fingerprint in with_fingerprints(report):
        place = place_of(findings.source, finding)
        issues.append(
            {
                "description": visible(finding.message),
                "check_name": finding.rule,
                "fingerprint": fingerprint,
                "severity": _SEVERITIES[finding.severity],
                "location": {"path": visible(path), "lines": {"begin": place.line, "end": place.end_line}},
            }
        )
    return json.dumps(issues, indent=2) + "\n"
