"""The short way for usual words gives what the lexer gives, in every mode."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from stagegraph.errors import Complaint
from stagegraph.word_lexer import Lexer
from stagegraph.words import expand_text

ENVIRONMENT = {"a": "1", "B": "", "long": "two words"}
PIECES = [
    "$",
    "{",
    "}",
    "a",
    "B",
    "x",
    "_",
    ":-",
    "-",
    ":+",
    "+",
    "'",
    '"',
    "\\",
    "`",
    " ",
    "<",
    ":",
    "?",
    "/",
    "\n",
    "é",
]
USUAL = ["$a", "${a}", "$x", "${x}", "${B:-x y}", "${x-}", "${B-x}", "${B+x}", "${a+yes}", "${long:+}"]
Answer = tuple[str, frozenset[str]]


def by_the_lexer(word: str, escape: str, raw_quotes: bool, keep_unset: bool, quotes: bool) -> Answer:
    lexer = Lexer(word, ENVIRONMENT, escape, quotes, raw_quotes, keep_unset)
    try:
        lexer.read()
    except Complaint as complaint:
        return complaint.message, frozenset()
    return lexer.text(), frozenset(lexer.unmatched)


def by_the_short_way(word: str, escape: str, raw_quotes: bool, keep_unset: bool, quotes: bool) -> Answer:
    unmatched: set[str] = set()
    modes = {"raw_quotes": raw_quotes, "keep_unset": keep_unset, "quotes": quotes}
    try:
        text = expand_text(word, ENVIRONMENT, escape, unmatched=unmatched, **modes)
    except Complaint as complaint:
        return complaint.message, frozenset()
    return text, frozenset(unmatched)


@given(
    word=st.lists(st.sampled_from(PIECES + USUAL), max_size=7).map("".join),
    around=st.sampled_from(["", "'", '"']),
    escape=st.sampled_from("\\`"),
    raw_quotes=st.booleans(),
    keep_unset=st.booleans(),
    quotes=st.booleans(),
)
@example(word="${x:-y}", around='"', escape="\\", raw_quotes=True, keep_unset=True, quotes=True)
@example(word="", around="'", escape="\\", raw_quotes=False, keep_unset=False, quotes=True)
@example(word="${B-x}", around="", escape="\\", raw_quotes=False, keep_unset=False, quotes=True)
@example(word="${B+x}", around="", escape="\\", raw_quotes=False, keep_unset=False, quotes=True)
@example(word="${B:+x}", around="", escape="\\", raw_quotes=False, keep_unset=False, quotes=True)
@example(word="${x:-y}z", around="", escape="\\", raw_quotes=False, keep_unset=False, quotes=True)
def test_words(word: str, around: str, escape: str, raw_quotes: bool, keep_unset: bool, quotes: bool) -> None:
    modes = (f"{around}{word}{around}", escape, raw_quotes, keep_unset, quotes)
    assert by_the_short_way(*modes) == by_the_lexer(*modes)
