"""What cannot be evaluated in a bake file: which attribute, where, why, and which Dockerfile it can concern."""

from __future__ import annotations

from itertools import pairwise

import pytest

from stagegraph.projects import Field, targets_of

EXPRESSIONS = [
    ("timestamp()", "the function timestamp is not evaluated here"),
    ('base64encode("a")', "the function base64encode is not evaluated here"),
    ("nosuch()", "the function nosuch is not evaluated here"),
    ("NOSUCH", "the variable NOSUCH is not known: there is none of this name"),
    ("BAKE_LOCAL_PLATFORM", "the variable BAKE_LOCAL_PLATFORM is not known: it depends on the machine"),
    ("CYCLE", "the variable CYCLE is not known: the variable CYCLE refers to itself (line 1)"),
    ("LATE", "the variable LATE is not known: the function timestamp is not evaluated here (line 2)"),
    ('"%{ if true }a%{ endif }"', "a template directive (%{…}) is not evaluated here"),
    ("7 / 2", "a division that does not come out even is not carried out here"),
    ("1 / 0", "it divides by zero"),
    ("0.5 + 1", "0.5 stands where an integer must"),
    ('["a"] == ["a"]', "lists and maps are not compared here"),
    ('true ? ["a"] : "b"', "values of different types stand for each other"),
    ('"a" ? 1 : 2', "a string stands where true or false must"),
    ('["a"][1]', "there is no element 1"),
    ("{ a = 1 }.b", "a map has no b"),
    ("target.other.args", "target.other.args is not set in one place"),
    ("target", "a block stands where a text must"),
    ('["a"]', "a list stands where a text must"),
    ('"x${null}"', "a null stands where a text must"),
    ("upper()", "upper does not take 0 arguments"),
    ('format("%q", "a")', "format: %q is not a verb that is formatted here, or its value is missing"),
    ('regex_replace("a", "(a|b)*", "")', "regex_replace: only a set of characters or a plain text is replaced here"),
    ('substr("é", 0, 1)', "substr: characters beyond ASCII are not counted here"),
    ('join(",", [null])', "join: a null stands where a text must"),
    ("self()", "the function self refers to itself (line 5)"),
    ("one(1, 2)", "the function one does not take 2 arguments"),
]


@pytest.mark.parametrize(("expression", "reason"), EXPRESSIONS, ids=[expression for expression, _ in EXPRESSIONS])
def test_one_attribute_is_unknown_and_the_others_are_not(bake, tmp_path, expression, reason):
    found = bake(f"""\
        variable "CYCLE" {{ default = CYCLE }}
        variable "LATE" {{ default = timestamp() }}
        function "self" {{
          params = []
          result = self()
        }}
        function "one" {{
          params = [x]
          result = x
        }}
        target "app" {{
          dockerfile = "app.Dockerfile"
          target = "prod"
          args = {{
            KNOWN = "1"
            X = {expression}
          }}
        }}
        """)
    (target,) = found.targets
    (unknown,) = found.unknowns
    assert (target.stage, target.build_args, target.unknown) == ("prod", {"KNOWN": "1"}, {Field.ARGS})
    assert (unknown.field, unknown.key, unknown.origin.line) == (Field.ARGS, "X", 16)
    assert unknown.reason == reason
    assert (unknown.subject, unknown.targets) == ('target "app"', ("app",))
    assert (unknown.anywhere, unknown.dockerfile) == (False, tmp_path / "app.Dockerfile")


@pytest.mark.parametrize("field", ["context", "dockerfile", "dockerfile-inline", "inherits"])
def test_a_dockerfile_that_is_not_known_may_be_any(bake, tmp_path, field):
    found = bake(f'target "app" {{\n  {field} = timestamp()\n}}\n')
    assert found.targets[0].dockerfile is None
    (unknown,) = found.unknowns
    assert unknown.anywhere
    builds = targets_of(found, tmp_path / "some" / "Dockerfile")
    assert (builds.targets, builds.unknowns) == ((), (unknown,))


@pytest.mark.parametrize(
    ("field", "value"), [("target", "timestamp()"), ("contexts", "timestamp()"), ("platforms", "[timestamp()]")]
)
def test_a_stage_that_is_not_known_concerns_its_dockerfile_only(bake, tmp_path, field, value):
    found = bake(f'target "app" {{\n  {field} = {value}\n}}\ntarget "other" {{ dockerfile = "Other" }}\n')
    assert [unknown.field.value for unknown in targets_of(found, tmp_path / "Dockerfile").unknowns] == [field]
    other = targets_of(found, tmp_path / "Other")
    assert ([target.name for target in other.targets], other.unknowns) == (["other"], ())


def test_labels_do_not_change_stages(bake, tmp_path):
    found = bake('target "app" {\n  labels = { at = timestamp() }\n}\n')
    assert [unknown.key for unknown in found.unknowns] == ["at"]
    assert targets_of(found, tmp_path / "Dockerfile").unknowns == ()


def test_a_map_that_is_not_known_hides_what_it_is_merged_over_and_not_what_is_merged_over_it(bake):
    found = bake("""\
        target "base" { args = { A = "base", B = "base" } }
        target "middle" {
          inherits = ["base"]
          args = merge({ A = "middle" }, timestamp())
        }
        target "top" {
          inherits = ["middle"]
          args = { B = "top" }
        }
        """)
    middle, top = found.target("middle"), found.target("top")
    assert (middle.build_args, middle.unknown) == ({}, {Field.ARGS})
    assert (top.build_args, top.unknown) == ({"B": "top"}, {Field.ARGS})


def test_what_is_said_again_above_is_known(bake):
    found = bake("""\
        target "base" {
          context = timestamp()
          args = { A = timestamp() }
        }
        target "app" {
          inherits = ["base"]
          context = "app"
          args = { A = "1" }
        }
        """)
    app = found.target("app")
    assert (app.unknown, app.build_args) == (frozenset(), {"A": "1"})
    assert {unknown.targets for unknown in found.unknowns} == {("base",)}


@pytest.mark.parametrize("inherits", ['["missing"]', "timestamp()", '["a", timestamp()]'])
def test_what_is_inherited_is_not_known(bake, tmp_path, inherits):
    found = bake(f'target "app" {{\n  inherits = {inherits}\n  target = "own"\n}}\n')
    (app,) = found.targets
    assert (app.stage, app.dockerfile) == ("own", None)
    (unknown,) = targets_of(found, tmp_path / "x").unknowns
    assert (unknown.origin.line, unknown.field) == (2, None)


def test_what_docker_metadata_action_generates(bake, tmp_path):
    found = bake('target "app" {\n  inherits = ["docker-metadata-action"]\n  target = "app"\n}\n')
    (app,) = found.targets
    assert (app.stage, app.dockerfile, app.unknown) == ("app", tmp_path / "Dockerfile", {Field.ARGS, Field.LABELS})
    assert {unknown.dockerfile for unknown in found.unknowns} == {tmp_path / "Dockerfile"}


def test_a_matrix_that_is_not_known_leaves_what_does_not_depend_on_it(bake, tmp_path):
    found = bake("""\
        target "app" {
          matrix = { v = split(",", timestamp()) }
          name = "app-${v}"
          dockerfile = "app.Dockerfile"
          target = v
        }
        """)
    assert {unknown.field for unknown in found.unknowns} == {Field.MATRIX, Field.TARGET}
    assert {(unknown.anywhere, unknown.dockerfile) for unknown in found.unknowns} == {
        (False, tmp_path / "app.Dockerfile")
    }


@pytest.mark.parametrize(
    ("matrix", "reason"),
    [
        ('matrix = ["a"]', "a list stands where a map must"),
        ('matrix = { v = "a" }', "a string stands where a list must"),
        ('matrix = { v = ["a", "b"] }', "the matrix gives the name app twice"),
        ('name = "x"', "a name asks for a matrix"),
        (
            "matrix = { v = range(1000), w = range(1000) }",
            "the matrix has more than 10000 targets, a limit of stagegraph",
        ),
    ],
)
def test_a_matrix_that_bake_refuses(bake, matrix, reason):
    found = bake(f'target "app" {{\n  {matrix}\n}}\n')
    assert [unknown.reason for unknown in found.unknowns] == [reason]


def test_a_group_that_is_not_known_concerns_no_dockerfile(bake, tmp_path):
    found = bake('group "all" {\n  targets = [timestamp()]\n}\ntarget "app" {}\n')
    assert [unknown.subject for unknown in found.unknowns] == ['group "all"']
    builds = targets_of(found, tmp_path / "Dockerfile")
    assert ([target.name for target in builds.targets], builds.unknowns) == (["app"], ())


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"FLAG": "perhaps"}, "'perhaps' is neither true nor false"),
        ({"COUNT": "many"}, "'many' is no number that can be read here"),
        ({"LIST": "a,b"}, "a list is not read from the environment here"),
        ({"TYPED_JSON": '["a"]'}, "TYPED_JSON is not read from the environment here"),
        ({"OBJECT": "{}"}, "this type is not followed here"),
    ],
)
def test_a_variable_of_the_environment_that_cannot_be_read(bake, environment, reason):
    (name,) = environment
    found = bake(
        f"""\
        variable "FLAG" {{ default = true }}
        variable "COUNT" {{ default = 1 }}
        variable "LIST" {{ default = [] }}
        variable "TYPED" {{ type = list(string) }}
        variable "OBJECT" {{ type = object({{}}) }}
        target "app" {{
          target = {name.removesuffix("_JSON")} == null ? "a" : "b"
        }}
        """,
        environment=environment,
    )
    assert [reason in unknown.reason for unknown in found.unknowns] == [True]


def test_a_file_that_is_no_hcl(bake, tmp_path):
    found = bake('target "app" {\n  target = "a"\n  args = {\n    A = = 1\n  }\n}\n')
    (unknown,) = found.unknowns
    assert (unknown.subject, unknown.origin.path.name, unknown.origin.line) == ("docker-bake.hcl", "docker-bake.hcl", 4)
    assert unknown.reason == "it is not HCL, or HCL that python-hcl2 cannot read"
    assert targets_of(found, tmp_path / "Dockerfile").unknowns == (unknown,)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('target "a" {\n  target = "x"\n  target = "y"\n}\n', 3, "target is set twice"),
        ('target "${x}" {}\n', 1, "a label is no plain text"),
        ('target "a" {\n  target = "\\q"\n}\n', 2, "\\q is no escape of HCL"),
        ('target "a" {\n  dockerfile-inline = <<E\nFROM a\nRUN ${b\nE\n}\n', 4, "a ${ is not closed"),
        ("x = " + "(" * 400 + "1" + ")" * 400 + "\n", 1, "it is nested more than 100 deep, a limit of stagegraph"),
        ("x = 1" + "\n" * 600, 1, "it has more than 500 blanks in a row, a limit of stagegraph"),
        ('x = "' + "${a}" * 5001 + '"\n', 1, "it has more than 5000 templates, a limit of stagegraph"),
    ],
    ids=["twice", "label", "escape", "heredoc", "depth", "blanks", "templates"],
)
def test_a_file_that_is_refused_as_a_whole(bake, text, line, reason):
    (unknown,) = bake(text).unknowns
    assert (unknown.reason, unknown.origin.line, unknown.anywhere) == (reason, line, True)


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ('{\n "target": {\n  "a": }\n}', 3, "it is not JSON: Expecting value"),
        ('{\n "target": {\n  "a": {},\n  "a": {}\n }\n}', 4, "the key a is there twice"),
        ('{"target": ["a"]}', 1, "here must be an object"),
        ("[" * 5000, 1, "it is nested too deeply, a limit of stagegraph"),
        ('{"target": {"a": {"target": "${"}}}', 1, "a ${ is not closed"),
    ],
    ids=["syntax", "twice", "shape", "depth", "template"],
)
def test_a_json_file_that_is_refused_as_a_whole(project, text, line, reason):
    (unknown,) = project({"docker-bake.json": text}).unknowns
    assert (unknown.reason, unknown.origin.line, unknown.anywhere) == (reason, line, True)


@pytest.mark.parametrize(
    ("first", "reason"),
    [
        (f'"{"x" * 1000}"', "a text grows beyond 1048576 characters, a limit of stagegraph"),
        ("range(1000)", "a list grows beyond 10000 elements, a limit of stagegraph"),
    ],
    ids=["text", "list"],
)
def test_growth_is_bounded(bake, first, reason):
    """Each variable is the one before it, twice."""
    double = '"${{{0}}}${{{0}}}"' if first.startswith('"') else "concat({0}, {0})"
    lines = [f'variable "A" {{ default = {first} }}']
    lines += [
        f'variable "{name}" {{ default = {double.format(before)} }}' for before, name in pairwise("ABCDEFGHIJKLM")
    ]
    found = bake("\n".join([*lines, 'target "app" { target = M }']) + "\n")
    assert [reason in unknown.reason for unknown in found.unknowns] == [True]


def test_steps_are_bounded(bake):
    """Loops inside loops: each is short, all together are not."""
    loops = "[for a in range(100) : [for b in range(100) : [for c in range(100) : c]]]"
    found = bake(f'target "app" {{ target = "${{length({loops})}}" }}\n')
    assert [unknown.reason for unknown in found.unknowns] == [
        "the files take more than 500000 steps, a limit of stagegraph"
    ]
