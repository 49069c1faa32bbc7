"""The engine: containers come and go, images are remembered."""

from __future__ import annotations

import io
import tarfile

import pytest

from stagegraph.backends.buildah.engine import BuildahEngine
from stagegraph.backends.buildah.processes import Ending
from stagegraph.backends.containers.engine import EngineError
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform
from stagegraph.stages.references import ImageReference

from .conftest import build_of

ALPINE = ImageOperation(ImageReference("docker.io/library/alpine:latest"), Platform("linux", "amd64"))


@pytest.fixture
def engine(buildah):
    return BuildahEngine(buildah, build_of("FROM scratch\nLABEL a=b\n"))


def archive_of(**files: str) -> io.BytesIO:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content.encode()))
    stream.seek(0)
    return stream


def test_an_external_image_is_made_anew_without_a_config(engine, fake):
    fake.add_image("alpine:latest", {"OnBuild": ["RUN x"], "Volumes": {"/v": {}}, "Env": ["A=1"]}, base="x")
    image = engine.image(ALPINE)
    assert fake.images[image]["config"] == {}
    assert engine.made == [image]
    assert any(image == one and name.startswith("stagegraph-") for name, one in fake.names.items())


def test_a_container_becomes_an_image_and_is_gone(engine, fake):
    with engine.container(engine.image(ALPINE)) as container:
        container.extract(archive_of(new="1"))
        image = container.commit()
    assert fake.files_of(image) == {"base": "base\n", "new": "1"}
    assert engine.made[-1] == image
    assert fake.containers == {}
    assert fake.said("from")[0][1:4] == ("--quiet", "--pull=never", "--http-proxy=false")


def test_a_container_on_nothing(engine, fake):
    with engine.container(None) as container:
        assert container.files.get("/base") is None
    assert fake.said("from")[0][-1] == "scratch"
    assert fake.containers == {}


def test_an_archive_that_holds_nothing_is_not_added(engine, fake):
    with engine.container(None) as container:
        container.extract(archive_of())
    assert fake.said("add") == []


def test_a_container_whose_files_are_read_is_lent(engine, fake):
    with engine.container(engine.image(ALPINE)) as container:
        (entry,) = [entry for _, entry in container.files.below("/")]
    with entry.node.content.open() as stream:
        assert stream.read() == b"base\n"
    assert engine.lent == list(fake.containers)


def test_a_container_goes_when_something_goes_wrong(engine, fake):
    fake.answers["add"] = lambda _words: Ending(125, error="Error: no space left on device\n")
    with pytest.raises(EngineError, match="no space left"), engine.container(None) as container:
        container.extract(archive_of(a="1"))
    assert fake.containers == {}
    fake.answers["mount"] = lambda _words: Ending(125, error="Error: no\n")
    with pytest.raises(EngineError), engine.container(None):
        pass
    assert fake.containers == {}


def test_the_image_of_a_build_without_files_has_no_layers(engine, fake):
    image = engine.finish(None, {"Labels": {"a": "b"}}, ["one:latest"])
    assert fake.images[image.removeprefix("sha256:")]["rootfs"] == {"type": "layers", "diff_ids": []}
    assert fake.names["one:latest"] == image.removeprefix("sha256:")


def test_an_image_that_does_not_get_all_its_tags_is_taken_away_with_those_it_has(engine, fake):
    def tag(words):
        fake.names["one:latest"] = words[1]
        return Ending(125, error="Error: no space left on device\n")

    fake.answers["tag"] = tag
    images = set(fake.images)
    with pytest.raises(EngineError, match="no space left"):
        engine.finish(None, {}, ["one:latest", "two:latest"])
    assert set(fake.images) == images
    assert "one:latest" not in fake.names


def test_an_image_of_which_nobody_knows_whether_it_was_made_is_remembered_by_its_name(engine, fake):
    fake.answers["commit"] = lambda _words: Ending(-9)
    with pytest.raises(EngineError, match="killed"), engine.container(None) as container:
        container.commit()
    assert engine.made == [fake.said("commit")[0][-1]]
    assert fake.containers == {}


def test_a_container_of_which_nobody_knows_whether_it_was_made_is_removed(engine, fake):
    fake.answers["from"] = lambda _words: Ending(-9)
    with pytest.raises(EngineError), engine.container(None):
        pass
    (name,) = (word.removeprefix("--name=") for word in fake.said("from")[0] if word.startswith("--name="))
    assert fake.said("rm")[0] == ("rm", name)
