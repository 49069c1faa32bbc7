"""What cannot be evaluated in a Compose file."""

from __future__ import annotations

import pytest

from stagegraph.projects import Field, targets_of


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("${NEEDED:?}", "the variable NEEDED is required and not set"),
        ("${NEEDED?why}", "the variable NEEDED is required and not set"),
        ("${A:-${B:?}}", "the variable B is required and not set"),
        ("${A", "'${A' is no valid template for Compose"),
        ("${A:0:1}", "'${A:0:1}' is no valid template for Compose"),
        ("0o17", "what '0o17' means depends on the reader of YAML; it wants quotes"),
        ("2020-01-01", "what '2020-01-01' means depends on the reader of YAML; it wants quotes"),
        ("[a]", "it is no text"),
    ],
)
def test_one_argument_is_unknown_and_the_others_are_not(compose, tmp_path, value, reason):
    found = compose(
        f"services:\n  app:\n    build:\n      target: prod\n      args:\n        KNOWN: 1\n        X: {value}\n"
    )
    (target,) = found.targets
    (unknown,) = found.unknowns
    assert (target.stage, target.build_args) == ("prod", {"KNOWN": "1"})
    assert (unknown.subject, unknown.field, unknown.key) == ('service "app"', Field.ARGS, "X")
    assert (unknown.reason, unknown.origin.line) == (reason, 7)
    assert (unknown.anywhere, unknown.dockerfile) == (False, tmp_path / "Dockerfile")


@pytest.mark.parametrize("build", ["${X:?}", "{context: '${X:?}'}", "{dockerfile: '${X:?}'}", "{context: ~/src}"])
def test_a_dockerfile_that_is_not_known_may_be_any(compose, tmp_path, build):
    found = compose(f"services:\n  app:\n    build: {build}\n")
    assert found.targets[0].dockerfile is None
    assert len(targets_of(found, tmp_path / "any").unknowns) == 1


def test_a_stage_that_is_not_known(compose, tmp_path):
    found = compose("services:\n  app:\n    build:\n      target: ${X:?}\n")
    assert [unknown.field for unknown in targets_of(found, tmp_path / "Dockerfile").unknowns] == [Field.TARGET]
    assert targets_of(found, tmp_path / "other" / "Dockerfile").unknowns == ()


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("services:\n  a: [\n", 3, "it is not YAML: expected the node content, but found '<stream end>'"),
        ("services:\n  a: *b\n", 2, "it is not YAML: found undefined alias 'b'"),
        ("services:\n  a: {}\n  a: {}\n", 3, "the key a is there twice"),
        ("- a\n", 1, "it is no mapping at the top"),
        ("? [a]\n: b\n", 1, "a key is no scalar"),
        ("a:\n  <<: b\n", 1, "<< asks for a mapping"),
        ("a: \0\n", 1, "it is not YAML: unacceptable character #x0000: special characters are not allowed"),
        ("[" * 5000, 1, "it is nested too deeply, a limit of stagegraph"),
        ("a: " + "[" * 120 + "]" * 120 + "\n", 1, "it is nested more than 100 deep, a limit of stagegraph"),
        ("a: &a [*a]\n", 1, "it is nested more than 100 deep, a limit of stagegraph"),
    ],
    ids=["syntax", "alias", "twice", "list", "key", "merge", "nul", "deep", "deeper", "ring"],
)
def test_a_file_that_is_refused_as_a_whole(compose, tmp_path, text, line, reason):
    found = compose(text)
    (unknown,) = found.unknowns
    assert (unknown.subject, unknown.origin.line, unknown.reason) == ("compose.yaml", line, reason)
    assert targets_of(found, tmp_path / "Dockerfile").unknowns == (unknown,)


def test_a_bomb_of_aliases_is_bounded(compose):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    (unknown,) = compose("\n".join(lines)).unknowns
    assert unknown.reason == "it has more than 100000 values, a limit of stagegraph"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"\xff", "compose.yaml is not UTF-8"),
        (b"#" * 600_000, "compose.yaml is larger than 524288 bytes, a limit of stagegraph"),
    ],
    ids=["latin", "large"],
)
def test_a_file_that_cannot_be_read(project, content, reason):
    assert [unknown.reason for unknown in project({"compose.yaml": content}).unknowns] == [reason]


def test_a_file_that_is_named_and_not_there(project):
    found = project({}, files=["compose.yaml", "docker-bake.hcl"])
    assert [unknown.reason for unknown in found.unknowns] == [
        "there is no file compose.yaml",
        "there is no file docker-bake.hcl",
    ]


@pytest.mark.parametrize(
    ("extends", "reason"),
    [
        ("nobody", "there is no service nobody in compose.yaml"),
        ("{service: x, file: missing.yaml}", "there is no file missing.yaml"),
        ("{service: x, file: other.yaml}", "there is no service x in other.yaml"),
        ("{service: x, file: ../outside.yaml}", "is not read"),
        ("{service: x, file: https://example.com/x.yaml}", "https://example.com/x.yaml is not on this disk"),
        ("{service: '${X:?}'}", "the variable X is required and not set"),
    ],
)
def test_what_is_extended_is_not_known(compose, tmp_path, extends, reason):
    found = compose(
        f"services:\n  app:\n    extends: {extends}\n    build:\n      target: own\n  bare:\n    extends: {extends}\n",
        {"other.yaml": "services: {}\n"},
    )
    app = found.target("app")
    assert (app.stage, app.dockerfile, found.target("bare")) == ("own", None, None)
    assert {unknown.subject for unknown in found.unknowns} == {'service "app"', 'service "bare"'}
    assert all(reason in unknown.reason for unknown in found.unknowns)
    assert sorted(unknown.origin.line for unknown in found.unknowns) == [3, 7]
    assert targets_of(found, tmp_path / "Dockerfile").unknowns == found.unknowns


def test_a_ring_of_extends(compose):
    found = compose("services:\n  a:\n    extends: b\n    build: a\n  b:\n    extends: a\n  c:\n    build: .\n")
    assert found.target("c").unknown == frozenset()
    assert {unknown.subject for unknown in found.unknowns} == {'service "a"', 'service "b"'}
    assert all("it extends itself" in unknown.reason for unknown in found.unknowns)


def test_what_extends_something_that_is_not_known_is_not_known_either(compose):
    found = compose("services:\n  a:\n    extends: {service: x, file: nope.yaml}\n    build: a\n  b:\n    extends: a\n")
    assert Field.DOCKERFILE in found.target("b").unknown


@pytest.mark.parametrize(
    ("include", "reason"),
    [
        ("missing.yaml", "there is no file missing.yaml"),
        ("compose.yaml", "compose.yaml includes itself"),
        ("https://github.com/acme/x.git", "https://github.com/acme/x.git is not on this disk"),
        ("oci://example.com/x", "oci://example.com/x is not on this disk"),
        ("${X:?}", "the variable X is required and not set"),
        ("{project_directory: x}", "it names no file"),
        ("ring.yaml", "compose.yaml includes itself"),
    ],
)
def test_an_include_that_is_not_known(compose, include, reason):
    found = compose(
        f"include:\n  - {include}\nservices:\n  app:\n    build: .\n", {"ring.yaml": "include: [compose.yaml]\n"}
    )
    assert [unknown.reason for unknown in found.unknowns] == [reason]
    assert found.unknowns[0].anywhere
    assert [target.name for target in found.targets] == ["app"]


def test_a_broken_environment_file_makes_unset_variables_unknown(compose):
    found = compose(
        "services:\n  app:\n    build:\n      target: ${STAGE:-prod}\n      args: {A: '${SET}'}\n",
        {".env": "OK=1\n???\n"},
        environment={"SET": "yes"},
    )
    assert found.targets[0].build_args == {"A": "yes"}
    assert [unknown.reason for unknown in found.unknowns] == [
        "the variable STAGE may be set, but .env cannot be read: line 2 of the environment file has no name and value"
    ]


@pytest.mark.parametrize("own", ["environment: {A: x}", "environment: [A]", "env_file: vars.env"])
def test_bake_and_compose_disagree_on_arguments_without_a_value(compose, own):
    found = compose(f"services:\n  app:\n    build:\n      args: [A, B=1]\n    {own}\n", environment={"A": "outside"})
    assert found.targets[0].build_args == {"B": "1"}
    assert [unknown.key for unknown in found.unknowns] == ["A"]


def test_a_list_of_arguments_with_a_name_that_is_not_known(compose):
    found = compose("services:\n  app:\n    build:\n      args: ['${X:?}=1', A=2]\n")
    assert found.targets[0].build_args == {}
    assert [(unknown.field, unknown.key) for unknown in found.unknowns] == [(Field.ARGS, None)]


def test_a_name_that_bake_refuses(compose):
    found = compose("services:\n  'a b':\n    build: .\n")
    assert (found.targets, [unknown.reason for unknown in found.unknowns]) == (
        (),
        ["bake takes no target of this name"],
    )


def test_what_is_not_built_needs_not_be_known(compose):
    found = compose("services:\n  app:\n    build: .\n    ports: ['${PORT:?}:80']\n  db:\n    image: ${IMAGE:?}\n")
    assert (found.unknowns, [target.name for target in found.targets]) == ((), ["app"])
