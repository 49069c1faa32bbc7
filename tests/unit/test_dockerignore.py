"""`.dockerignore`: what the patterns of `moby/patternmatcher` leave out (each answer is that package's own)."""

from __future__ import annotations

import pytest

from stagegraph.dockerignore import DockerIgnore, IgnorePattern
from stagegraph.errors import Complaint


@pytest.mark.parametrize(
    ("text", "path", "excluded"),
    [
        ("node_modules", "node_modules", True),
        ("node_modules", "node_modules/a/b", True),
        ("node_modules", "src/node_modules", False),
        ("node_modules/", "node_modules", True),
        ("/build", "build/x", True),
        ("./a/../b", "b", True),
        ("*.go", "main.go", True),
        ("*.go", "cmd/main.go", False),
        ("**/*.go", "cmd/main.go", True),
        ("**/*.go", "main.go", True),
        ("**/tmp", "a/b/tmp", True),
        ("**/tmp", "a/btmp", False),
        ("**tmp", "a/btmp", True),
        ("a/**", "a/b", True),
        ("a/**", "a", False),
        ("a/**/b", "a/b", True),
        ("a/**/b", "a/x/y/b", True),
        ("?.txt", "a.txt", True),
        ("?.txt", "ab.txt", False),
        ("[ab].txt", "b.txt", True),
        ("[^ab].txt", "b.txt", False),
        (r"\*", "*", True),
        (r"\*", "a", False),
        (".", "a", False),
        ("# a\n  b  \n\n", "b", True),
        ("# a", "# a", False),
        ("a|b*", "ax", True),  # a bar is not escaped there
        ("*\n!keep", "keep", False),
        ("*\n!keep", "other", True),
        ("dir\n!dir/keep", "dir/keep", False),
        ("!a\na", "a", True),
        ("*", "/a", True),
        ("a", "/a", False),
        ("\ufeffa", "a", True),
        (r"\é*", "é", False),  # Go has no such escape, so the pattern is never asked
    ],
)
def test_excludes(text, path, excluded):
    assert DockerIgnore.read(text).excludes(path) is excluded


def test_lines_are_cleaned():
    text = "\ufeff# comment\n\n  foo/  \n./a\na/../b\n/c\n! d/\n #no comment\n/\n.\n"
    lines = [("!" if one.is_exception else "") + one.text for one in DockerIgnore.read(text).patterns]
    assert lines == ["foo", "a", "b", "c", "!d", "#no comment", "/", "."]


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
    ignored = DockerIgnore.read(patterns)
    assert [path for path in [*excluded, *seen] if ignored.excludes(path)] == excluded


def test_nothing_is_left_out_without_patterns():
    assert not DockerIgnore().excludes("a")
    assert not DockerIgnore.read("# only this\n").excludes("a")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("!", 'illegal exclusion pattern: "!"'),
        ("!\n", 'illegal exclusion pattern: "!"'),
        ("a\n[\n", "syntax error in pattern"),
        ("! ", 'illegal exclusion pattern: "!"'),
        ("[a", "syntax error in pattern"),
        ("[]a]", "syntax error in pattern"),
        ("[a-]", "syntax error in pattern"),
        ("a\\", "syntax error in pattern"),
        (".*[", "syntax error in pattern"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(Complaint) as caught:
        DockerIgnore.read(text)
    assert caught.value.message == message


def test_a_bracket_behind_what_does_not_match_is_not_looked_at():
    assert not DockerIgnore.read("a*[").excludes("a")


@pytest.mark.parametrize(
    ("text", "everything", "exceptions"),
    [
        ("a\n!a/b\n", False, True),
        ("a\n", False, False),
        ("*", True, False),
        ("**", True, False),
        ("**/*", True, False),
        ("*.go", False, False),
        ("*\n!a", True, True),
    ],
)
def test_what_a_whole_file_says(text, everything, exceptions):
    ignored = DockerIgnore.read(text)
    assert (ignored.excludes_everything, ignored.has_exceptions) == (everything, exceptions)


class Recorded:
    """An expression that remembers what it was asked."""

    def __init__(self):
        self.asked = []

    def search(self, path):
        self.asked.append(path)


@pytest.mark.parametrize(
    ("text", "path", "tried"),
    [
        ("*ab", "a" * 10_000, True),
        ("*a" * 2 + "b", "a" * 1_000, True),
        ("*a" * 2 + "b", "a" * 100_000, False),
        ("*a" * 3 + "b", "a" * 300, True),
        ("*a" * 3 + "b", "a" * 500, False),
        ("*a" * 30 + "b", "a" * 2000, False),
        ("**/a" * 30 + "b", "a/" * 1000 + "a", False),
    ],
)
def test_stars_that_may_fit_in_too_many_ways_are_not_tried(text, path, tried):
    expression = Recorded()
    assert not DockerIgnore((IgnorePattern(text, is_exception=False, expression=expression),)).excludes(path)
    assert (path in expression.asked) is tried
    assert not DockerIgnore.read(text).excludes(path)
