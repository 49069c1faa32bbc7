import pytest

FUNCTIONS = """
function "add_suffix" {
  params = [name, suffix]
  result = "${name}-${suffix}"
}
function "all" {
  params = [first]
  variadic_params = rest
  result = "${first}:${join("+", rest)}"
}
function "loop" {
  params = []
  result = loop()
}
function "bare" {
  params = []
}
function "odd" {
  params = "x"
  result = 1
}
function "odder" {
  params = [1]
  result = 1
}
"""


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ('add_suffix("a", "b")', "a-b"),
        ('add_suffix(["x", "y"]...)', "x-y"),
        ('all("a")', "a:"),
        ('all("a", "b", "c")', "a:b+c"),
        ('add_suffix(add_suffix("a", "b"), "c")', "a-b-c"),
        ("try(nothing, 1)", "1"),
        ('try("a", nothing)', "a"),
        ("can(nothing)", "false"),
        ("can(1)", "true"),
        ("max([1, 3, 2]...)", "3"),
    ],
)
def test_results(text, written, result):
    assert text(written, FUNCTIONS) == result


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("timestamp()", "timestamp is no function that stagegraph works out"),
        ("loop()", "the function loop calls itself"),
        ('add_suffix("a")', "add_suffix takes 2 arguments"),
        ('add_suffix("a", "b", "c")', "add_suffix takes 2 arguments"),
        ("bare()", "the function bare has no result"),
        ("odd()", "the function odd has no list of params"),
        ("odder(1)", "a parameter is a name"),
        ("try()", "try has no arguments"),
        ("try(a, b)", "there is no variable a"),
        ("upper()", "upper takes another number of arguments than 0"),
    ],
)
def test_what_cannot_be_called(refusal, written, reason):
    assert refusal(written, FUNCTIONS) == reason


def test_parameters_of_json_are_texts(project):
    json = '{"function": {"f": {"params": ["x"], "result": "<${x}>"}}, "target": {"a": {"target": "${f(\\"t\\")}"}}}'
    (build,) = project({"docker-bake.json": json}).builds
    assert build.target == "<t>"
