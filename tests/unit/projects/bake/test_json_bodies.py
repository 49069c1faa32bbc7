import pytest

from stagegraph.projects.bake.json_bodies import parse_json
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import NotEvaluated
from stagegraph.projects.limits import MAX_BAKE_BYTES, MAX_NESTING


def test_attributes_and_blocks_with_their_places():
    text = """\
{
  "A": "x",
  "target": {
    "web": {"target": "t"},
    "api": [{"args": {"B": 1}}, {"target": null}]
  },
  "group": [{"default": {"targets": ["web"]}}]
}"""
    body = parse_json(text, "b.json")
    assert [(one.name, one.place.line) for one in body.attributes] == [("A", 2)]
    assert [(block.kind, block.labels, block.place.line, sorted(block.attributes)) for block in body.blocks] == [
        ("target", ("web",), 4, ["target"]),
        ("target", ("api",), 5, ["args", "target"]),
        ("group", ("default",), 7, ["targets"]),
    ]


@pytest.mark.parametrize(
    ("text", "problem", "line"),
    [
        ("", "it is no JSON: a value was expected", 1),
        ("{\n,", "it is no JSON: a name in quotes was expected", 2),
        ('{"a" 1}', "it is no JSON: a colon was expected", 1),
        ('{"a": 1\n"b": 2}', "it is no JSON: a comma was expected", 2),
        ('{"a": [1,]}', "it is no JSON: a comma stands before the end", 1),
        ('{"a": NaN}', "it is no JSON: a value was expected", 1),
        ('{"a": 1}\n}', "it is no JSON: something follows the end", 2),
        ("[]", "an object was expected", 1),
        ('{"target": {"a": 1}}', "an object was expected", 1),
        ('{"a": "${"}', "a text holds a malformed ${…} or %{…}", 1),
        ("[" * (MAX_NESTING + 2), "it is nested too deeply, a limit of stagegraph", 1),
        (" " * (MAX_BAKE_BYTES + 1), f"it is larger than {MAX_BAKE_BYTES} bytes, a limit of stagegraph", 1),
    ],
)
def test_what_is_refused(text, problem, line):
    with pytest.raises(NotEvaluated) as caught:
        parse_json(text, "b.json")
    assert (caught.value.fault.reason, caught.value.fault.place) == (problem, Place("b.json", line))


def test_json_and_hcl_say_the_same(project):
    hcl = 'variable "T" {\n  default = "t"\n}\ntarget "a" {\n  args = { A = "x-${upper(T)}" }\n}\n'
    json = '{"variable": {"T": {"default": "t"}}, "target": {"b": {"args": {"A": "x-${upper(T)}"}}}}'
    one, other = project({"docker-bake.hcl": hcl, "b/docker-bake.json": json}).builds
    assert one.build_args == other.build_args == {"A": "x-T"}
