"""The patterns of `${x#p}`, `${x%p}` and `${x/p/r}`: what they match; what is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph import word_patterns
from stagegraph.word_patterns import PatternError


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [
        ("", "a.b.c", "a.b.c"),
        ("*.", "b.c", "c"),
        ("?", ".b.c", ".b.c"),
        ("*", "a.b.c", ""),
        ("b", "a.b.c", "a.b.c"),
        ("a.b.c?", "a.b.c", "a.b.c"),
    ],
)
def test_trim_prefix(pattern: str, shortest: str, longest: str) -> None:
    assert word_patterns.trim_prefix(pattern, "a.b.c", longest=False) == shortest
    assert word_patterns.trim_prefix(pattern, "a.b.c", longest=True) == longest


@pytest.mark.parametrize(
    ("pattern", "shortest", "longest"),
    [("", "a.b.c", "a.b.c"), (".*", "a.b", "a"), ("?", "a.b.", "a.b."), ("*", "a.b.c", ""), ("b", "a.b.c", "a.b.c")],
)
def test_trim_suffix(pattern: str, shortest: str, longest: str) -> None:
    assert word_patterns.trim_suffix(pattern, "a.b.c", longest=False) == shortest
    assert word_patterns.trim_suffix(pattern, "a.b.c", longest=True) == longest


@pytest.mark.parametrize(("pattern", "rest"), [("\\*", "b"), ("\\?", "*b"), ("\\}", "*b"), ("\\/", "*b")])
def test_escaped_characters_stand_for_themselves(pattern: str, rest: str) -> None:
    assert word_patterns.trim_prefix(pattern, "*b", longest=True) == rest


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("\\a", "invalid pattern (\\a) in substitution: invalid escape '\\a'"),
        ("x\\", "invalid pattern (x\\) in substitution: invalid escape '\\\ufffd'"),
    ],
)
def test_other_escapes_are_refused(pattern: str, message: str) -> None:
    with pytest.raises(PatternError) as caught:
        word_patterns.trim_prefix(pattern, "ab", longest=True)
    assert str(caught.value) == message


@pytest.mark.parametrize(
    ("pattern", "replacement", "first", "every"),
    [
        ("b", "x", "axbab", "axxax"),
        ("b", "$0$0", "a$0$0bab", "abbbbabb"),
        ("b", "${0}$$$none.", "a${0}$$$none.bab", "ab$.b$.ab$."),
        ("z", "x", "abbab", "abbab"),
        ("b*", "", "a", "a"),
    ],
)
def test_replacing(pattern: str, replacement: str, first: str, every: str) -> None:
    assert "".join(word_patterns.replace_first(pattern, replacement, "abbab")) == first
    assert "".join(word_patterns.replace_all(pattern, replacement, "abbab")) == every


def test_bytes_that_are_no_text_are_replacement_characters() -> None:
    assert word_patterns.repaired("a\udcffb") == "a\ufffdb"
    assert word_patterns.trim_prefix("\udcfe", "\udcffb", longest=True) == "b"


@pytest.mark.parametrize(("run", "start"), [("aB_9", "aB_9"), ("é٣x²y", "é٣x"), ("Ⅷ", ""), ("", "")])
def test_letters_and_digits(run: str, start: str) -> None:
    assert word_patterns.letters_and_digits(run) == start


PATTERNS = st.lists(st.sampled_from(["a", "b", "\n", "*", "?"]), max_size=5).map("".join)
VALUES = st.text("ab\n", max_size=10)


def as_expression(pattern: str, star: str) -> str:
    """A pattern as an expression of Python, whose `.` spares line feeds like Go's."""
    return "".join({"*": star, "?": "."}.get(character, character) for character in pattern)


@given(PATTERNS, VALUES)
def test_law_trimming_is_an_anchored_match(pattern: str, value: str) -> None:
    """The prefix that goes is the one a regular expression would match, greedy or not."""
    for longest, star in ((False, ".*?"), (True, ".*")):
        found = re.match(as_expression(pattern, star), value)
        assert word_patterns.trim_prefix(pattern, value, longest=longest) == value[found.end() if found else 0 :]
        backwards = word_patterns.trim_suffix(pattern[::-1], value[::-1], longest=longest)
        assert backwards[::-1] == value[found.end() if found else 0 :]


@given(PATTERNS, VALUES)
def test_law_the_first_replacement_is_a_greedy_search(pattern: str, value: str) -> None:
    """The match replaced is the leftmost and then the longest."""
    expected = re.sub(as_expression(pattern, ".*"), "<>", value, count=1)
    assert "".join(word_patterns.replace_first(pattern, "<>", value)) == expected


@given(PATTERNS, VALUES)
def test_law_a_match_replaced_by_itself_changes_nothing(pattern: str, value: str) -> None:
    """`$0` is the match, so putting it in place of every match gives the value again."""
    assert "".join(word_patterns.replace_all(pattern, "$0", value)) == value
