"""URLs as Go takes them apart and spells them."""

from __future__ import annotations

import pytest

from stagegraph.values.urls import Url, decode, escape_user, parse_query, parse_url


def test_the_parts() -> None:
    assert parse_url("HTTPS://me:pw@Example.com:80/a%20b.git?x=1&y#main:sub%2Fdir") == Url(
        "https", "/a b.git", "x=1&y", "main:sub/dir", "https://me:pw@Example.com:80/a%20b.git"
    )


def test_a_relative_path() -> None:
    assert parse_url("github.com/a/b?x#y") == Url("", "github.com/a/b", "x", "y", "github.com/a/b")


@pytest.mark.parametrize(
    ("text", "remote"),
    [
        ("https://h/a b", "https://h/a%20b"),
        ("https://h/a%41", "https://h/a%41"),
        ("https://h/a b%41", "https://h/a%20bA"),
        ("https://h/(a)!", "https://h/(a)!"),
        ("https://h/(a)! b", "https://h/%28a%29%21%20b"),
        ("https://h/caf\u00e9\udcff", "https://h/caf%C3%A9%FF"),
        ("https://h/x?", "https://h/x?"),
        ("https://h/x??", "https://h/x"),
        ("https://h", "https://h"),
        ("https://", "https:"),
        ("https:///x", "https:///x"),
        ("https://@h/", "https://@h/"),
        ("https://a:b:c@h/", "https://a:b%3Ac@h/"),
        ("https://%41:@h/", "https://A:@h/"),
        ("https://h%C3%A9/", "https://h%C3%A9/"),
        ("https://h%25/", "https://h%25/"),
        ("https://[::1]:80/", "https://[::1]:80/"),
        ("https://[fe80::1%25en%200]/", "https://[fe80::1%25en%200]/"),
        ("git://a:b:1/", "git://a:b:1/"),
        ("git://h:/", "git://h:/"),
    ],
)
def test_how_go_spells_it(text: str, remote: str) -> None:
    url = parse_url(text)
    assert url is not None
    assert url.remote == remote


@pytest.mark.parametrize(
    "text",
    [
        "https://h/%zz",
        "https://h/#%z",
        "https://h/\x7f",
        "https://h\n/",
        "https://a b/",
        "https://h%41/",
        "https://h:x/",
        "https://a:b:1/",
        "https://\u00e9@h/",
        "https://a%zz@h/",
        "https://a[::1]/",
        "https://[::1/",
        "https://[::1]x/",
        "https://[10.0.0.1]/",
        "https://[::g]/",
        "https://[fe80::1%25]/",
        "https://[fe80::1%25%00]/",
        "https://[fe80::1%25a b]/",
        "https://[fe80::1%41]/",
    ],
)
def test_what_go_refuses(text: str) -> None:
    assert parse_url(text) is None


@pytest.mark.parametrize(
    ("query", "values", "sound"),
    [
        ("", {}, True),
        ("a=1&b&a=2&&=x", {"a": ["1", "2"], "b": [""], "": ["x"]}, True),
        ("a+b=c%2Bd+e", {"a b": ["c+d e"]}, True),
        ("a=1;b=2&c=%zz&d=%", {}, False),
        ("a=%ff", {"a": ["\udcff"]}, True),
        ("&" * 10_000 + "a", {}, False),
    ],
)
def test_parse_query(query: str, values: dict[str, list[str]], sound: bool) -> None:
    assert parse_query(query) == (values, sound)


def test_bytes_come_together_again() -> None:
    assert decode("\udcc3%A9") == "\u00e9"


def test_escape_user() -> None:
    assert escape_user("a@b:c/$&") == "a%40b%3Ac%2F$&"
