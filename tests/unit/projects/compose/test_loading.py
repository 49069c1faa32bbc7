import pytest

from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.loading import ComposeReader
from stagegraph.projects.drafts import NotEvaluated, Said
from stagegraph.projects.files import Files
from stagegraph.projects.limits import Allowance


@pytest.fixture
def read(written):
    def reading(files, *paths, **given):
        return ComposeReader(Files(written(files)), Environment(given), Allowance()).read(paths or ("compose.yaml",))

    return reading


def value(slot):
    assert isinstance(slot, Said)
    return slot.text.value


def test_later_files_override_earlier_ones(read):
    files = {
        "a.yml": "services: {web: {build: {context: x, args: {A: 1}}}, db: {image: db}}",
        "b.yml": "services: {web: {build: {target: t, args: [B=2]}}, db: {build: y}}",
    }
    found = read(files, "a.yml", "b.yml")
    web = found["web"]
    assert (value(web.context), value(web.target), sorted(web.args)) == ("x", "t", ["A", "B"])
    assert str(web.declared_at) == "a.yml:1"
    assert value(found["db"].context) == "y"


def test_the_documents_of_a_file_override_each_other(read):
    found = read({"compose.yaml": "services: {w: {build: {context: a, target: t}}}\n---\nservices: {w: {build: b}}\n"})
    assert (value(found["w"].context), value(found["w"].target)) == ("b", "t")


def test_variables_come_from_the_file_beside_the_first(read):
    files = {
        "x/compose.yaml": "services: {w: {build: {context: $A, target: $B}}}",
        "x/.env": "A=a\nB=b\n",
        ".env": "A=no\n",
    }
    web = read(files, "x/compose.yaml", B="given")["w"]
    assert (value(web.context), value(web.target)) == ("a", "given")


def test_included_files_have_paths_and_variables_of_their_own(read):
    files = {
        "compose.yaml": """\
include:
  - sub/a.yml
  - path: [sub/b.yml, sub/c.yml]
    project_directory: other
    env_file: e.env
services:
  a: {build: {target: own}}
""",
        "sub/a.yml": "services: {a: {build: {context: ./a, target: $V}}}",
        "sub/.env": "V=from-sub",
        "sub/b.yml": "services: {b: {build: {context: ./b, target: $V}}}",
        "sub/c.yml": "services: {b: {build: {dockerfile: D}}}",
        "e.env": "V=from-e",
    }
    found = read(files)
    assert (value(found["a"].context), value(found["a"].target)) == ("sub/a", "own")
    assert (value(found["b"].context), value(found["b"].target), value(found["b"].dockerfile)) == (
        "other/b",
        "from-e",
        "D",
    )


def test_an_included_file_may_be_included_again(read):
    files = {
        "compose.yaml": "include: [a.yml, b.yml]",
        "a.yml": "include: [c.yml]",
        "b.yml": "include: [c.yml]",
        "c.yml": "services: {c: {build: .}}",
    }
    assert list(read(files)) == ["c"]


def test_the_same_file_cannot_be_included_without_end(read):
    files = {"compose.yaml": "include: [i0.yml]"}
    files |= {f"i{n}.yml": f"include: [i{n + 1}.yml, i{n + 1}.yml]" for n in range(40)}
    files["i40.yml"] = "services: {}"
    with pytest.raises(Exception, match="a limit of stagegraph"):
        read(files)


@pytest.mark.parametrize(
    ("files", "reason", "place"),
    [
        ({"compose.yaml": "services: 5"}, "services must be a mapping", "compose.yaml:1"),
        (
            {"compose.yaml": "a: 1\ninclude: [none.yml]"},
            "none.yml cannot be read: no such file or directory",
            "compose.yaml:2",
        ),
        ({"compose.yaml": "services: {}", ".env": "A B"}, "line 1 is not of the form NAME=value", ".env:1"),
    ],
)
def test_what_is_refused(read, files, reason, place):
    with pytest.raises(NotEvaluated) as caught:
        read(files)
    assert (caught.value.fault.reason, str(caught.value.fault.place)) == (reason, place)


def test_a_file_without_services_has_none(read):
    assert read({"compose.yaml": "networks: {}\nservices:\n"}) == {}
