import pytest

from stagegraph.projects.bake.values import to_text
from stagegraph.projects.drafts import NotEvaluated


def instances(names, body, before=""):
    read = names(f'{before}\ntarget "t" {{\n{body}\n}}\n')
    return read.instances(read.definitions.targets[0])


def test_a_block_without_a_matrix_is_one_target(names):
    (instance,) = instances(names, "")
    assert (instance.name, dict(instance.scope.local)) == ("t", {})


def test_every_combination_is_a_target(names):
    found = instances(names, 'matrix = { os = ["a", "b"], v = [1, 2] }\nname = "t-${os}-${v}"')
    assert sorted(instance.name for instance in found) == ["t-a-1", "t-a-2", "t-b-1", "t-b-2"]


def test_values_of_a_variable_are_open(names):
    (instance,) = instances(names, 'matrix = { os = OS }\nname = "x"', 'variable "OS" {\n  default = ["a"]\n}')
    assert to_text(instance.scope.local["os"]).variables == {"OS"}


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('name = "x"', "a name needs a matrix"),
        ("matrix = []", "matrix: a list stands where an object was expected"),
        ('matrix = { a = "x" }', "matrix: a text stands where a list was expected"),
        ('matrix = { a = ["x", "y"] }', "two targets of the matrix are called t"),
        ("matrix = { a = NONE }", "there is no variable NONE"),
        ("matrix = { a = [1] }\nname = b", "there is no variable b"),
        (
            f"matrix = {{ {', '.join(f'a{n} = [1, 2]' for n in range(13))} }}",
            "matrix: 8192 combinations, more than 4096, a limit of stagegraph",
        ),
    ],
)
def test_what_is_refused(names, body, reason):
    with pytest.raises(NotEvaluated) as caught:
        instances(names, body)
    assert caught.value.fault.reason == reason


def test_an_empty_matrix_declares_nothing(names):
    assert instances(names, "matrix = { a = [] }") == ()
