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
        ("LIST[1]", "y"),
        ("LIST.0", "x"),
        ("OBJECT.a", "q"),
        ('OBJECT["b"]', "1"),
        ("[{k = 1}, {k = 2}].*.k[1]", "2"),
        ('join("", [{k = [3]}, {k = [4]}][*].k[0])', "34"),
        ('join("", null[*])', ""),
        ('true ? "a" : nothing', "a"),
        ('"false" ? "a" : "b"', "b"),
        ('{"${LIST[0]}" = 1, (LIST[1]) = 2}.y', "2"),
        ("{a = 1, a = 2}.a", "2"),
    ],
)
def test_results(text, written, result):
    assert text(written, DEFINITIONS) == result


@pytest.mark.parametrize(
    ("written", "variables"),
    [
        ('"x"', set()),
        ("T", {"T"}),
        ('"${T}-x"', {"T"}),
        ('T == "a" ? "x" : "y"', {"T"}),
        ('[T, "x"][1]', set()),
        ("[T][0]", {"T"}),
        ("L[0]", {"L"}),
        ('{a = T, b = "x"}.b', set()),
        ('{"${T}" = 1}.prod', {"T"}),
        ("upper(T)", {"T"}),
        ("try(T, 1)", {"T"}),
        ('"%{ if T == "x" }a%{ endif }"', {"T"}),
        ('"%{ for x in L }a%{ endfor }"', {"L"}),
        ("L[*]", {"L"}),
    ],
)
def test_which_variables_had_a_part(value, written, variables):
    assert value(written, DEFINITIONS).variables == variables


def test_a_text_has_gaps_where_its_variables_are(value):
    assert value('"Dockerfile.${T}"', DEFINITIONS).pattern == "Dockerfile.*"
    assert value('"${upper("a")}${T}"', DEFINITIONS).pattern == "A*"
    assert value('"a%{ if T == "x" }b%{ endif }"', DEFINITIONS).pattern == "a*"
    assert value("upper(T)", DEFINITIONS).pattern is None


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("NONE", "there is no variable NONE"),
        ("LIST[2]", "there is no element 2 in a list of 2"),
        ("LIST[-1]", "there is no element -1 in a list of 2"),
        ("LIST.x", "a text stands where a number was expected"),
        ("OBJECT.c", "there is no c in it"),
        ("T.x", "a text stands where a list was expected"),
        ('"x${LIST}"', "a list stands in a text"),
        ('"a${null}"', "null stands in a text"),
        ("T ? 1 : 2", "a text stands where a truth value was expected"),
        ("range(999999)", "working it out makes more than 2097152 characters, a limit of stagegraph"),
    ],
)
def test_what_cannot_be_worked_out(refusal, written, reason):
    assert refusal(written, DEFINITIONS) == reason


def test_what_doubles_comes_to_an_end(refusal):
    doubled = 'v0 = "xxxxxxxxxx"\n' + "".join(f'v{n} = "${{v{n - 1}}}${{v{n - 1}}}"\n' for n in range(1, 40))
    assert "a limit of stagegraph" in refusal("v39", doubled)
    shared = 'v0 = ["x"]\n' + "".join(f"v{n} = [v{n - 1}, v{n - 1}]\n" for n in range(1, 40))
    assert "a limit of stagegraph" in refusal("v39 == v38", shared)
