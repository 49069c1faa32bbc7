"""A whole repository: which files are read, which together, and from where."""

from __future__ import annotations

import pytest

from stagegraph.projects import Field, find_files, read_repository, targets_of


@pytest.fixture
def repository(write):
    def read(files, **options):
        return read_repository(write(files), **options)

    return read


def _shown(project, root):
    return sorted(
        (target.name, target.dockerfile.relative_to(root).as_posix(), target.stage or "") for target in project.targets
    )


def test_every_directory_is_a_project_of_its_own(repository, tmp_path):
    found = repository(
        {
            "compose.yaml": "services: {app: {build: {context: ., target: a}}}\n",
            "services/api/docker-compose.yml": "services: {app: {build: {context: ., target: b}}}\n",
            ".devcontainer/compose.yml": "services: {dev: {build: {context: .., target: dev}}}\n",
            "node_modules/x/compose.yaml": "services: {no: {build: .}}\n",
            "docs/notes.yaml": "services: {no: {build: .}}\n",
        }
    )
    assert found.unknowns == ()
    assert _shown(found, tmp_path) == [
        ("app", "Dockerfile", "a"),
        ("app", "services/api/Dockerfile", "b"),
        ("dev", "Dockerfile", "dev"),
    ]


@pytest.mark.parametrize(
    "name",
    [
        "compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.prod.yaml", "compose.override.yml",
        "docker-compose-dev.yml", "prod.compose.yaml", "prod-docker-compose.yml", "docker-bake.hcl", "docker-bake.json",
        "docker-bake.ci.hcl", "docker-bake.override.json", "ci.bake.hcl", "bake.hcl",
    ],
)  # fmt: skip
def test_names_that_are_found(write, tmp_path, name):
    write({f"a/{name}": ""})
    assert find_files(tmp_path) == (tmp_path / "a" / name,)


@pytest.mark.parametrize(
    "name", ["composer.json", "mycompose.yaml", "docker-bake.txt", "package.json", "compose.yaml.j2"]
)
def test_names_that_are_not(write, tmp_path, name):
    write({name: ""})
    assert find_files(tmp_path) == ()


def test_the_override_is_merged_as_compose_does(repository, tmp_path):
    found = repository(
        {
            "compose.yaml": "services: {app: {build: {context: src, target: prod}}}\n",
            "compose.override.yaml": "services: {app: {build: {target: dev}}}\n",
        }
    )
    assert _shown(found, tmp_path) == [("app", "src/Dockerfile", "dev"), ("app", "src/Dockerfile", "prod")]


def test_a_file_that_shares_a_service_is_merged_over_the_base(repository, tmp_path):
    found = repository(
        {
            "docker-compose.yml": "services: {app: {build: src}, db: {image: x}}\n",
            "docker-compose.test.yml": "services: {app: {build: {target: test}}}\n",
            "docker-compose.tools.yml": "services: {tool: {build: tools}}\n",
        }
    )
    assert _shown(found, tmp_path) == [
        ("app", "src/Dockerfile", ""),
        ("app", "src/Dockerfile", "test"),
        ("tool", "tools/Dockerfile", ""),
    ]


def test_a_bake_file_that_builds_on_the_base_is_merged_over_it(repository, tmp_path):
    found = repository(
        {
            "docker-bake.hcl": 'target "common" { context = "src" }\n',
            "docker-bake.ci.hcl": 'target "ci" {\n  inherits = ["common"]\n  target = "ci"\n}\n',
            "docker-bake.other.hcl": 'target "other" { target = "other" }\n',
        }
    )
    assert found.unknowns == ()
    assert _shown(found, tmp_path) == [
        ("ci", "src/Dockerfile", "ci"),
        ("common", "src/Dockerfile", ""),
        ("other", "Dockerfile", "other"),
    ]


BAKE = 'target "app" {\n  context = "."\n  target = "x"\n  args = { A = timestamp() }\n}\n'


def test_a_bake_file_below_the_root_is_started_where_its_dockerfile_is(repository, tmp_path):
    found = repository({"Dockerfile": "", "docker/docker-bake.hcl": BAKE})
    assert _shown(found, tmp_path) == [("app", "Dockerfile", "x")]
    assert [unknown.dockerfile for unknown in found.unknowns] == [tmp_path / "Dockerfile"]


def test_or_in_its_own_directory(repository, tmp_path):
    found = repository({"docker/Dockerfile": "", "docker/docker-bake.hcl": BAKE})
    assert _shown(found, tmp_path) == [("app", "docker/Dockerfile", "x")]


BOTH = {"Dockerfile": "", "docker/Dockerfile": ""}


def test_and_there_where_both_are_there_and_bake_finds_the_file(repository, tmp_path):
    found = repository({**BOTH, "docker/docker-bake.hcl": BAKE})
    assert _shown(found, tmp_path) == [("app", "docker/Dockerfile", "x")]
    assert targets_of(found, tmp_path / "Dockerfile").unknowns == ()


@pytest.mark.parametrize(
    ("name", "more"),
    [("ci.bake.hcl", ""), ("docker-bake.hcl", 'target "other" { dockerfile = "docker/Dockerfile" }\n')],
    ids=["a file that must be named", "a target that asks for the root"],
)
def test_else_either_may_be_built(repository, tmp_path, name, more):
    found = repository({**BOTH, f"docker/{name}": BAKE + more})
    assert ("app", "docker/Dockerfile", "x") in _shown(found, tmp_path)
    (unknown,) = targets_of(found, tmp_path / "Dockerfile").unknowns
    assert (unknown.field, unknown.origin.line) == (Field.CONTEXT, 2)
    assert unknown.reason == "started from the root, it builds the Dockerfile there"


def test_what_cannot_be_read_in_one_directory_may_concern_any(repository, tmp_path):
    found = repository({"a/compose.yaml": "services: [\n", "b/compose.yaml": "services: {x: {build: .}}\n"})
    builds = targets_of(found, tmp_path / "b" / "Dockerfile")
    assert ([target.name for target in builds.targets], [unknown.subject for unknown in builds.unknowns]) == (
        ["x"],
        ["a/compose.yaml"],
    )


def test_the_environment_reaches_every_project(repository):
    found = repository({"a/compose.yaml": "services: {x: {build: {target: '${S}'}}}\n"}, environment={"S": "given"})
    assert [target.stage for target in found.targets] == ["given"]
