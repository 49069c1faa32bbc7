"""Rules as text: the list of them, and the page of one."""

from __future__ import annotations

from collections.abc import Iterable

from stagegraph.linting.rule import Rule
from stagegraph.rendering.plain.layout import columns, text_of


def rules_text(rules: Iterable[Rule]) -> str:
    """A row for each rule, by name: its severity, and what it finds."""
    ordered = sorted(rules, key=lambda rule: rule.name.lower())
    rows = [(rule.name, rule.severity.value, rule.summary) for rule in ordered]
    return text_of(line.strip() for line in columns([("RULE", "SEVERITY", "FINDS"), *rows]))


def page_text(rule: Rule) -> str:
    """The page of a rule, or what little there is to say of one that has none."""
    page = rule.page() or f"# {rule.name}\n\n{rule.summary}.\n"
    return page if page.endswith("\n") else page + "\n"
