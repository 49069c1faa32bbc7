"""Strings as Go prints them with `%q`, which is how the builders quote input in messages."""

from __future__ import annotations

import re
import unicodedata

_NAMED = {
    "\a": r"\a",
    "\b": r"\b",
    "\f": r"\f",
    "\n": r"\n",
    "\r": r"\r",
    "\t": r"\t",
    "\v": r"\v",
    "\\": r"\\",
    '"': r"\"",
}
_PRINTABLE_CATEGORIES = frozenset("LMNPS")
_BEYOND_PLAIN = re.compile(r"[^ !#-\[\]-~]")


def go_quote(text: str) -> str:
    r"""`text` in double quotes, escaped as `strconv.Quote` does it.

    A lone surrogate U+DC80 to U+DCFF stands for a byte that could not be decoded (see
    `SourceFile.of`), and is written as that byte: `\x80`.
    """
    return f'"{_BEYOND_PLAIN.sub(lambda match: _escaped(match[0]), text)}"'


def _escaped(character: str) -> str:
    named = _NAMED.get(character)
    if named is not None:
        return named
    code = ord(character)
    if character < " " or character == "\x7f":
        return f"\\x{code:02x}"
    if "\udc80" <= character <= "\udcff":
        return f"\\x{code & 0xFF:02x}"
    if unicodedata.category(character)[0] in _PRINTABLE_CATEGORIES:
        return character
    return f"\\u{code:04x}" if character <= "\uffff" else f"\\U{code:08x}"
