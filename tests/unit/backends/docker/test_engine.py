"""Images that a build begins upon, makes on its way, and makes at last."""

from __future__ import annotations

from contextlib import closing

import pytest

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.connection import Connection
from stagegraph.backends.docker.engine import DockerEngine
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform
from stagegraph.stages.references import ImageReference

AMD = Platform("linux", "amd64")


def operation(name="docker.io/library/alpine:latest"):
    return ImageOperation(ImageReference(name), AMD)


@pytest.fixture
def docker(engine):
    """`engine` as `ContainerWork` sees it."""
    assert engine.images_by_id
    with closing(Connection()) as connection:
        yield DockerEngine(connection, AMD, "default")


def test_an_image_is_what_it_is(docker, engine):
    assert docker.image(operation()) == engine.names["docker.io/library/alpine:latest"]
    assert docker.made == []


def test_an_image_with_volumes_is_made_anew_without_them_and_goes_in_the_end(docker, engine):
    config = {"Volumes": {"/data": {}}, "OnBuild": ["RUN x"], "Env": ["A=1"]}
    image = engine.add_image("docker.io/library/db:latest", "sha256:one", "sha256:two", **config)
    plain = docker.image(operation("docker.io/library/db:latest"))
    assert plain != image
    made = engine.images_by_id[plain]
    assert (made["config"], made["rootfs"]["diff_ids"]) == ({"Env": ["A=1"]}, ["sha256:one", "sha256:two"])
    assert docker.made == [plain]


def test_an_image_that_is_nowhere(docker, engine):
    with pytest.raises(EngineError, match="none:latest: not found"):
        docker.image(operation("docker.io/library/none:latest"))
    assert engine.pulls == [("docker.io/library/none:latest", "linux/amd64")]


def test_what_a_container_becomes_is_remembered(docker, engine):
    with docker.container(docker.image(operation())) as container:
        assert docker.made == []
        image = container.commit()
    assert docker.made == [image]
    assert engine.images_by_id[image]["RootFS"]["Layers"] == ["sha256:alpine", "sha256:layer of container 0"]
    assert engine.open == set()


def test_an_image_that_cannot_be_made_is_not_remembered(docker, engine):
    engine.failing["commit"] = "no room"
    with docker.container(docker.image(operation())) as container, pytest.raises(EngineError, match="no room"):
        container.commit()
    assert (docker.made, engine.open) == ([], set())


def test_an_image_without_files_is_made_once(docker, engine):
    for _ in range(2):
        with docker.container(None):
            assert len(docker.made) == 1
    (nothing,) = docker.made
    assert engine.images_by_id[nothing]["rootfs"]["diff_ids"] == []
    assert {one.config["Image"] for one in engine.all.values()} == {nothing}


def test_what_the_build_was_for_has_its_layers_its_config_and_its_names_and_stays(docker, engine):
    image = docker.finish(docker.image(operation()), {"Cmd": ["x"]}, ["a:1", "b:2"])
    made = engine.images_by_id[image]
    assert (made["config"], made["rootfs"]["diff_ids"]) == ({"Cmd": ["x"]}, ["sha256:alpine"])
    assert {name for name, named in engine.names.items() if named == image} == {"a:1", "b:2"}
    assert docker.made == []


def test_a_result_without_files(docker, engine):
    image = docker.finish(None, {}, [])
    assert engine.images_by_id[image]["rootfs"]["diff_ids"] == []
