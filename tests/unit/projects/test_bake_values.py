"""What buildx's recorded answers do not show: places, and the variables that could change a value."""

from __future__ import annotations

from stagegraph.projects import Field

TEXT = """\
variable "MODE" { default = "prod" }
variable "SUFFIX" { default = "-x" }
variable "STAGE" { default = "${MODE}${SUFFIX}" }
function "stage" {
  params = []
  result = STAGE
}
fixed = "fixed"
target "base" {
  dockerfile = "${MODE}.Dockerfile"
  args = {
    A = fixed
    B = STAGE
  }
}
target "app" {
  inherits = ["base"]
  context = "app"
  target = stage()
}
target "chosen" {
  inherits = [MODE == "prod" ? "base" : "app"]
}
target "many" {
  name = "many-${m}"
  matrix = { m = [MODE] }
}
"""


def test_places(bake, tmp_path):
    app = bake(TEXT).target("app")
    assert (app.origin.path, app.origin.line) == (tmp_path / "docker-bake.hcl", 16)
    assert {field: place.line for field, place in app.places.items()} == {
        Field.DOCKERFILE: 10,
        Field.ARGS: 12,
        Field.INHERITS: 17,
        Field.CONTEXT: 18,
        Field.TARGET: 19,
    }


def test_variables_that_can_change_a_value(bake):
    found = bake(TEXT)
    assert found.unknowns == ()
    assert found.target("app").variables == {
        Field.DOCKERFILE: {"MODE"},
        Field.ARGS: {"MODE", "SUFFIX", "STAGE"},
        Field.TARGET: {"MODE", "SUFFIX", "STAGE"},
    }
    assert found.target("chosen").variables[Field.DOCKERFILE] == {"MODE"}
    assert found.target("many-prod").variables == {Field.NAME: {"MODE"}}


def test_the_environment_changes_them(bake):
    found = bake(TEXT, environment={"MODE": "dev", "SUFFIX": "", "fixed": "no"})
    app = found.target("app")
    assert (app.stage, app.dockerfile.name, app.build_args) == ("dev", "dev.Dockerfile", {"A": "fixed", "B": "dev"})
    assert found.target("many-dev") is not None


def test_groups(bake):
    found = bake("""\
        group "default" { targets = ["inner", "a", "missing"] }
        group "inner" { targets = ["b", "default", "m"] }
        target "a" {}
        target "b" {}
        target "m" {
          name = "m-${v}"
          matrix = { v = ["1", "2"] }
        }
        """)
    assert found.groups == {
        "default": ("b", "m-1", "m-2", "a"),
        "inner": ("b", "a", "m-1", "m-2"),
        "m": ("m-1", "m-2"),
    }


def test_lines_of_json(project):
    found = project({"docker-bake.json": '{\n "target": {\n  "app": {\n   "target":\n    "x"\n  }\n }\n}\n'})
    (app,) = found.targets
    assert (app.origin.line, app.places[Field.TARGET].line, app.stage) == (3, 4, "x")


def test_lines_inside_heredocs(bake):
    found = bake('target "a" {\n  dockerfile-inline = <<E\nFROM a\nRUN ${timestamp()}\nE\n}\n')
    assert [unknown.origin.line for unknown in found.unknowns] == [4]
    assert found.unknowns[0].anywhere


def test_crlf(bake):
    found = bake('target "a" {\r\n  dockerfile-inline = <<E\r\nFROM a\r\nE\r\n  target = "x"\r\n}\r\n')
    assert (found.unknowns, found.targets[0].inline, found.targets[0].stage) == ((), "FROM a\n", "x")


def test_a_ring_of_inherits_is_cut(bake):
    found = bake(
        'target "a" {\n  inherits = ["b"]\n  target = "a"\n}\ntarget "b" {\n  inherits = ["a"]\n  context = "b"\n}\n'
    )
    a, b = found.targets
    assert (found.unknowns, a.stage, b.stage, a.context == b.context) == ((), "a", "a", True)


def test_a_long_chain_of_inherits_is_bounded(bake):
    text = "".join(f'target "t{n}" {{ inherits = ["t{n + 1}"] }}\n' for n in range(150)) + 'target "t150" {}\n'
    found = bake(text)
    assert found.target("t51").unknown == frozenset()
    assert Field.CONTEXT in found.target("t0").unknown
