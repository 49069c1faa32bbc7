import pytest

from stagegraph.projects.discovery import Found, find, is_bake, is_compose, is_dockerfile


@pytest.mark.parametrize(
    "name",
    [
        "compose.yaml",
        "compose.yml",
        "docker-compose.yml",
        "docker-compose.dev.yaml",
        "test-docker-compose.yml",
        "compose-test.yml",
        "ci.compose.yml",
    ],
)
def test_compose_files(name):
    assert is_compose(name)
    assert not is_bake(name)
    assert not is_dockerfile(name)


@pytest.mark.parametrize("name", ["composer.yml", "compose.json", "my-compose.yml", "docker-compose", "xcompose.yaml"])
def test_no_compose_files(name):
    assert not is_compose(name)


@pytest.mark.parametrize(
    "name",
    [
        "docker-bake.hcl",
        "docker-bake.json",
        "docker-bake.override.hcl",
        "bake.hcl",
        "ci.bake.hcl",
        "docker-bake-ci.json",
    ],
)
def test_bake_files(name):
    assert is_bake(name)
    assert not is_compose(name)


@pytest.mark.parametrize("name", ["main.hcl", "docker-bake.yml", "bakery.json", "package.json"])
def test_no_bake_files(name):
    assert not is_bake(name)


@pytest.mark.parametrize(
    "name",
    [
        "Dockerfile",
        "dockerfile",
        "Dockerfile.dev",
        "web.Dockerfile",
        "Containerfile",
        "Dockerfile-alpine",
        "x.dockerfile",
    ],
)
def test_dockerfiles(name):
    assert is_dockerfile(name)


@pytest.mark.parametrize(
    "name", ["Dockerfile.dockerignore", "Dockerfile.md", "Dockerfiles", "dockerfile.go", "Dockerfile~", "Dockerfile.j2"]
)
def test_no_dockerfiles(name):
    assert not is_dockerfile(name)


def test_a_tree_is_searched_but_for_what_others_wrote(written):
    names = ["compose.yaml", "a/docker-bake.hcl", ".devcontainer/docker-compose.yml", "a/b/Dockerfile", "Dockerfile"]
    others = ["node_modules/x/Dockerfile", "vendor/y/compose.yaml", ".git/Dockerfile", ".venv/docker-bake.hcl"]
    assert find(written(dict.fromkeys([*names, *others], ""))) == Found(
        compose=(".devcontainer/docker-compose.yml", "compose.yaml"),
        bake=("a/docker-bake.hcl",),
        dockerfiles=("Dockerfile", "a/b/Dockerfile"),
    )
