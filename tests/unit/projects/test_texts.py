import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph.projects.texts import Text, joined, joined_path, matches, named

PATHS = st.from_regex(r"(?:[a-z*?\[\]]{1,3}/){0,2}[a-z*?\[\]]{1,3}", fullmatch=True)


def test_a_gap_becomes_anything():
    text = Text.known("Dockerfile.") + Text.gap("prod", ["ENV"])
    assert text == Text("Dockerfile.prod", "Dockerfile.*", frozenset({"ENV"}))
    assert matches(text.pattern, "Dockerfile.dev")
    assert not matches(text.pattern, "Containerfile.dev")


@given(PATHS)
def test_a_known_text_is_matched_by_itself_whatever_it_holds(path):
    assert matches(Text.known(path).pattern, path)


@given(PATHS, PATHS)
def test_a_known_text_matches_nothing_else(path, other):
    assert matches(Text.known(path).pattern, other) == (path == other)


def test_parts_are_joined():
    text = joined([Text.known("a"), Text.gap("b", ["X"]), Text.gap("", ["Y"])])
    assert (text.value, text.pattern, text.variables) == ("ab", "a**", frozenset({"X", "Y"}))
    assert joined([]) == Text.known("")


@pytest.mark.parametrize(
    ("directory", "path", "expected"),
    [
        (".", "Dockerfile", "Dockerfile"),
        ("app", "./docker/../Dockerfile", "app/Dockerfile"),
        ("app", "../Dockerfile", "Dockerfile"),
        ("app", "/etc/Dockerfile", "/etc/Dockerfile"),
        (".", "../x", "../x"),
        ("//a", "b", "/a/b"),
    ],
)
def test_paths_are_joined(directory, path, expected):
    assert joined_path(Text.known(directory), Text.known(path)) == Text.known(expected)


def test_a_variable_that_is_a_directory_may_be_empty():
    path = joined_path(Text.known("services"), Text.gap("web", ["NAME"]) + Text.known("/Dockerfile"))
    assert path.value == "services/web/Dockerfile"
    assert matches(path.pattern, "services/api/Dockerfile")
    assert matches(path.pattern, "services/Dockerfile")
    assert not matches(path.pattern, "other/Dockerfile")


def test_variables_are_named_in_a_sentence():
    assert named(["B"]) == "B, which can be set from outside"
    assert named({"C", "A", "B"}) == "A, B and C, which can be set from outside"
