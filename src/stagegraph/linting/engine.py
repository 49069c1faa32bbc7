"""Puts a file to the rules, and keeps what its configuration and its comments let through."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.errors import InputError, StageGraphError
from stagegraph.linting.build_checks import build_findings
from stagegraph.linting.build_rules import UNUSED_SUPPRESSION
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.findings import Finding, Findings
from stagegraph.linting.registry import all_rules, is_own
from stagegraph.linting.rule import Rule, UnknowableError
from stagegraph.linting.subject import Subject
from stagegraph.linting.suppressions import suppress, suppressions_in


def lint_subject(subject: Subject, rules: Mapping[str, Rule], configuration: LintConfiguration) -> Findings:
    """What BuildKit and the rules find in a file, as it stands there."""
    found = [one for one in build_findings(subject) if configuration.wants(one.rule)]
    silences: dict[str, str] = {}
    for rule in rules.values():
        if configuration.wants(rule.name):
            try:
                found += _found_by(rule, subject)
            except UnknowableError as reason:
                silences[rule.name] = str(reason)
    kept = _after_comments(found, subject, rules, configuration, silences)
    weighed = sorted(map(configuration.weighed, kept), key=lambda finding: finding.place)
    return Findings(subject.source, tuple(weighed), silences)


def _found_by(rule: Rule, subject: Subject) -> list[Finding]:
    """What one rule finds.

    Raises:
        UnknowableError: it cannot know.
        InputError: it is a rule of somebody else, and fails.
    """
    if is_own(rule.name):
        return list(rule.find(subject))
    try:
        return list(rule.find(subject))
    except (UnknowableError, StageGraphError):
        raise
    except Exception as fault:
        message = f"the rule {rule.name} fails on {subject.source.name}: {type(fault).__name__}: {fault}"
        raise InputError(message) from fault


def _after_comments(
    found: list[Finding],
    subject: Subject,
    rules: Mapping[str, Rule],
    configuration: LintConfiguration,
    silences: dict[str, str],
) -> list[Finding]:
    suppressions = list(suppressions_in(subject.dockerfile, subject.source))
    if not suppressions:
        return found

    def says_nothing(rule: str) -> bool:
        return rule in silences or not configuration.wants(rule)

    kept = suppress(found, suppressions, {*all_rules(), *rules}, says_nothing)
    return [one for one in kept if one.rule != UNUSED_SUPPRESSION or configuration.wants(UNUSED_SUPPRESSION)]
