import pytest

from stagegraph.scanning.naming import is_dockerfile_name

TAKEN = """
    Dockerfile dockerfile DOCKERFILE DockerFile Containerfile containerfile
    Dockerfile.dev Dockerfile.alpine-3.19 Dockerfile.v1.2 dockerfile.prod Containerfile.ubi9
    Dockerfile-dev Dockerfile_dev Dockerfile-14.04
    api.Dockerfile api.dockerfile API.DOCKERFILE api.v2.Dockerfile api.Containerfile .dockerfile
    Dockerfile.go Dockerfile.py Dockerfile.js Dockerfile.php Dockerfile.old Dockerfile.windows
"""
LEFT = """
    Dockerfile.dockerignore Dockerfile.dev.dockerignore api.Dockerfile.dockerignore .dockerignore
    Dockerfile.md dockerfile.txt Dockerfile.html dockerfile.json Dockerfile.yml
    Dockerfile.swp .Dockerfile.swp Dockerfile~ Dockerfile.dev~ Dockerfile.orig Dockerfile.bak Dockerfile.rej
    Dockerfile.tmpl Dockerfile.j2 Dockerfile.in Dockerfile.template Dockerfile.dev.erb
    dockerfile.py dockerfile.go dockerfile.lark dockerfile_test.go dockerfile-parse.js Dockerfile.java
    Dockerfiles MyDockerfile Dockerfile2 docker-compose.yml Makefile Dockerfile. dockerfile-
"""


@pytest.mark.parametrize("name", [*TAKEN.split(), "dev box.Dockerfile", "Dockerfile.é", "Dockerfile.\udcff"])
def test_what_people_call_a_dockerfile(name):
    assert is_dockerfile_name(name)


@pytest.mark.parametrize("name", [*LEFT.split(), "", "#Dockerfile#"])
def test_what_is_none(name):
    assert not is_dockerfile_name(name)
