"""The exec form: a JSON array of strings that is the whole text; anything else is shell form."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.exec_form import read_exec_form


@pytest.mark.parametrize(
    ("text", "strings"),
    [
        ("[]", ()),
        ('["a"]', ("a",)),
        ('[ "a" , "b c" ] ', ("a", "b c")),
        ('  ["a"]', ("a",)),
        (r'["\u00e9\n\"\\"]', ('é\n"\\',)),
        (r'["\ud83d\ude00"]', ("\U0001f600",)),
        (r'["\ud800"]', ("\ufffd",)),
        ('["\udcff"]', ("\ufffd",)),
        ("", None),
        ("a", None),
        ('"a"', None),
        ('{"a": 1}', None),
        ('["a"', None),
        ('["a"] b', None),
        ('["a"]["b"]', None),
        ("['a']", None),
        ('["a",]', None),
        ('["a\tb"]', None),
        ("[ -f /x ]", None),
        ("[NaN]", None),
        ("[Infinity]", None),
        ('["\\x"]', None),
        ('["a"]\xa0', None),
    ],
)
def test_read_exec_form(text: str, strings: tuple[str, ...] | None) -> None:
    assert read_exec_form(text) == strings


@pytest.mark.parametrize(
    "text",
    ["[1]", '["a", 1]', "[null]", "[true]", '[["a"]]', '[{"a": "b"}]', "[1e999]", "[" + "9" * 5000 + "]"],
    ids=lambda text: text[:12],
)
def test_arrays_of_anything_else_are_refused(text: str) -> None:
    with pytest.raises(Complaint) as caught:
        read_exec_form(text)
    assert caught.value.message == "when using JSON array syntax, arrays must be comprised of strings only"


def test_an_array_in_arrays_however_deep_is_refused() -> None:
    with pytest.raises(Complaint, match="arrays must be comprised of strings only"):
        read_exec_form("[" * 100_000 + "]" * 100_000)
