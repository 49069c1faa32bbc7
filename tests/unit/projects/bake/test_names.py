import pytest


def test_attributes_of_the_file_are_no_variables(value):
    assert value("A", 'A = "x"').variables == frozenset()
    assert value("A", 'A = "x"', A="y").content == "x"
    assert value("A", 'A = "x"\nvariable "A" {}\n').variables == {"A"}


def test_what_is_built_in(value):
    assert value("BAKE_LOCAL_PLATFORM").content == "linux/amd64"
    assert value("BAKE_LOCAL_PLATFORM").variables == {"BAKE_LOCAL_PLATFORM"}
    assert value("BAKE_CMD_CONTEXT", BAKE_CMD_CONTEXT="x").content == "x"


TARGETS = """
target "a" {
  target = "t"
  args = { A = "1" }
}
target "a" {
  args = { A = "2" }
}
target "m" {
  matrix = { v = ["x", "y"] }
  name = "m-${v}"
  target = v
}
"""


@pytest.mark.parametrize(
    ("written", "result"),
    [
        ("target.a.args.A", "2"),
        ("target.a.name", "a"),
        ('target["a"].args["A"]', "2"),
        ("target.m-y.target", "y"),
        ('join("", target.a.platforms[*])', ""),
    ],
)
def test_attributes_of_targets(text, written, result):
    assert text(written, TARGETS) == result


def test_an_attribute_that_the_last_block_does_not_say_is_null(value):
    assert value("target.a.target", TARGETS).content is None


@pytest.mark.parametrize(
    ("written", "before", "reason"),
    [
        ("A", "A = B\nB = A", "the variable A depends on itself"),
        ("target.none.args", TARGETS, "there is no target none"),
        ("target.a.target", 'target "a" {\n  target = target.a.target\n}', "target of the target a depends on itself"),
        (
            "target.a.target",
            'target "a" {\n  matrix = { x = [target.a.target] }\n}',
            "the matrix of a depends on itself",
        ),
    ],
)
def test_what_depends_on_itself_or_is_not_there(refusal, written, before, reason):
    assert refusal(written, before) == reason


def test_a_refusal_can_be_asked_for_again(names):
    read = names("A = B\n")
    for _ in range(2):
        with pytest.raises(Exception, match="there is no variable B"):
            read.variable("A", read.definitions.attributes["A"].place)
