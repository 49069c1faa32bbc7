"""The last words of a report for people."""

from __future__ import annotations

from stagegraph.linting.files import LintedFile
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.spelling import counted, visible


def summary_of(report: Report) -> str:
    """How many findings there are, in how many files, and how many of them can be mended."""
    if not report.files:
        return "no Dockerfile found"
    judged = [file for file in report.files if file.findings is not None]
    if not judged:
        return "no Dockerfile could be read"
    files = counted(len({file.path for file in judged}), "file")
    if not report.count:
        return f"nothing found in {files}"
    fixable = f", {report.fixable} to be mended by --fix" if report.fixable else ""
    return f"{counted(report.count, 'finding')} in {files}{fixable}"


def silences_of(file: LintedFile) -> list[str]:
    """Why rules are silent about a file: one sentence for each reason, with the rules that give it."""
    reasons: dict[str, list[str]] = {}
    for rule, reason in file.findings.silences.items() if file.findings is not None else ():
        reasons.setdefault(reason, []).append(rule)
    return [f"not known to {', '.join(rules)}: {reason}" for reason, rules in reasons.items()]


def silence_lines(file: LintedFile) -> list[str]:
    """Why rules are silent about a file, each line beginning with its path."""
    return [visible(f"{file.path}: {silence}") for silence in silences_of(file)]
