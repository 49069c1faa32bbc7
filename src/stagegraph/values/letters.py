"""Upper and lower case as Go has them (`strings.ToLower`, `strings.ToUpper`).

One character stays one character, and a byte that is no UTF-8 becomes U+FFFD; Python differs in
both for a few.
"""

from __future__ import annotations

import re

_undecodable = re.compile(r"[\udc80-\udcff]")


def lower(text: str) -> str:
    """`text` in lower case."""
    if text.isascii():
        return text if text.islower() else text.lower()
    return "".join(char.lower()[0] for char in as_runes(text))


def upper(text: str) -> str:
    """`text` in upper case."""
    if text.isascii():
        return text.upper()
    return "".join(char.upper() if len(char.upper()) == 1 else char for char in as_runes(text))


def as_runes(text: str) -> str:
    """`text` as Go sees it one character at a time: every undecodable byte is the same character."""
    return text if text.isascii() else _undecodable.sub("\ufffd", text)
