"""Parser directives, by both readers."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.syntax.directives import DirectiveReader, FoundDirective, check_escape, find_directive


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ("# syntax=docker/dockerfile:1", "syntax", "docker/dockerfile:1"),
        ("#syntax=x", "syntax", "x"),
        ("#  \t syntax \t=\t x y \t", "syntax", "x y"),
        ("# SYNTAX=x", "syntax", "x"),
        ("# escape=`", "escape", "`"),
        ("# Check=skip=all", "check", "skip=all"),
        ("# syntax =  ", "syntax", " "),
    ],
)
def test_a_directive(line: str, name: str, value: str) -> None:
    assert DirectiveReader().read(line) == FoundDirective(name, value, 1)


@pytest.mark.parametrize(
    "line", ["# comment", "# syntax", "# syntax=", "# other=x", "# syn-tax=x", "syntax=x", "", "## syntax=x"]
)
def test_no_directive_and_none_after_it(line: str) -> None:
    reader = DirectiveReader()
    assert reader.read(line) is None
    assert reader.done
    assert reader.read("# syntax=x") is None


def test_lines_are_counted() -> None:
    reader = DirectiveReader()
    found = [reader.read(line) for line in ("# check=skip=all", "# escape=`", "# syntax=x")]
    assert found == [
        FoundDirective("check", "skip=all", 1),
        FoundDirective("escape", "`", 2),
        FoundDirective("syntax", "x", 3),
    ]


@pytest.mark.parametrize("name", ["syntax", "escape", "check"])
def test_a_directive_may_be_given_once(name: str) -> None:
    reader = DirectiveReader()
    reader.read(f"# {name}=\\")
    with pytest.raises(Complaint) as caught:
        reader.read(f"# {name.upper()}=\\")
    assert caught.value.message == f"only one {name} parser directive can be used"


@pytest.mark.parametrize("value", ["\\", "`"])
def test_escape_characters(value: str) -> None:
    assert check_escape(value) == value


@pytest.mark.parametrize("value", ["x", "\\\\", "'"])
def test_no_escape_character(value: str) -> None:
    with pytest.raises(Complaint) as caught:
        check_escape(value)
    assert caught.value.message == f"invalid escape token '{value}' does not match ` or \\"


@pytest.mark.parametrize(
    ("text", "value", "line"),
    [
        ("# syntax=a", "a", 1),
        ("# syntax=a\nFROM x", "a", 1),
        ("# syntax=a\r\nFROM x", "a", 1),
        ("\ufeff# syntax=a\n", "a", 1),
        ("#!/usr/bin/x\n# syntax=a\n", "a", 2),
        ("# escape=`\n# check=skip=all\n# syntax=a\n", "a", 3),
        ("// syntax=a\n", "a", 1),
        ("//syntax=a b\n", "a b", 1),
        ("#!x\n//syntax=a\n", "a", 2),
        ('{"syntax": "a", "other": 1}', "a", 0),
        (' \n{"syntax": "a"}\n', "a", 0),
    ],
)
def test_find_syntax(text: str, value: str, line: int) -> None:
    assert find_directive(text, "syntax") == FoundDirective("syntax", value, line)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FROM alpine\n# syntax=a\n",
        " # syntax=a\n",
        "\n# syntax=a\n",
        "# comment\n# syntax=a\n",
        "# check=skip=all\n# check=skip=all\n# syntax=a\n",
        '{"syntax": 1}',
        '{"syntax": "a"} trailing',
        '{"other": "a"}',
        '["syntax"]',
        '{"a":' * 100_000,
    ],
    ids=lambda text: text[:40],
)
def test_no_syntax_is_found(text: str) -> None:
    assert find_directive(text, "syntax") is None


def test_only_syntax_has_other_spellings() -> None:
    assert find_directive("//check=skip=all\n", "check") is None
    assert find_directive('{"check": "skip=all"}', "check") is None
    assert find_directive("# check=skip=all\n", "check") == FoundDirective("check", "skip=all", 1)


@pytest.mark.parametrize(("value", "word"), [("a", "a"), ("a b c", "a"), ("a\tb", "a\tb")])
def test_the_first_word_ends_at_a_blank(value: str, word: str) -> None:
    assert FoundDirective("syntax", value, 1).first_word == word
