import pytest


def builds(project, text, **given):
    return {build.name: build for build in project({"docker-bake.hcl": text}, **given).builds}


def test_from_left_to_right_and_then_what_the_target_says(project):
    found = builds(
        project,
        """\
target "a" {
  dockerfile = "A"
  target = "a"
  args = { X = "a", Y = "a" }
}
target "b" {
  target = "b"
  args = { Y = "b" }
}
target "c" {
  inherits = ["a", "b"]
  args = { Z = "c" }
}
""",
    )["c"]
    assert (found.path, found.target, found.build_args) == ("A", "b", {"X": "a", "Y": "b", "Z": "c"})


def test_targets_that_inherit_from_each_other_add_nothing_twice(project):
    text = """\
target "a" {
  inherits = ["b"]
  args = { A = "a" }
}
target "b" {
  inherits = ["a"]
  args = { A = "b", B = "b" }
}
"""
    found = builds(project, text)
    assert found["a"].build_args == {"A": "a", "B": "b"}
    assert found["b"].build_args == {"A": "b", "B": "b"}


def test_a_target_that_is_inherited_and_not_there(project):
    found = project(
        {"docker-bake.hcl": 'target "a" {\n  inherits = ["none"]\n}\ntarget "b" {\n  inherits = ["a"]\n}\n'}
    )
    assert found.builds == ()
    assert {one.reason for one in found.unknown} == {
        "bake target a: there is no target none to inherit from",
        "bake target b: there is no target none to inherit from",
    }


def test_what_docker_metadata_action_generates_is_known_but_for_arguments(project):
    text = 'target "a" {\n  inherits = ["docker-metadata-action"]\n  target = "x"\n}\n'
    found = project({"docker-bake.hcl": text})
    (build,) = found.builds
    assert (found.unknown, build.path, build.target, list(build.open)) == ((), "Dockerfile", "x", ["build_args.*"])


def test_a_target_that_is_linked_to_and_not_there(project):
    found = project({"docker-bake.hcl": 'target "a" {\n  contexts = { b = "target:none" }\n}\ntarget "c" {}\n'})
    assert [build.name for build in found.builds] == ["c"]
    assert [one.reason for one in found.unknown] == ["bake target a: there is no target none to link to"]


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        (
            'target "a" {\n  contexts = { x = "target:a" }\n}\n',
            ["bake target a: the targets link to each other: a to a"],
        ),
        (
            'target "a" {\n  contexts = { x = "target:b" }\n}\ntarget "b" {\n  contexts = { x = "target:a" }\n}\n',
            [
                "bake target a: the targets link to each other: a to b to a",
                "bake target b: the targets link to each other: b to a to b",
            ],
        ),
    ],
)
def test_links_that_go_in_a_circle_are_faults(project, text, reasons):
    found = project({"docker-bake.hcl": text})
    assert found.builds == ()
    assert [one.reason for one in found.unknown] == reasons


def test_links_that_meet_again_are_none(project):
    def linked(number):
        links = ", ".join(f'c{other} = "target:t{other}"' for other in range(number + 1, 30))
        return f'target "t{number}" {{\n  contexts = {{ {links} }}\n}}\n'

    assert len(builds(project, "".join(map(linked, range(30))))) == 30


def test_a_long_chain(project):
    text = 'target "t0" {\n  target = "x"\n}\n' + "".join(
        f'target "t{n}" {{\n  inherits = ["t{n - 1}"]\n}}\n' for n in range(1, 500)
    )
    assert builds(project, text)["t499"].target == "x"


def test_a_chain_that_is_too_long_the_wrong_way_round_is_said(project):
    text = "".join(f'target "t{n}" {{\n  inherits = ["t{n + 1}"]\n}}\n' for n in range(2000)) + 'target "t2000" {}\n'
    found = project({"docker-bake.hcl": text})
    assert any("it is nested too deeply, a limit of stagegraph" in one.reason for one in found.unknown)
