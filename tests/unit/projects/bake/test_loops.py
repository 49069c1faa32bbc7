"""`for` in bake files: what it makes, what had a part in it, and what comes to nothing."""

import pytest

DEFINITIONS = """
variable "T" {
  default = "prod"
}
variable "L" {
  default = ["a", "b"]
}
LIST = ["x", "y"]
OBJECT = { b = 1, a = "q" }
"""


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('join(",", [for x in LIST : upper(x)])', "X,Y"),
        ('join(",", [for i, x in LIST : "${i}${x}" if i > 0])', "1y"),
        ('join(",", [for k, v in OBJECT : "${k}=${v}"])', "a=q,b=1"),
        ("{for x in LIST : x => upper(x)}.y", "Y"),
        ('join(",", {for x in ["a", "a"] : x => "v"...}.a)', "v,v"),
    ],
)
def test_results(text, written, result):
    assert text(written, DEFINITIONS) == result


@pytest.mark.parametrize(
    ("written", "variables"),
    [
        ("[for x in L : x][0]", {"L"}),
        ("[for x in LIST : x if x != T][0]", {"T"}),
        ("{for x in LIST : x => T}.x", {"T"}),
        ("{for x in [T] : x => 1}.prod", {"T"}),
    ],
)
def test_which_variables_had_a_part(value, written, variables):
    assert value(written, DEFINITIONS).variables == variables


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("{for x in [1, 1] : x => x}", "the key 1 comes out twice"),
        ("[for x in T : x]", "a text stands where a list was expected"),
    ],
)
def test_what_cannot_be_worked_out(refusal, written, reason):
    assert refusal(written, DEFINITIONS) == reason
