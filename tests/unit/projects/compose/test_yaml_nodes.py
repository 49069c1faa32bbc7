import pytest

from stagegraph.projects.compose.yaml_nodes import Mapping, Scalar, Sequence, documents, entries
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import NotEvaluated
from stagegraph.projects.limits import MAX_NESTING


def mapping(text):
    (node,) = documents(text, "c.yml")
    assert isinstance(node, Mapping)
    return node


def texts(node):
    return {key: value.text for key, (_, value) in entries(node).items() if isinstance(value, Scalar)}


def test_nodes_have_places_styles_and_tags():
    found = entries(mapping("a: x\nb: 'y'\nc: !reset null\nd:\n  - 1\n  - !!str 2\n"))
    assert found["a"] == (Place("c.yml", 1), found["a"][1])
    plain, quoted, tagged, items = (found[key][1] for key in "abcd")
    assert isinstance(plain, Scalar)
    assert (plain.text, plain.plain, plain.tag) == ("x", True, None)
    assert isinstance(quoted, Scalar)
    assert (quoted.text, quoted.plain) == ("y", False)
    assert (tagged.tag, tagged.place.line) == ("!reset", 3)
    assert isinstance(items, Sequence)
    assert [item.place.line for item in items.items] == [5, 6]


def test_documents_that_are_empty_are_left_out():
    assert len(documents("---\n---\na: 1\n---\nb: 2\n", "c.yml")) == 2
    assert documents("# nothing\n", "c.yml") == []


def test_merge_keys_stand_behind_what_is_written():
    text = "x: &x {a: 1, b: 1}\ny: &y {b: 2, c: 2}\nz: &z\n  <<: [*x, *y]\n  c: 3\nw:\n  a: 4\n  <<: *z\n"
    found = entries(mapping(text))
    assert texts(found["z"][1]) == {"a": "1", "b": "1", "c": "3"}
    assert texts(found["w"][1]) == {"a": "4", "b": "1", "c": "3"}


def test_an_alias_is_the_node_itself():
    found = entries(mapping("a: &a {k: v}\nb: *a\n"))
    assert found["a"][1] is found["b"][1]


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ("a: 1\nb: [1", "it is no YAML: did not find expected", 2),
        ("a: 1\n\tb: 2\n", "it is no YAML: found a tab character that violates indentation", 2),
        ("a: *b\n", "it is no YAML: there is no anchor b", 1),
        ("a: 1\nb: \0", "it is no YAML: unacceptable character", 2),
        ("a: \ud800", "it is no YAML: it holds no text", 1),
        ("a: 1\nb: 2\na: 3\n", "the key a stands twice", 3),
        ("[a]: 1\n", "a key is no text", 1),
        ("x: 1\n<<: 5\n", "<< merges what is no mapping", 2),
        ("&a\n<<: *a\nb: 1\n", "a mapping merges itself", 1),
        ("[" * (MAX_NESTING + 1), "it is nested too deeply, a limit of stagegraph", 1),
    ],
)
def test_what_is_refused(text, reason, line):
    with pytest.raises(NotEvaluated) as caught:
        entries(mapping(text))
    assert caught.value.fault.reason.startswith(reason)
    assert caught.value.fault.place == Place("c.yml", line)


def test_aliases_of_aliases_take_no_room():
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60))]
    assert len(entries(mapping("\n".join(lines)))) == 60


def test_merges_of_merges_take_no_time():
    lines = ["a0: &a0 {k: v}", *(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 60))]
    assert texts(entries(mapping("\n".join(lines)))["a59"][1]) == {"k": "v"}
