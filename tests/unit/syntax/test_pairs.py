"""The words of ARG, ENV and LABEL: where they end, and the two forms of a pair."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.pairs import Pair, read_pairs, split_quoted_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("a b=c", ["a", "b=c"]),
        ("  a \t b  ", ["a", "b"]),
        ("a='b c' d", ["a='b c'", "d"]),
        ('a="b c"d e', ['a="b c"d', "e"]),
        (r"a=b\ c d", [r"a=b\ c", "d"]),
        (r'a="b\" c" d', [r'a="b\" c"', "d"]),
        (r"a='b\' c' d", [r"a='b\'", "c' d"]),
        ("a='open b", ["a='open b"]),
        ('a="open b', ['a="open b']),
        ("a=b\\", ["a=b"]),
        ("\\", []),
        ("a \\", ["a"]),
        ("a=b\\\\", ["a=b\\\\"]),
        ("a='b\\", ["a='b\\"]),
        ('a="b\\', ['a="b']),
        ("a\xa0b", ["a", "b"]),
        ("a=\udcff", ["a=\ufffd"]),
        ("a=\x1cb", ["a=\x1cb"]),
    ],
)
def test_split_quoted_words(text: str, words: list[str]) -> None:
    assert split_quoted_words(text, "\\") == words


def test_the_escape_is_the_one_of_the_file() -> None:
    assert split_quoted_words("a=b` c d\\ e", "`") == ["a=b` c", "d\\", "e"]


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        ("", ()),
        ("a=b", (Pair("a", "b"),)),
        ("a=b=c d=", (Pair("a", "b=c"), Pair("d", ""))),
        ("=b", (Pair("", "b"),)),
        ("a='x y' \"b c\"=d", (Pair("a", "'x y'"), Pair('"b c"', "d"))),
        ("a b", (Pair("a", "b", separator=""),)),
        ("a  b  c=d", (Pair("a", "b  c=d", separator=""),)),
        ("a 'b c'", (Pair("a", "'b c'", separator=""),)),
    ],
)
def test_read_pairs(text: str, pairs: tuple[Pair, ...]) -> None:
    assert read_pairs(text, "\\", "ENV") == pairs


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a", "LABEL must have two arguments"),
        ("a=b c", 'Syntax error - can\'t find = in "c". Must be of the form: name=value'),
        ('a=b "c d"', 'Syntax error - can\'t find = in "\\"c d\\"". Must be of the form: name=value'),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read_pairs(text, "\\", "LABEL")
    assert caught.value.message == message
