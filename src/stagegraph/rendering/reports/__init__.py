"""Findings as reports: for people, for programs, and for the services that show them beside the code."""

from __future__ import annotations

from collections.abc import Callable

from stagegraph.rendering.reports.github import github_report
from stagegraph.rendering.reports.gitlab import gitlab_report
from stagegraph.rendering.reports.json_report import json_report
from stagegraph.rendering.reports.junit import junit_report
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.reports.sarif import sarif_report

FORMS: dict[str, Callable[[Report], str]] = {
    "json": json_report,
    "sarif": sarif_report,
    "github": github_report,
    "gitlab": gitlab_report,
    "junit": junit_report,
}
"""The forms for programs, by their names."""

WITHOUT_SILENCES = frozenset({"gitlab"})
"""The forms that have no place for what could not be known: GitLab takes every entry for a fault of the code."""
