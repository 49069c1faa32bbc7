from pathlib import Path

import attrs
import pytest

from stagegraph.projects.declared import (
    DeclaredBuild,
    DeclaredTargets,
    Declarer,
    DockerfilePath,
    InlineDockerfile,
    Place,
    Project,
    RemoteDockerfile,
    Unknown,
)

HERE = Place("compose.yaml", 3)
WEB = DeclaredBuild("web", Declarer.SERVICE, HERE, DockerfilePath("web/Dockerfile"), "web", target="prod")
TEST = attrs.evolve(WEB, name="test", target="test")
LAST = attrs.evolve(WEB, name="last", target=None)
DOUBT = Unknown("the target depends on T", HERE, "web/Docker*")


def project(*builds, unknown=()):
    return Project(Path("/repo"), ("compose.yaml",), (), builds, unknown)


def test_a_place_is_told_and_ordered():
    assert str(HERE) == "compose.yaml:3"
    assert sorted([Place("b", 1), Place("a", 10), Place("a", 9)]) == [Place("a", 9), Place("a", 10), Place("b", 1)]


def test_only_a_file_of_the_repository_has_a_path():
    assert WEB.path == "web/Dockerfile"
    assert attrs.evolve(WEB, dockerfile=InlineDockerfile("FROM a", HERE)).path is None
    assert attrs.evolve(WEB, dockerfile=RemoteDockerfile("https://x", "Dockerfile")).path is None


def test_the_targets_of_a_dockerfile():
    declared = project(WEB, TEST, attrs.evolve(WEB, name="again"), LAST).declared("web/Dockerfile")
    assert declared.targets == ("prod", "test", None)
    assert declared.known
    assert [build.name for build in declared.builds] == ["web", "test", "again", "last"]


def test_without_a_declaration_the_target_is_the_last_stage():
    assert project(WEB).declared("Dockerfile") == DeclaredTargets((), ())
    assert project(WEB).declared("Dockerfile").targets == (None,)


def test_what_is_unknown_concerns_the_dockerfiles_of_its_pattern():
    found = project(WEB, unknown=(DOUBT,))
    assert not found.declared("web/Dockerfile").known
    assert found.declared("web/Dockerfile.dev") == DeclaredTargets((), (DOUBT,))
    assert found.declared("web/Dockerfile.dev").targets == ()
    assert found.declared("Dockerfile").known
    assert str(DOUBT) == "the target depends on T (compose.yaml:3)"


@pytest.mark.parametrize(
    "path", ["web/Dockerfile", "./web/../web/Dockerfile", Path("web/Dockerfile"), "/repo/web/Dockerfile"]
)
def test_a_dockerfile_is_found_however_its_path_is_spelled(path):
    assert project(WEB).declared(path).builds == (WEB,)
