"""How text is spelled on a page: harmless, counted, capitalised."""

from __future__ import annotations

import re

# What a terminal would obey, and what makes text look like another: control characters but the
# tab, line separators, marks that change the direction of writing.
_UNSAFE = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_SURROGATES = re.compile("[\ud800-\udfff]")


def visible(text: str) -> str:
    """The text on one line and harmless: what a terminal would obey is escaped.

    Bytes that are no UTF-8 show as U+FFFD, as the builders print them.
    """
    return _SURROGATES.sub("\ufffd", _UNSAFE.sub(_escape, text))


def _escape(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


def capitalised(text: str) -> str:
    """The text with a capital at its head, the rest as it is."""
    return text[:1].upper() + text[1:]


def counted(number: int, noun: str) -> str:
    """`1 step`, `2 steps`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
