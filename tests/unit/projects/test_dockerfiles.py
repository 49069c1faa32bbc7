import pytest

from stagegraph.errors import StageGraphError
from stagegraph.projects.declared import (
    DeclaredBuild,
    Declarer,
    DockerfilePath,
    InlineDockerfile,
    Place,
    RemoteDockerfile,
)
from stagegraph.projects.dockerfiles import Dockerfiles, stage_of
from stagegraph.stages.cutting import CutDockerfile

HERE = Place("compose.yaml", 1)
TEXT = "FROM a AS Build\nFROM b\nFROM c AS build\n"


def build(dockerfile, target=None):
    return DeclaredBuild("web", Declarer.SERVICE, HERE, dockerfile, ".", target=target)


def test_a_dockerfile_is_read_far_enough_for_its_stages(written):
    dockerfiles = Dockerfiles(written({"Dockerfile": TEXT, "bad/Dockerfile": "FORM a\n", "dir/x": ""}))
    found = dockerfiles.at("Dockerfile")
    assert isinstance(found, CutDockerfile)
    assert [stage.name for stage in found.stages] == ["build", None, "build"]
    assert isinstance(dockerfiles.at("bad/Dockerfile"), StageGraphError)
    assert dockerfiles.at("none/Dockerfile") is None
    assert dockerfiles.at("dir") is None
    assert dockerfiles.at("a\0b") is None


@pytest.mark.parametrize(("target", "index"), [("build", 2), ("BUILD", 2), ("1", None), ("buil", None)])
def test_a_target_is_the_last_stage_of_its_name(written, target, index):
    found = Dockerfiles(written({"Dockerfile": TEXT})).at("Dockerfile")
    assert isinstance(found, CutDockerfile)
    assert stage_of(found, target) == index


@pytest.mark.parametrize(
    ("dockerfile", "target", "there"),
    [
        (DockerfilePath("Dockerfile"), "build", True),
        (DockerfilePath("Dockerfile"), None, True),
        (DockerfilePath("Dockerfile"), "other", False),
        (DockerfilePath("none"), None, False),
        (InlineDockerfile("FROM a AS x", HERE), "x", True),
        (InlineDockerfile("FROM a AS x", HERE), "y", False),
        (RemoteDockerfile("https://h/r.git", "Dockerfile"), None, False),
    ],
)
def test_whether_the_target_of_a_build_is_there(written, dockerfile, target, there):
    assert Dockerfiles(written({"Dockerfile": TEXT})).has_target(build(dockerfile, target)) is there


@pytest.mark.parametrize(
    ("names", "found"), [(["dockerfile"], "a/dockerfile"), (["Dockerfile", "dockerfile"], "a/Dockerfile")]
)
def test_dockerfile_in_lower_case_serves_where_there_is_no_other(tmp_path, names, found):
    (tmp_path / "a").mkdir()
    for name in names:
        (tmp_path / "a" / name).write_text("FROM a AS x\n")
    dockerfiles = Dockerfiles(tmp_path)
    assert dockerfiles.spelled("a/Dockerfile") == found
    assert dockerfiles.at("a/Dockerfile") is not None
    assert dockerfiles.spelled("a/Other") == "a/Other"
