"""Classes of characters, which are Go's and not Python's."""

from __future__ import annotations

import pytest

from stagegraph.syntax.characters import SURROGATES, WHITE_SPACE, equal_fold, split_blanks


def test_white_space_is_what_go_says() -> None:
    """`str.isspace` has four characters more, which Go does not take for white space."""
    pythons = {chr(code) for code in range(0x110000) if chr(code).isspace()}
    assert set(WHITE_SPACE) == pythons - set("\x1c\x1d\x1e\x1f")
    assert len(WHITE_SPACE) == len(set(WHITE_SPACE))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ()),
        ("one", ("one",)),
        ("one two", ("one", "two")),
        ("one\t \v\f\rtwo", ("one", "two")),
        ("one\xa0two", ("one\xa0two",)),
        ("'a b' c", ("'a", "b'", "c")),
    ],
)
def test_split_blanks(text: str, words: tuple[str, ...]) -> None:
    assert split_blanks(text) == words


@pytest.mark.parametrize(
    ("left", "right", "equal"),
    [("AS", "as", True), ("As", "aS", True), ("as", "a", False), ("\u212a", "k", True), ("", "", True)],
)
def test_equal_fold(left: str, right: str, equal: bool) -> None:
    assert equal_fold(left, right) is equal


def test_surrogates_are_bytes_that_are_no_text() -> None:
    assert SURROGATES.findall(b"a\xffb\xc3\xa9\x80".decode("utf-8", "surrogateescape")) == ["\udcff", "\udc80"]
