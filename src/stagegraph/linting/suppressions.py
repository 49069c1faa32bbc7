"""Comments that suppress findings: `# stagegraph: ignore=RULE[,RULE] reason`, above an instruction."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Sequence

import attrs

from stagegraph.linting.build_rules import UNUSED_SUPPRESSION
from stagegraph.linting.findings import Finding, Severity
from stagegraph.linting.places import trimmed
from stagegraph.quoting import go_quote
from stagegraph.source import SourceFile, Span
from stagegraph.suggestions import nearest
from stagegraph.syntax.instructions import Instruction
from stagegraph.syntax.nodes import Comment, Dockerfile

_NAME = "stagegraph:"
_OURS = re.compile(r"#\s*stagegraph:\s*(?P<rest>.*)", re.DOTALL)
_IGNORE = re.compile(r"ignore\s*=\s*(?P<rules>[\w-]+(?:\s*,\s*[\w-]+)*)(?:\s+(?P<reason>.*))?\s*", re.DOTALL)


@attrs.frozen
class Suppression:
    """One comment: the rules it names, the reason it gives, and the lines of the instruction below it."""

    rules: tuple[str, ...]
    reason: str
    span: Span
    lines: range


def suppressions_in(dockerfile: Dockerfile, source: SourceFile) -> Iterator[Suppression]:
    """The comments that suppress something; `rules` is empty for one that cannot be read."""
    if _NAME not in source.text:
        return
    waiting: list[Comment] = []
    for node in dockerfile.nodes:
        if isinstance(node, Comment) and _OURS.match(node.text.strip()):
            waiting.append(node)
        elif isinstance(node, Instruction):
            lines = range(node.first_line, node.last_line + 1)
            yield from (_read(comment, source, lines) for comment in waiting if comment.span is not None)
            waiting = []
    end = len(source.line_starts) + 1
    yield from (_read(comment, source, range(end, end)) for comment in waiting if comment.span is not None)


def _read(comment: Comment, source: SourceFile, lines: range) -> Suppression:
    assert comment.span is not None
    ours = _OURS.match(comment.text.strip())
    found = _IGNORE.fullmatch(ours["rest"]) if ours is not None else None
    span = trimmed(source, comment.span)
    if found is None:
        return Suppression((), "", span, lines)
    rules = tuple(rule.strip() for rule in found["rules"].split(","))
    return Suppression(rules, found["reason"] or "", span, lines)


def suppress(
    findings: Sequence[Finding],
    suppressions: Sequence[Suppression],
    known: Collection[str],
    says_nothing: Callable[[str], bool],
) -> list[Finding]:
    """The findings that nothing suppresses, and those about comments that suppress nothing.

    `known` are the names of all rules; a rule that `says_nothing` of the file, whatever is in it,
    leaves its comments alone.
    """
    kept: list[Finding] = []
    used: set[tuple[int, str]] = set()
    for finding in findings:
        covering = _covering(finding, suppressions)
        used |= {(one.span.start, finding.rule) for one in covering}
        if not covering:
            kept.append(finding)
    for one in suppressions:
        if not one.rules:
            kept.append(_unused(one, "this is not understood; it is written # stagegraph: ignore=RULE reason"))
        for rule in one.rules:
            if rule not in known:
                meant = nearest(rule, sorted(known))  # a set has no order of its own
                suggestion = f"; did you mean {meant}?" if meant is not None else ""
                kept.append(_unused(one, f"no rule is called {go_quote(rule)}{suggestion}"))
            elif (one.span.start, rule) not in used and not says_nothing(rule):
                kept.append(_unused(one, f"{rule} has nothing to say about this instruction"))
    return kept


def _covering(finding: Finding, suppressions: Sequence[Suppression]) -> list[Suppression]:
    """The suppressions that a finding falls under; they stand in the order of the file."""
    if finding.line is None:
        return []
    place = bisect_right(suppressions, finding.line, key=lambda one: one.lines.start)
    covering: list[Suppression] = []
    while place and finding.line in suppressions[place - 1].lines:
        place -= 1
        if finding.rule in suppressions[place].rules:
            covering.append(suppressions[place])
    return covering


def _unused(suppression: Suppression, message: str) -> Finding:
    span = suppression.span
    return Finding(UNUSED_SUPPRESSION, Severity.WARNING, message, span.first_line, span)
