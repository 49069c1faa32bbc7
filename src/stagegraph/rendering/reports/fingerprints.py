"""Fingerprints: the same finding keeps its own when lines are added above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from hashlib import sha256

from stagegraph.linting.findings import Finding, Findings
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.spelling import visible


def with_fingerprints(report: Report) -> Iterator[tuple[str, Findings, Finding, str]]:
    """Every finding with its file and its fingerprint: of path, rule and message; repeated ones are counted."""
    seen: Counter[tuple[str, str, str]] = Counter()
    for path, findings, finding in report:
        key = path, finding.rule, finding.message
        text = "\0".join(map(visible, (*key, str(seen[key]))))
        seen[key] += 1
        yield path, findings, finding, sha256(text.encode()).hexdigest()
