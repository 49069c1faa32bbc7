"""`.dockerignore`: which paths of a build context the builders leave out.

The rules are those of `moby/patternmatcher`, which are neither gitignore's nor the shell's: a
pattern is anchored at both ends, matches what lies below what it matches, and knows `**`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from math import comb
from warnings import catch_warnings, simplefilter

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.quoting import go_quote
from stagegraph.source import BYTE_ORDER_MARK
from stagegraph.values.paths import clean

_WHITE_SPACE = " \t\n\v\f\r\x85\xa0"
_FEW = 2
_EVERYTHING = frozenset({"*", "**", "**/*"})
_OPERATORS = frozenset("*?[]\\")

MAX_MATCHING = 10_000_000
"""How many ways in which the stars of a pattern may fit a path are tried; beyond that it matches nothing."""


@attrs.frozen
class IgnorePattern:
    """One line: `text` without its `!`; `expression` is None for one that the matcher chokes on."""

    text: str
    is_exception: bool
    expression: re.Pattern[str] | None = attrs.field(eq=False, repr=False)

    def can_be_tried(self, path: str) -> bool:
        """Whether a path can be held against the pattern in bounded time."""
        stars = self.text.count("*")
        return stars < _FEW or comb(len(path) + stars, stars) <= MAX_MATCHING


@attrs.frozen(slots=False)
class DockerIgnore:
    r"""The patterns of one file, in order; of those that match a path, the last one counts.

    Example:
        >>> ignored = DockerIgnore.read("*.log\n!keep.log\nnode_modules\n")
        >>> [ignored.excludes(path) for path in ("a.log", "keep.log", "src/a.log", "node_modules/x/y.js")]
        [True, False, False, True]
    """

    patterns: tuple[IgnorePattern, ...] = ()

    @classmethod
    def read(cls, text: str) -> DockerIgnore:
        """The patterns of a file's text.

        Raises:
            Complaint: a lone `!`, or a bracket that is not closed.
        """
        return cls.of_lines(_lines(text))

    @classmethod
    def of_lines(cls, lines: Iterable[str]) -> DockerIgnore:
        """The patterns that stand one by one, each with its `!`.

        Raises:
            Complaint: a lone `!`, or a bracket that is not closed.
        """
        return cls(tuple(map(_read_pattern, lines)))

    @lazy
    def has_exceptions(self) -> bool:
        """Whether a pattern brings something back (`!keep`)."""
        return any(pattern.is_exception for pattern in self.patterns)

    @property
    def excludes_everything(self) -> bool:
        """Whether a pattern matches whatever lies at the root."""
        return any(not pattern.is_exception and pattern.text in _EVERYTHING for pattern in self.patterns)

    def excludes(self, path: str) -> bool:
        """Whether `path`, clean and seen from the context, is left out; the last pattern that decides wins."""
        if not self.patterns:
            return False
        parents = clean(path.rpartition("/")[0] or ("/" if path.startswith("/") else ".")).split("/")
        above = [] if parents == ["."] else ["/".join(parents[: count + 1]) for count in range(len(parents))]
        excluded = False
        for pattern in self.patterns:
            if pattern.is_exception != excluded:
                continue
            if pattern.expression is None:
                return False
            if pattern.can_be_tried(path) and any(map(pattern.expression.search, (path, *above))):
                excluded = not pattern.is_exception
        return excluded


def _lines(text: str) -> list[str]:
    """What is no comment, trimmed and cleaned (`ignorefile.ReadAll`)."""
    lines = []
    for line in text.removeprefix(BYTE_ORDER_MARK).split("\n"):
        pattern = line.strip(_WHITE_SPACE)
        if not pattern or line.startswith("#"):
            continue
        mark = "!" if pattern.startswith("!") else ""
        pattern = pattern.removeprefix("!").strip(_WHITE_SPACE) if mark else pattern
        if pattern:
            pattern = clean(pattern)
            pattern = pattern[1:] if len(pattern) > 1 and pattern.startswith("/") else pattern
        lines.append(mark + pattern)
    return lines


def _read_pattern(line: str) -> IgnorePattern:
    line = clean(line.strip(_WHITE_SPACE))
    if line == "!":
        raise Complaint(f"illegal exclusion pattern: {go_quote(line)}")
    text = line.removeprefix("!")
    if not _is_readable(text):
        raise Complaint("syntax error in pattern")
    return IgnorePattern(text, line.startswith("!"), _compiled(text))


_BRACKET = r"\[\^?(?:(?:\\.|[^\\\]\-])(?:-(?:\\.|[^\\\]\-]))?)+\]"
_is_well_formed = re.compile(rf"(?:{_BRACKET}|\\.|[^\[\\])*\Z", re.DOTALL).match
_find_chunks = re.compile(r"(\**)((?:\[(?:\\.|[^\]\\])*\]?|\\.?|[^*\[\\])*)", re.DOTALL).finditer


def _is_readable(pattern: str) -> bool:
    """Whether `filepath.Match(pattern, ".")` has nothing to complain of; it stops where `.` does not match."""
    name = "."
    for chunk in _find_chunks(pattern):
        stars, text = chunk.groups()
        if not _is_well_formed(text):
            return False
        if not text or "|" in text:
            return True
        expression = _try_to_compile(("[^/]*" if stars else "") + _expression(text))
        matched = expression.match(name) if expression is not None else None
        if matched is None:
            return True
        name = name[matched.end() :]
    return True


def _compiled(pattern: str) -> re.Pattern[str] | None:
    """The pattern as what it comes down to; None where Go could not compile it."""
    bare = pattern.removeprefix("**")
    if _OPERATORS.isdisjoint(bare):
        if bare == pattern:
            return re.compile(rf"\A{re.escape(pattern)}\Z")
        beginning = r"(?:.*/)?" if bare.startswith("/") else ".*"
        return re.compile(r"\A" + beginning + re.escape(bare.removeprefix("/")) + r"\Z", re.DOTALL)
    beginning = pattern.removesuffix("**")
    if beginning != pattern and _OPERATORS.isdisjoint(beginning):
        return re.compile(r"\A" + re.escape(beginning))
    return _try_to_compile(rf"^{_expression(pattern)}\Z")


def _try_to_compile(expression: str) -> re.Pattern[str] | None:
    if re.search(r"\\[^\x00-\x7f]", expression):
        return None
    try:
        with catch_warnings():
            simplefilter("ignore", FutureWarning)  # brackets in brackets mean nothing special here
            return re.compile(expression, re.ASCII)
    except re.error:
        return None


def _expression(pattern: str) -> str:
    """The pattern as a regular expression, character by character, brackets or not, as Go's is made."""
    parts, position = [], 0
    while position < len(pattern):
        character = pattern[position]
        position += 1
        if character == "*":
            double = pattern.startswith("*", position)
            position += double + pattern.startswith("*/", position)
            parts.append("[^/]*" if not double else "(?:.*/)?" if position < len(pattern) else ".*")
        elif character == "\\" and position < len(pattern):
            parts.append(f"\\{pattern[position]}")
            position += 1
        else:
            parts.append(_PARTS.get(character, character))
    return "".join(parts)


# What is escaped, and `?`; braces and bars are not, which is an oversight of `patternmatcher`.
_PARTS = {"?": "[^/]", "\\": r"\\"} | {character: f"\\{character}" for character in ".+()$"}
