"""The classes of characters that the builders tell apart.

They are written in Go, whose Unicode white space is not Python's (`str.isspace` has four more).
"""

from __future__ import annotations

import re

# unicode.IsSpace
WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)

# What separates a keyword from its arguments and one word from the next (parser.reWhitespace).
BLANKS = re.compile(r"[\t\v\f\r ]+")

# Bytes that are no UTF-8, as `surrogateescape` shows them, and other lone surrogates.
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def split_blanks(text: str) -> tuple[str, ...]:
    """The words of a trimmed `text`, cut at runs of blanks; quotes mean nothing here."""
    return tuple(BLANKS.split(text)) if text else ()


def equal_fold(left: str, right: str) -> bool:
    """`strings.EqualFold`: equal but for case."""
    return left.casefold() == right.casefold()
