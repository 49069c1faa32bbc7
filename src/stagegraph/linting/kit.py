r"""A kit for testing a rule by its page: what the page shows is what the rule does.

A page is Markdown. The code blocks (`dockerfile`) under a heading `Bad` each give a finding of
the rule, those under `Good` give none, and one under `Fixed` is what the fixes make of the `Bad`
block before it. Behind the language a block may say `targets=a,b`.

Example:
    >>> import stagegraph
    >>> from stagegraph.linting.rules.index_reference import RULE
    >>> stagegraph.check_page(RULE)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.linter import fix, lint
from stagegraph.linting.rule import Rule

_PART = re.compile(
    r"^## (?P<heading>.+?)[ ]*$|^```dockerfile(?P<info>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL
)
_TARGETS = re.compile(r"\btargets=(\S+)")


@attrs.frozen
class PageBlock:
    """A code block of a page: the heading it stands under, its text, and the targets it declares."""

    heading: str
    text: str
    targets: tuple[str, ...] | None
    line: int


def page_blocks(page: str) -> Iterator[PageBlock]:
    """The Dockerfiles of a page, in order."""
    heading = ""
    for part in _PART.finditer(page):
        if part["heading"] is not None:
            heading = part["heading"]
            continue
        targets = _TARGETS.search(part["info"])
        line = page.count("\n", 0, part.start()) + 1
        yield PageBlock(heading, part["text"], tuple(targets[1].split(",")) if targets else None, line)


def check_page(rule: Rule, page: str | None = None) -> None:
    """Tries every block of a rule's page (or of `page`).

    Raises:
        AssertionError: a block is not what its heading says; the message tells which, and why.
    """
    blocks = list(page_blocks(rule.page() if page is None else page))
    headings = {block.heading for block in blocks}
    if not {"Bad", "Good"} <= headings:
        raise AssertionError(f"the page of {rule.name} has no Bad and Good blocks")
    bad: PageBlock | None = None
    for block in blocks:
        if block.heading == "Fixed":
            _check_fixed(rule, bad, block)
            continue
        bad = block if block.heading == "Bad" else bad
        found = [one.message for one in lint(block.text, targets=block.targets, rules=[rule]) if one.rule == rule.name]
        if block.heading == "Bad" and not found:
            raise AssertionError(f"line {block.line}: the Bad block of {rule.name} gives no finding of it")
        if block.heading == "Good" and found:
            raise AssertionError(f"line {block.line}: the Good block of {rule.name} gives {found}")


def _check_fixed(rule: Rule, bad: PageBlock | None, fixed: PageBlock) -> None:
    if bad is None:
        raise AssertionError(f"line {fixed.line}: the Fixed block of {rule.name} stands behind no Bad block")
    only = LintConfiguration(select=[rule.name])
    result = fix(bad.text, targets=bad.targets, configuration=only, rules=[rule])
    if result.text != fixed.text:
        raise AssertionError(f"line {fixed.line}: the fixes of {rule.name} make\n{result.text}")
