"""Upper and lower case as Go has them."""

from __future__ import annotations

import pytest

from stagegraph.values.letters import as_runes, lower, upper


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AbC1", "abc1"),
        ("\u00c9", "\u00e9"),
        ("\u0130x", "ix"),
        ("\u039f\u03a3", "\u03bf\u03c3"),
        ("\u212a", "k"),
        ("A\udcff", "a\ufffd"),
    ],
)
def test_lower(text: str, expected: str) -> None:
    assert lower(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("AbC1", "ABC1"), ("\u00e9", "\u00c9"), ("\u017f", "S"), ("\ufb06", "\ufb06"), ("\udc80a", "\ufffdA")],
)
def test_upper(text: str, expected: str) -> None:
    assert upper(text) == expected


def test_undecodable_bytes_are_all_one_character() -> None:
    assert as_runes("\udc80\udcff") == "\ufffd\ufffd"
    assert as_runes("plain") == "plain"
