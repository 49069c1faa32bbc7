"""The words of `ARG`, `ENV` and `LABEL`: `name=value`, and the old form `ENV name value`.

Quotes and escapes are kept here; they are taken out when the value is expanded
(BuildKit `parser/line_parsers.go`).
"""

from __future__ import annotations

import re

import attrs

from stagegraph.errors import Complaint
from stagegraph.quickly import maker_of
from stagegraph.quoting import go_quote
from stagegraph.syntax.characters import BLANKS, REPLACEMENT, SURROGATES, WHITE_SPACE


@attrs.frozen(weakref_slot=False)
class Pair:
    """`name=value` as written. `separator` is `=`, or empty in the old form with a blank."""

    name: str
    value: str
    separator: str = "="


_pair = maker_of(Pair)


def _word_pattern(escape: str) -> re.Pattern[str]:
    """A word: anything but blanks, unless they are quoted or escaped. A last lone escape is dropped."""
    e = re.escape(escape)
    return re.compile(
        rf"""(?:[^{WHITE_SPACE}'"{e}]++        # ordinary
            |{e}.                             # escaped, whatever it is
            |'[^']*+(?:'|\Z)                  # no escapes between single quotes
            |"(?:[^"{e}]++|{e}.)*+(?:"|{e}?\Z)
            )++ | (?P<dangling>{e}\Z)""",
        re.VERBOSE | re.DOTALL,
    )


_WORDS = {escape: _word_pattern(escape) for escape in "\\`"}


def split_quoted_words(text: str, escape: str) -> list[str]:
    """The words of `text`, cut at blanks that are neither quoted nor escaped."""
    if "'" not in text and '"' not in text and escape not in text and text.isprintable():
        return text.split()
    if not text.isascii():
        text = SURROGATES.sub(REPLACEMENT, text)
    words = [found[0] for found in _WORDS[escape].finditer(text) if not found["dangling"]]
    if words and text.endswith(escape):
        words[-1] = _without_dangling_escape(words[-1], escape)
    return words


def _without_dangling_escape(word: str, escape: str) -> str:
    """`word` without an escape at its end that has nothing to escape."""
    open_quote = ""
    position = 0
    while position < len(word):
        character = word[position]
        if character == escape and open_quote != "'":
            if position == len(word) - 1:
                return word[:-1]
            position += 1
        elif open_quote:
            open_quote = "" if character == open_quote else open_quote
        elif character in "'\"":
            open_quote = character
        position += 1
    return word


def read_pairs(text: str, escape: str, keyword: str) -> tuple[Pair, ...]:
    """The pairs of an `ENV` or `LABEL` (`keyword` in capitals, for the messages).

    Raises:
        Complaint: a word without `=`, or the old form without a value.
    """
    words = split_quoted_words(text, escape)
    if not words:
        return ()
    if "=" not in words[0]:
        name, *value = BLANKS.split(text, maxsplit=1)
        if not value:
            raise Complaint(f"{keyword} must have two arguments")
        return (_pair(name, value[0], ""),)
    pairs = []
    for word in words:
        name, equals, content = word.partition("=")
        if not equals:
            raise Complaint(f"Syntax error - can't find = in {go_quote(word)}. Must be of the form: name=value")
        pairs.append(_pair(name, content, "="))
    return tuple(pairs)
