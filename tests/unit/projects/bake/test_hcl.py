import pytest

from stagegraph.projects.bake.expressions import Literal, Variable
from stagegraph.projects.bake.hcl import parse_hcl
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import NotEvaluated
from stagegraph.projects.limits import MAX_BAKE_BYTES, MAX_BLANK_LINES


def test_attributes_and_blocks_with_their_places():
    body = parse_hcl(
        '# x\nA = B\n\ntarget "web" {\n  target = "t"\n  for = 1\n}\ngroup "g" {}\nvariable v {}\n', "b.hcl"
    )
    (attribute,) = body.attributes
    assert (attribute.name, attribute.value, attribute.place) == (
        "A",
        Variable("B", Place("b.hcl", 2)),
        Place("b.hcl", 2),
    )
    web, group, variable = body.blocks
    assert (web.kind, web.labels, web.place, sorted(web.attributes)) == (
        "target",
        ("web",),
        Place("b.hcl", 4),
        ["for", "target"],
    )
    assert web.attributes["target"].place == Place("b.hcl", 5)
    assert isinstance(web.attributes["for"].value, Literal)
    assert (group.labels, group.attributes) == (("g",), {})
    assert variable.labels == ("v",)


def test_blocks_within_blocks_are_not_looked_at():
    text = 'variable "v" {\n  default = 1\n  validation {\n    condition = v > 0\n  }\n}\n'
    (block,) = parse_hcl(text, "b.hcl").blocks
    assert sorted(block.attributes) == ["default"]


@pytest.mark.parametrize("end", ["\n", "\r\n", ""])
def test_line_endings_do_not_matter(end):
    text = f'target "a" {{{end or chr(10)}  target = "t"{end or chr(10)}}}{end}'
    assert parse_hcl(text, "b.hcl").blocks[0].attributes["target"].place.line == 2


@pytest.mark.parametrize(
    ("text", "reason", "line"),
    [
        ('a = 1\ntarget "a" {\n', "it is no HCL: the end does not fit here", 2),
        ('a = 1\ntarget "${a}" {}\n', "a label is a plain text", 2),
        ("a = = 1\n", "it is no HCL: '= 1' does not fit here", 1),
        ('target "a" {\n  x = 1\n  x = 2\n}\n', "x is set twice", 3),
        ("x" * (MAX_BAKE_BYTES + 1), f"it is larger than {MAX_BAKE_BYTES} bytes, a limit of stagegraph", 1),
        ("a = 1" + "\n" * (MAX_BLANK_LINES + 1), "it has 1000 blank lines in a row, a limit of stagegraph", 1),
        (f"a = {'[' * 2000}{']' * 2000}\n", "it is nested too deeply, a limit of stagegraph", 1),
        ('a = "${"\n', "it is no HCL", 1),
    ],
)
def test_what_is_refused(text, reason, line):
    with pytest.raises(NotEvaluated) as caught:
        parse_hcl(text, "b.hcl")
    assert caught.value.fault.reason.startswith(reason)
    assert caught.value.fault.place == Place("b.hcl", line)
