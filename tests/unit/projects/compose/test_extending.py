import pytest


def draft_targets(found):
    return {build.name: build.target for build in found.builds}


def test_a_service_extends_another_of_the_file(project):
    found = project(
        {
            "compose.yaml": """\
services:
  base:
    build: {context: app, target: dev, args: {A: 1, B: 2}}
  web:
    extends: base
    build: {target: prod, args: [B=3]}
  more:
    extends: {service: web}
"""
        }
    )
    assert draft_targets(found) == {"base": "dev", "web": "prod", "more": "prod"}
    assert [build.build_args for build in found.builds] == [
        {"A": "1", "B": "2"},
        {"A": "1", "B": "3"},
        {"A": "1", "B": "3"},
    ]
    assert {build.context for build in found.builds} == {"app"}


def test_a_service_extends_one_of_another_file_whose_paths_begin_there(project):
    found = project(
        {
            "compose.yaml": "services: {web: {extends: {file: a/base.yml, service: base}}}",
            "a/base.yml": "services: {base: {extends: {file: ../b/deep.yml, service: deep}, build: {dockerfile: D}}}",
            "b/deep.yml": "services: {deep: {build: {context: ctx}}}",
        }
    )
    (build,) = found.builds
    assert (build.context, build.path, str(build.declared_at)) == ("b/ctx", "b/ctx/D", "compose.yaml:1")


@pytest.mark.parametrize(
    ("services", "reason"),
    [
        ("a: {extends: b}\n  b: {extends: a}", "the services extend each other: a extends b extends a"),
        ("a: {extends: a}", "the services extend each other: a extends a"),
        ("a: {extends: none}", "there is no service none to extend"),
        ("a: {extends: {file: c.yml, service: none}}", "there is no service none in c.yml to extend"),
        ("a: {extends: {file: e.yml, service: x}}", "there are no services in e.yml"),
        ("a: {extends: {file: none.yml, service: x}}", "none.yml cannot be read: no such file or directory"),
        ("a: {extends: {file: x.yml}}", "extends names no service"),
        ("a: {extends: [x]}", "extends names no service"),
        ("a: 5", "the service a is no mapping"),
        ("a: {build: 5}", "a build is neither a text nor a mapping"),
    ],
)
def test_what_cannot_be_worked_out_concerns_the_service(project, services, reason):
    found = project(
        {
            "compose.yaml": f"services:\n  {services}\n  z: {{build: .}}\n",
            "c.yml": "services: {x: {build: .}}",
            "e.yml": "a: 1",
        }
    )
    assert [build.name for build in found.builds] == ["z"]
    assert found.unknown[0].reason == f"compose service a: {reason}"
    assert found.unknown[0].place.file == "compose.yaml"


def test_a_service_without_a_build_gets_that_of_the_other(project):
    found = project(
        {"compose.yaml": "services:\n  a: {build: x}\n  b: {extends: a, image: i}\n  c:\n  d: {image: i}\n"}
    )
    assert [(build.name, build.context) for build in found.builds] == [("a", "x"), ("b", "x")]


def test_a_build_can_be_taken_away(project):
    found = project(
        {
            "compose.yaml": """\
services:
  a: {build: {context: x, target: t}}
  b: {extends: a, build: !reset null}
  c: {extends: a, build: !override {dockerfile: D}}
"""
        }
    )
    assert [(build.name, build.path, build.target) for build in found.builds] == [
        ("a", "x/Dockerfile", "t"),
        ("c", "D", None),
    ]


@pytest.mark.parametrize("own", ["environment: {A: x}", "environment: [A=x]", "env_file: vars.env"])
def test_bake_and_compose_disagree_on_arguments_that_a_service_has_itself(project, own):
    text = f"services:\n  a:\n    build:\n      args: [A, B=1]\n    {own}\n  b:\n    build:\n      args: [A]\n"
    a, b = project({"compose.yaml": text}, A="outside").builds
    assert (a.build_args, list(a.open), b.build_args) == ({"B": "1"}, ["build_args.A"], {"A": "outside"})


def test_a_name_that_no_service_can_have(project):
    found = project({"compose.yaml": "services:\n  'a b':\n    build: .\n"})
    assert (found.builds, [one.reason for one in found.unknown]) == (
        (),
        ["compose service a b: a b is no name of a service"],
    )
