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
# Words that need no lexer, as nearly all are: plain text with `$name`, `${name}` and `${name:-plain}` in it,
# and perhaps double quotes round the whole. Nothing is given back: names could be cut anywhere, for ever.
_VARIABLE = r"\$(?:[A-Za-z_]\w*+|{[A-Za-z_]\w*+(?::?[-+][^$'\"\\`{}]*+)?\})"
_is_simple = re.compile(rf"""(")?(?:[^$'"\\`]|{_VARIABLE})*+(?(1)")\Z""", re.ASCII).match
_is_simple_body = re.compile(rf"(?:[^$\\`]|{_VARIABLE})*+\Z", re.ASCII).match
_find_variables = re.compile(r"\$(?:\{(\w+)(:?[-+])?([^}]*)\}|([A-Za-z_]\w*))", re.ASCII).finditer
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
    if word.isascii():
        text = _expand_simply(word, environment, unmatched, raw_quotes, keep_unset, quotes)
        if text is not None:
            return text
    lexer = Lexer(word, environment, escape, quotes, raw_quotes, keep_unset)
    lexer.read()
    if unmatched is not None:
        unmatched |= lexer.unmatched
    return lexer.text()


def _expand_simply(
    word: str,
    environment: Mapping[str, str],
    unmatched: set[str] | None,
    raw_quotes: bool,
    keep_unset: bool,
    quotes: bool,
) -> str | None:
    """A word that is usual, expanded; None where that is better left to the lexer."""
    if not quotes:
        return _replace_variables(word, environment, keep_unset, unmatched) if _is_simple_body(word) else None
    if _is_simple(word):
        simple = word if raw_quotes or word[0] != '"' else word[1:-1]
        return simple if "$" not in simple else _replace_variables(simple, environment, keep_unset, unmatched)
    if word[0] == "'" and word.find("'", 1) == len(word) - 1 > 0:
        return word if raw_quotes else word[1:-1]
    return None


def _replace_variables(
    word: str, environment: Mapping[str, str], keep_unset: bool, unmatched: set[str] | None
) -> str | None:
    """A word with its variables replaced; None where that is better left to the lexer."""
    pieces: list[str] = []
    end = 0
    for found in _find_variables(word):
        braced, modifier, operand, bare = found.groups()
        value = environment.get(braced or bare)
        if value is None and unmatched is not None:
            unmatched.add(braced or bare)
        if value is None and keep_unset:
            value = found[0]
        elif modifier:
            is_missing = value is None or (not value and modifier[0] == ":")
            value = ("" if is_missing else operand) if modifier[-1] == "+" else (operand if is_missing else value)
        pieces += (word[end : found.start()], value or "")
        end = found.end()
        if len(pieces) > 2 * _MOST_VARIABLES:
            return None
    pieces.append(word[end:])
    return "".join(pieces) if sum(map(len, pieces)) <= word_lexer.MAX_EXPANSION else None


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
