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

# The bytes among them: where the builders go byte by byte, a byte of a longer character counts too.
BYTE_SPACE = frozenset(character for character in WHITE_SPACE if character <= "\xff")
# Those of them that are no ASCII, as `surrogateescape` shows them where they stand alone.
LONE_BYTE_SPACE = "\udc85\udca0"

# What separates a keyword from its arguments and one word from the next (parser.reWhitespace).
BLANKS = re.compile(r"[\t\v\f\r ]+")

# Bytes that are no UTF-8, as `surrogateescape` shows them, and other lone surrogates.
SURROGATES = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"


def as_bytes(text: str) -> str:
    """The text as the builders see it where they go byte by byte: one character for each byte."""
    return text.encode("utf-8", "surrogateescape").decode("latin-1")


def from_bytes(characters: str) -> str:
    """The text of which `as_bytes` made `characters`."""
    return characters.encode("latin-1").decode("utf-8", "surrogateescape")


def split_blanks(text: str) -> tuple[str, ...]:
    """The words of a trimmed `text`, cut at runs of blanks; quotes mean nothing here."""
    if text.isprintable() and text.isascii():  # then the only blanks are spaces
        return tuple(text.split())
    return tuple(BLANKS.split(text)) if text else ()


def equal_fold(left: str, right: str) -> bool:
    """`strings.EqualFold`: equal but for case."""
    return left.casefold() == right.casefold()
