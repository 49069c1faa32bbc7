"""Patterns of paths, as Go reads them."""

from __future__ import annotations

import pytest

from stagegraph.context.patterns import has_wildcards, matcher_of
from stagegraph.errors import Complaint


@pytest.mark.parametrize(
    ("pattern", "matching", "others"),
    [
        ("*.go", ["a.go", ".go"], ["a.goo", "d/a.go"]),
        ("a?c", ["abc", "a.c"], ["ac", "a/c", "abbc"]),
        ("[a-c]x", ["ax", "cx"], ["dx", "x"]),
        ("[^a-c]x", ["dx"], ["ax"]),
        (r"a\*", ["a*"], ["ab"]),
        (r"[\]a]", ["]", "a"], ["b"]),
        ("a+(b)", ["a+(b)"], ["aab"]),
        ("[c-a]", [], ["a", "b", "c"]),
        ("[^c-a]", ["b"], []),
        ("[&&~|]", ["&", "~", "|"], ["a"]),
        ("**", ["ab", ""], ["a/b"]),
        ("ä*", ["ä", "äö"], ["a"]),
    ],
)
def test_what_a_pattern_matches(pattern, matching, others):
    assert [text for text in [*matching, *others] if matcher_of(pattern).match(text)] == matching


@pytest.mark.parametrize("pattern", ["[", "[]", "[]a]", "[a", "[a-", "[a-]", "[-a]", "a\\", "[^", "[a\\"])
def test_malformed_patterns(pattern):
    with pytest.raises(Complaint, match=r"^syntax error in pattern$"):
        matcher_of(pattern)


@pytest.mark.parametrize(
    ("path", "expected"), [("a/b", False), ("a*", True), (r"a\*", False), (r"\\?", True), ("[a", True)]
)
def test_which_paths_are_patterns(path, expected):
    assert has_wildcards(path) is expected
