"""Patterns of paths as Go reads them (`filepath.Match`)."""

from __future__ import annotations

import re
from functools import lru_cache

from stagegraph.errors import Complaint

_WILDCARDS = frozenset("*?[")


def has_wildcards(path: str) -> bool:
    r"""Whether a path is a pattern; `\*` is no wildcard."""
    escaped = False
    for character in path:
        if escaped:
            escaped = False
        elif character == "\\":
            escaped = True
        elif character in _WILDCARDS:
            return True
    return False


@lru_cache(maxsize=1024)
def matcher_of(pattern: str) -> re.Pattern[str]:
    r"""What matches the whole of `pattern`; `*` and `?` match no `/` (`filepath.Match`).

    Raises:
        Complaint: a class that is not closed, or a `\` at the end.
    """
    return re.compile(_translated(pattern) + r"\Z", re.DOTALL)


def _translated(pattern: str) -> str:
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        text, position = _part(pattern, position)
        parts.append(text)
    return "".join(parts)


def _part(pattern: str, position: int) -> tuple[str, int]:
    """The regular expression of what stands at `position`, and where the next part begins."""
    character = pattern[position]
    if character == "*":
        return "[^/]*", position + 1
    if character == "?":
        return "[^/]", position + 1
    if character == "[":
        return _class(pattern, position + 1)
    if character == "\\":
        if position + 1 == len(pattern):
            raise _malformed()
        return re.escape(pattern[position + 1]), position + 2
    return re.escape(character), position + 1


def _class(pattern: str, position: int) -> tuple[str, int]:
    """A class behind its `[`: at least one character or range, and then `]`."""
    negated = pattern.startswith("^", position)
    position += negated
    ranges: list[str] = []
    while not (pattern.startswith("]", position) and ranges):
        low, position = _class_character(pattern, position)
        high = low
        if pattern.startswith("-", position):
            high, position = _class_character(pattern, position + 1)
        ranges.append(f"{re.escape(low)}-{re.escape(high)}" if low <= high else "")
    content = "".join(ranges)
    if not content:  # ranges that hold nothing
        return ("." if negated else "(?!)"), position + 1
    return f"[{'^' if negated else ''}{content}]", position + 1


def _class_character(pattern: str, position: int) -> tuple[str, int]:
    if pattern[position : position + 1] in ("", "-", "]"):
        raise _malformed()
    if pattern[position] == "\\":
        position += 1
    if position >= len(pattern) - 1:  # the class must still be closed
        raise _malformed()
    return pattern[position], position + 1


def _malformed() -> Complaint:
    return Complaint("syntax error in pattern")
