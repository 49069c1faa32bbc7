import pytest

from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.including import Include, fixed_text, includes_of, local_path
from stagegraph.projects.compose.sections import Surroundings
from stagegraph.projects.compose.yaml_nodes import documents
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import NotEvaluated
from stagegraph.projects.limits import Allowance


def around(**given):
    return Surroundings(Environment(given), ".", Allowance())


def includes(text, **given):
    (node,) = documents(text, "c.yml")
    return list(includes_of(node, around(**given)))


def test_paths_alone_and_with_more():
    text = (
        "- a.yml\n- path: [b.yml, $X.yml]\n  project_directory: d\n  env_file: e\n- {path: f.yml, env_file: [g, h]}\n"
    )
    assert includes(text, X="c") == [
        Include(("a.yml",), None, (), Place("c.yml", 1)),
        Include(("b.yml", "c.yml"), "d", ("e",), Place("c.yml", 2)),
        Include(("f.yml",), None, ("g", "h"), Place("c.yml", 5)),
    ]
    assert list(includes_of(None, around())) == []
    assert includes("~") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a.yml", "include must be a list"),
        ("- {}", "an include has no path"),
        ("- [a]", "a path was expected"),
        ("- 5", "a text was expected"),
        ("- oci://h/a", "oci://h/a would have to be fetched"),
        ("- https://h/r.git", "https://h/r.git would have to be fetched"),
        ("- $X.yml", "$X.yml depends on X, which can be set from outside"),
        ("- ${X?}", "the variable X is required and has no value"),
    ],
)
def test_what_is_refused(text, reason):
    with pytest.raises(NotEvaluated) as caught:
        includes(text)
    assert caught.value.fault.reason in (reason, reason.replace("path", "text"))


def test_a_text_on_which_depends_what_is_read():
    (node,) = documents("$A-b", "c.yml")
    assert fixed_text(node, around(A="x")) == "x-b"
    assert local_path(node, around(A="x")) == "x-b"


def test_a_file_that_is_not_there_is_missed_where_it_is_included(project):
    found = project({"compose.yaml": "include:\n  - more.yaml\n"})
    assert [str(one) for one in found.unknown] == [
        "more.yaml cannot be read: no such file or directory (compose.yaml:2)"
    ]
