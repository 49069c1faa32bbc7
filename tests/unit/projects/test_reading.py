import pytest

import stagegraph
from stagegraph import InputError
from stagegraph.projects.declared import DockerfilePath, Place

TWO = "FROM a AS dev\nFROM dev AS prod\nFROM dev AS test\n"


def targets(project, path="Dockerfile"):
    return sorted(map(str, project.declared(path).targets))


def test_a_service_and_a_target(project):
    found = project(
        {
            "Dockerfile": TWO,
            "compose.yaml": "services:\n  web:\n    build:\n      context: .\n      target: prod\n",
            "docker-bake.hcl": 'target "test" {\n  target = "test"\n}\n',
        }
    )
    assert found.files == ("compose.yaml", "docker-bake.hcl")
    assert found.dockerfiles == ("Dockerfile",)
    assert found.unknown == ()
    web, test = found.builds
    assert (web.name, web.declared_at, web.target, web.target_at) == (
        "web",
        Place("compose.yaml", 2),
        "prod",
        Place("compose.yaml", 5),
    )
    assert (test.name, test.declared_at, test.target_at) == (
        "test",
        Place("docker-bake.hcl", 1),
        Place("docker-bake.hcl", 2),
    )
    assert test.dockerfile == DockerfilePath("Dockerfile")


def test_bake_and_compose_say_something_about_one_target(project):
    found = project(
        {
            "Dockerfile": TWO,
            "compose.yaml": "services:\n  web:\n    build: {context: ., target: prod}\n",
            "docker-bake.hcl": 'target "web" {\n  args = { A = "1" }\n}\ntarget "more" {\n  inherits = ["web"]\n}\n',
        }
    )
    assert found.unknown == ()
    more = [(build.target, build.build_args) for build in found.builds if build.name == "more"]
    assert more == [(None, {"A": "1"}), ("prod", {"A": "1"})]  # the bake file alone, and both together


def test_a_dockerfile_in_lower_case(project):
    text = "services:\n  a: {build: {context: x, target: prod}}\n  b: {build: {context: x, target: '${T}'}}\n"
    found = project({"x/dockerfile": TWO, "compose.yaml": text})
    declared = found.declared("x/dockerfile")
    assert [(build.path, build.target) for build in declared.builds] == [
        ("x/dockerfile", "prod"),
        ("x/dockerfile", None),
    ]
    assert len(declared.unknown) == 1


def test_an_overriding_file_that_says_no_context_is_not_read_alone(project):
    found = project(
        {
            "api/Dockerfile": TWO,
            "Dockerfile": "FROM a\n",
            "docker-compose.yml": "services: {api: {build: {context: api, target: dev}}}\n",
            "docker-compose.prod.yml": "services: {api: {build: {target: prod}}}\n",
        }
    )
    assert targets(found, "api/Dockerfile") == ["dev", "prod"]
    assert found.declared("Dockerfile").builds == ()


def test_a_file_that_stands_alone_is_not_only_read_as_an_overriding_one(project):
    found = project(
        {
            "Dockerfile": TWO,
            "docker-compose.yml": "services: {api: {build: {context: ., target: dev}}}\n",
            "docker-compose.prod.yml": "services: {api: {build: .}}\n",
        }
    )
    assert targets(found) == ["None", "dev"]


def test_all_profiles_count(project):
    found = project(
        {
            "Dockerfile": TWO,
            "compose.yaml": "services:\n  t:\n    profiles: [test]\n    build: {context: ., target: test}\n",
        }
    )
    assert targets(found) == ["test"]


def test_a_bake_file_in_a_subdirectory_may_be_run_from_above(project):
    found = project({"Dockerfile": TWO, "hack/docker-bake.hcl": 'target "t" {\n  target = "test"\n}\n'})
    assert targets(found) == ["test"]
    assert found.unknown == ()


def test_a_bake_file_whose_dockerfiles_are_beside_it_is_not(project):
    bake = 'target "t" {\n  target = "test"\n}\ntarget "n" {\n  dockerfile = "N"\n}\n'
    found = project({"Dockerfile": TWO, "hack/Dockerfile": TWO, "hack/docker-bake.hcl": bake})
    assert targets(found) == ["None"]
    assert targets(found, "hack/Dockerfile") == ["test"]


def test_a_bake_file_that_fits_nowhere_stays_where_it_is(project):
    found = project({"Dockerfile": TWO, "hack/docker-bake.hcl": 'target "t" {\n  target = "other"\n}\n'})
    assert [build.path for build in found.builds] == ["hack/Dockerfile"]


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("compose.yaml", "services: [", "it is no YAML: did not find expected node content (compose.yaml:1)"),
        ("compose.yaml", "- a", "a compose file must be a mapping (compose.yaml:1)"),
        ("compose.yaml", b"\xff", "compose.yaml is no UTF-8 text: byte 0 is 0xff (compose.yaml:1)"),
        ("docker-bake.hcl", 'target "a" {', "it is no HCL: the end does not fit here (docker-bake.hcl:1)"),
        ("docker-bake.json", "{", "it is no JSON: a name in quotes was expected (docker-bake.json:1)"),
        ("docker-bake.hcl", 'resource "a" {}\n', "resource is no block of a bake file (docker-bake.hcl:1)"),
    ],
)
def test_a_file_that_cannot_be_read_makes_everything_unknown(project, file, text, message):
    found = project({"Dockerfile": TWO, file: text})
    assert found.builds == ()
    assert list(map(str, found.unknown)) == [message]
    assert not found.declared("any/Dockerfile").known


def test_a_broken_file_leaves_the_others(project):
    found = project({"Dockerfile": TWO, "compose.yaml": "[", "a/compose.yaml": "services: {w: {build: {context: ..}}}"})
    assert [build.name for build in found.builds] == ["w"]
    assert len(found.unknown) == 1


def test_a_variable_that_is_given_is_known(project):
    files = {"Dockerfile": TWO, "compose.yaml": "services: {w: {build: {context: ., target: '${T:-dev}'}}}"}
    assert not project(files).declared("Dockerfile").known
    known = project(files, T="test").declared("Dockerfile")
    assert (known.targets, known.known) == (("test",), True)


def test_files_that_are_given_are_read_together(written):
    root = written(
        {
            "Dockerfile": TWO,
            "a.yml": "services: {w: {build: {context: ., target: dev}}}\n",
            "b.yml": "services: {w: {build: {target: prod}}}\n",
            "more/x.hcl": 'target "w" {\n  args = { A = "1" }\n}\n',
        }
    )
    found = stagegraph.project(root / "a.yml", root / "b.yml", root / "more/x.hcl")
    (build,) = found.builds
    assert (build.target, build.build_args) == ("prod", {"A": "1"})
    assert found.files == ("a.yml", "b.yml", "more/x.hcl")


def test_what_is_no_project_is_refused(written):
    root = written({"Dockerfile": TWO})
    for path, message in [
        (root / "none", "no such file or directory"),
        (root / "Dockerfile", r"no compose file \(.yaml, .yml\) and no bake file"),
        ("a\0b", "null byte"),
    ]:
        with pytest.raises(InputError, match=message):
            stagegraph.project(path)


def test_the_current_directory_is_a_project(written, monkeypatch):
    monkeypatch.chdir(written({"Dockerfile": TWO, "compose.yaml": "services: {w: {build: .}}"}))
    assert [build.path for build in stagegraph.project().builds] == ["Dockerfile"]


def test_files_that_include_each_other_come_to_an_end(project):
    found = project({"compose.yaml": "include: [b.yml]\n", "b.yml": "include: [compose.yaml]\n"})
    assert list(map(str, found.unknown)) == [
        "the files include each other: compose.yaml includes b.yml includes compose.yaml (b.yml:1)"
    ]


def test_a_limit_is_said_with_its_file(project):
    found = project({"compose.yaml": "x: " + "a" * 1_100_000})
    assert list(map(str, found.unknown)) == [
        "compose.yaml is larger than 1048576 bytes, a limit of stagegraph (compose.yaml:1)"
    ]


def test_a_bake_file_that_cannot_be_read_beside_a_compose_file_is_said(project):
    found = project({"compose.yaml": "services: {w: {build: .}}", "docker-bake.hcl": "{"})
    assert [build.name for build in found.builds] == ["w"]
    assert [(one.place.file, one.dockerfiles) for one in found.unknown] == [("docker-bake.hcl", "*")]
