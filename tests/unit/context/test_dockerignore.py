"""`.dockerignore`: its lines, and what they leave out."""

from __future__ import annotations

import pytest

from stagegraph.context.dockerignore import IgnoreFile
from stagegraph.errors import Complaint


def test_lines_are_cleaned():
    text = "\ufeff# comment\n\n  foo/  \n./a\na/../b\n/c\n! d/\n #no comment\n/\n.\n"
    assert IgnoreFile.read(text).patterns == ("foo", "a", "b", "c", "!d", "#no comment", "/", ".")


@pytest.mark.parametrize(
    ("patterns", "excluded", "seen"),
    [
        ("*.go", ["a.go"], ["a/b.go", "a.gox"]),
        ("**/*.go", ["a.go", "a/b.go", "a/b/c.go"], ["a.gox"]),
        ("a/**", ["a/b", "a/b/c"], ["a", "b/a"]),
        ("a", ["a", "a/b", "a/b/c"], ["ab", "b/a"]),
        ("dir\n!dir/keep", ["dir", "dir/x", "dir/keeper"], ["dir/keep", "dir/keep/y"]),
        ("!a\na", ["a"], []),
        ("a\n!a\na/b", ["a/b", "a/b/c"], ["a", "a/c"]),
        ("*\n!*.md", ["x", "d", "d/a.md"], ["a.md"]),
        ("**/x", ["x", "a/x", "a/b/x", "a/x/y"], ["ax"]),
        ("a**b", ["ab", "ax/b"], ["axb"]),
        (".", [], ["a", ".x"]),
        ("a.b", ["a.b"], ["axb"]),
        ("[ab]c", ["ac", "bc"], ["cc"]),
        (r"\*", ["*"], ["a"]),
        ("**", ["a", "a/b"], []),
        ("a b", ["a b"], ["a"]),
        ("ÿ", ["ÿ"], ["y"]),
    ],
)
def test_what_is_left_out(patterns, excluded, seen):
    ignored = IgnoreFile.read(patterns)
    assert [path for path in [*excluded, *seen] if ignored.excludes(path)] == excluded


def test_nothing_is_left_out_without_patterns():
    assert not IgnoreFile().excludes("a")
    assert not IgnoreFile.read("# only this\n").excludes("a")


def test_exceptions():
    assert IgnoreFile.read("a\n!a/b\n").has_exceptions
    assert not IgnoreFile.read("a\n").has_exceptions


@pytest.mark.parametrize(
    ("text", "message"), [("!\n", 'illegal exclusion pattern: "!"'), ("a\n[\n", "syntax error in pattern")]
)
def test_malformed_files(text, message):
    with pytest.raises(Complaint) as caught:
        IgnoreFile.read(text)
    assert caught.value.message == message
