"""The fields of one CSV line."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.csv_fields import csv_fields


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("type=bind", ["type=bind"]),
        ("type=bind,from=a", ["type=bind", "from=a"]),
        (",", ["", ""]),
        ("a,", ["a", ""]),
        ('"a,b",c', ["a,b", "c"]),
        ('c,"a,b"', ["c", "a,b"]),
        ('""', [""]),
        ('"",', ["", ""]),
        ('"say ""hi"""', ['say "hi"']),
        ('"a\nb"', ["a\nb"]),
        ("a\nb", ["a\nb"]),
        ("a,b\n", ["a", "b"]),
        ("a,b\r\n", ["a", "b"]),
        (" a , b ", [" a ", " b "]),
        ("\udcff,\u00e9", ["\udcff", "\u00e9"]),
    ],
)
def test_fields(text: str, expected: list[str]) -> None:
    assert csv_fields(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "EOF"),
        ("\n", "EOF"),
        ("\r\n", "EOF"),
        ('a"b', 'parse error on line 1, column 2: bare " in non-quoted-field'),
        ('x,a"b"', 'parse error on line 1, column 4: bare " in non-quoted-field'),
        ('\u00e9,\udcff"', 'parse error on line 1, column 5: bare " in non-quoted-field'),
        ('"a', 'parse error on line 1, column 2: extraneous or missing " in quoted-field'),
        ('"a""', 'parse error on line 1, column 5: extraneous or missing " in quoted-field'),
        ('"a"b', 'parse error on line 1, column 3: extraneous or missing " in quoted-field'),
        ('a,"', 'parse error on line 1, column 4: extraneous or missing " in quoted-field'),
    ],
)
def test_what_is_no_csv(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        csv_fields(text)
    assert caught.value.message == message
