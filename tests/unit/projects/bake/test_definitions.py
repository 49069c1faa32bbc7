import pytest

from stagegraph.projects.bake.definitions import define
from stagegraph.projects.bake.hcl import parse_hcl
from stagegraph.projects.drafts import NotEvaluated


def defined(*texts):
    return define(parse_hcl(text, f"{number}.hcl") for number, text in enumerate(texts))


def test_later_files_define_anew_and_add_targets():
    found = defined(
        'variable "A" {}\nB = 1\ntarget "t" {}\n',
        'variable "A" {}\nB = 2\ntarget "t" {}\ngroup "g" {}\nfunction "f" {}\n',
    )
    assert found.variables["A"].place.file == "1.hcl"
    assert found.attributes["B"].place.file == "1.hcl"
    assert [block.place.file for block in found.targets] == ["0.hcl", "1.hcl"]
    assert (len(found.groups), list(found.functions)) == (1, ["f"])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('resource "a" {}\n', "resource is no block of a bake file"),
        ("target {}\n", "a target has one name"),
        ('target "a" "b" {}\n', "a target has one name"),
    ],
)
def test_other_blocks_are_refused(text, reason):
    with pytest.raises(NotEvaluated) as caught:
        defined(text)
    assert caught.value.fault.reason == reason
