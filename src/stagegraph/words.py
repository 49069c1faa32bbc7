"""Shell words as BuildKit reads them: quotes, escapes, `$x` and `${x…}`, splitting at blanks.

The rules are those of `frontend/dockerfile/shell` (`Lex`), and its errors word for word.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import attrs

from stagegraph import word_lexer
from stagegraph.word_lexer import MAX_EXPANSION, Lexer, Splitter, split_at_blanks

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["MAX_EXPANSION", "Expansion", "expand", "expand_text", "is_plain", "split_words"]

_find_special = re.compile(r"[$'\"\\`\ufeff\udc80-\udcff]").search
# Words that need no lexer, as nearly all are: plain text with `$name` and `${name}` in it, and
# perhaps double quotes round the whole.
_is_simple = re.compile(r"""(")?(?:[^$'"\\`]|\$[A-Za-z_]\w*|\${[A-Za-z_]\w*\})*(?(1)")\Z""", re.ASCII).match
_split_at_variables = re.compile(r"\$(?:\{(\w+)\}|([A-Za-z_]\w*))", re.ASCII).split
_MOST_VARIABLES = 8


def is_plain(word: str) -> bool:
    """Whether nothing in `word` means anything: it is its own expansion, in every mode."""
    return _find_special(word) is None


@attrs.frozen
class Expansion:
    """What a word becomes.

    `text` is the whole result, `words` the result split at its unquoted blanks. `matched` and
    `unmatched` are the names that were looked up, found and not found.
    """

    text: str
    words: tuple[str, ...]
    matched: frozenset[str]
    unmatched: frozenset[str]


def expand(
    word: str,
    environment: Mapping[str, str],
    *,
    escape: str = "\\",
    raw_quotes: bool = False,
    raw_escapes: bool = False,
    keep_unset: bool = False,
    quotes: bool = True,
) -> Expansion:
    """All that BuildKit's lexer says of `word`; raises `Complaint` with its message.

    `raw_quotes` and `raw_escapes` keep the quotes and the escape characters in the result,
    `keep_unset` leaves a reference to an unset name as it is written, and without `quotes` a
    quote is a character like any other. Bytes that are no UTF-8 come out as U+FFFD.
    """
    if _find_special(word) is None and "<<" not in word:
        return Expansion(word, tuple(split_at_blanks(word)), frozenset(), frozenset())
    lexer = Lexer(word, environment, escape, quotes, raw_quotes, keep_unset, Splitter())
    lexer.read(raw=raw_escapes)
    return Expansion(lexer.text(), tuple(lexer.words()), frozenset(lexer.matched), frozenset(lexer.unmatched))


def expand_text(
    word: str,
    environment: Mapping[str, str],
    escape: str = "\\",
    *,
    raw_quotes: bool = False,
    keep_unset: bool = False,
    quotes: bool = True,
    unmatched: set[str] | None = None,
) -> str:
    """The text of `expand`, sooner; adds the names that are not set to `unmatched`."""
    if _find_special(word) is None:
        return word
    if quotes and word.isascii() and _is_simple(word):
        simple = word if raw_quotes or word[0] != '"' else word[1:-1]
        text = simple if "$" not in simple else _replace_variables(simple, environment, keep_unset, unmatched)
        if text is not None:
            return text
    lexer = Lexer(word, environment, escape, quotes, raw_quotes, keep_unset)
    lexer.read()
    if unmatched is not None:
        unmatched |= lexer.unmatched
    return lexer.text()


def _replace_variables(
    word: str, environment: Mapping[str, str], keep_unset: bool, unmatched: set[str] | None
) -> str | None:
    """A word with its `$name` and `${name}` replaced; None where that is better left to the lexer."""
    literal, *rest = _split_at_variables(word)
    if len(rest) > 3 * _MOST_VARIABLES:
        return None
    pieces = [literal]
    for braced, bare, literal in zip(rest[::3], rest[1::3], rest[2::3], strict=True):
        value = environment.get(braced or bare)
        if value is None:
            if unmatched is not None:
                unmatched.add(braced or bare)
            value = (f"${{{braced}}}" if braced else f"${bare}") if keep_unset else ""
        pieces += (value, literal)
    size = sum(map(len, pieces))
    return "".join(pieces) if size <= word_lexer.MAX_EXPANSION and "$" not in literal else None


def split_words(word: str, environment: Mapping[str, str], escape: str) -> list[str]:
    """The words that `word` makes once expanded, as EXPOSE has them (`Lex.ProcessWords`).

    As there, a `${x…}` with an operand takes away what its own word holds before it: BuildKit
    reads the operand into the buffer where that word was waiting.
    """
    if _find_special(word) is None and "<<" not in word:
        return split_at_blanks(word)
    lexer = Lexer(word, environment, escape, splitter=Splitter())
    lexer.read()
    return lexer.words()
