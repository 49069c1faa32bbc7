"""What a rule is: a name, what it is for, and the function that finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import attrs

from stagegraph.linting.findings import Finding, Fix, RelatedPlace, Severity, StageLabel

if TYPE_CHECKING:
    from stagegraph.linting.subject import Subject
    from stagegraph.source import Span

Find = Callable[["Subject"], Iterable[Finding]]


class UnknowableError(Exception):
    """A rule must be silent about a file; the message says why."""


def _finds_nothing(_: Subject) -> tuple[Finding, ...]:
    return ()


def _has_no_page() -> str:
    return ""


@attrs.frozen
class Rule:
    """One rule. Rules of others are offered as entry points of the group `stagegraph.rules`.

    `name` reads well behind "allow …". `find` gives the findings in one file; it raises
    `UnknowableError` where it cannot know. `page` gives the text of the rule's page (Markdown),
    `url` is where it can be read.
    """

    name: str
    summary: str
    severity: Severity = Severity.WARNING
    find: Find = _finds_nothing
    page: Callable[[], str] = _has_no_page
    url: str = ""

    def at(
        self,
        span: Span | None,
        message: str,
        *,
        line: int | None = None,
        stage: StageLabel | None = None,
        related: Iterable[RelatedPlace] = (),
        fix: Fix | None = None,
    ) -> Finding:
        """A finding of this rule; `line` is that of the span unless it is said."""
        line = line or (span.first_line if span is not None else None)
        return Finding(self.name, self.severity, message, line, span, stage, tuple(related), fix)
