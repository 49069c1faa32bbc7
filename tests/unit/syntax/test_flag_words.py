"""Flag words: where they end, and what quotes and escapes do in them."""

from __future__ import annotations

import pytest

from stagegraph.syntax.flag_words import split_flags


@pytest.mark.parametrize(
    ("text", "flags", "rest"),
    [
        ("a b", (), "a b"),
        ("--from=x a b", ("--from=x",), "a b"),
        ("--a --b=c  \t d ", ("--a", "--b=c"), "d"),
        ("--only", ("--only",), ""),
        ("-- --a b", (), "--a b"),
        ("--a -- --b c", ("--a",), "--b c"),
        ("-a b", (), "-a b"),
        ("--a b --c", ("--a",), "b --c"),
        ('--a="b c" d', ("--a=b c",), "d"),
        ("--a='b \"c' d", ('--a=b "c',), "d"),
        ('--a=b" c"d e', ("--a=b cd",), "e"),
        (r"--a=b\ c d", ("--a=b c",), "d"),
        (r"--a=\"b d", ('--a="b',), "d"),
        (r"--a='b\'c' d", ("--a=b'c",), "d"),
        ("--a=b\\", ("--a=b",), ""),
        ('--a="open b', ("--a=open b",), ""),
        ('--""', (), ""),
        ('--"" a', (), "a"),
        ("--a=é b", ("--a=Ã©",), "b"),
        ("--a=b\xa0c d", ("--a=bÂ",), "c d"),
        ("--a=x\udcff y", ("--a=xÿ",), "y"),
        ("--a \xa0b", ("--a",), "b"),
    ],
)
def test_split_flags(text: str, flags: tuple[str, ...], rest: str) -> None:
    assert split_flags(text, "\\") == (flags, rest)


def test_the_escape_is_the_one_of_the_file() -> None:
    assert split_flags("--a=b` c d", "`") == (("--a=b c",), "d")
    assert split_flags("--a=b\\ c", "`") == (("--a=b\\",), "c")
