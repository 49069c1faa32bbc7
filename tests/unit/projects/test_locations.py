import pytest

from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, Said
from stagegraph.projects.locations import is_path, is_remote, located, target_link
from stagegraph.projects.texts import Text

HERE = Place("compose.yaml", 1)


@pytest.mark.parametrize(
    "value",
    ["https://example.com/a.git", "git@github.com:a/b.git", "github.com/a/b", "ssh://git@h/a", "git://h/a", "http://x"],
)
def test_what_is_fetched(value):
    assert is_remote(value)
    assert not is_path(value)


@pytest.mark.parametrize("value", [".", "./a", "/abs", "../x", "cwd://a", "a b"])
def test_what_is_a_directory(value):
    assert is_path(value)
    assert not is_remote(value)


@pytest.mark.parametrize("value", ["target:a", "docker-image://alpine", "oci-layout://x", "service:db", "other://x"])
def test_what_is_neither(value):
    assert not is_path(value)
    assert located("sub", Text.known(value)) == Text.known(value)


@pytest.mark.parametrize(("value", "expected"), [("a", "sub/a"), ("cwd://a", "sub/a"), ("cwd://", "sub"), ("", "")])
def test_a_directory_is_seen_from_elsewhere(value, expected):
    assert located("sub", Text.known(value)).value == expected


def test_a_context_that_is_the_result_of_a_build():
    assert target_link(Said(Text.known("target:base"), HERE)) == "base"
    assert target_link(Said(Text.known("./base"), HERE)) is None
    assert target_link(Fault("no", HERE)) is None
