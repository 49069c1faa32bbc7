"""Images made of layers that are there."""

from __future__ import annotations

import hashlib
import json

import pytest

from stagegraph.backends.buildah.images import fetched, inspected, layers_of, name_of, new_image
from stagegraph.backends.buildah.processes import Ending
from stagegraph.backends.containers.engine import EngineError
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform
from stagegraph.stages.references import ImageReference

PLATFORM = Platform("linux", "arm64", "v8")


def test_an_image_that_is_not_there(buildah, fake):
    assert inspected(buildah, "none") is None
    fake.answers["inspect"] = lambda _words: Ending(125, error="Error: storage is broken\n")
    with pytest.raises(EngineError, match="storage is broken"):
        inspected(buildah, "none")


@pytest.mark.parametrize(
    ("reference", "name"),
    [
        ("docker.io/library/alpine:latest", "alpine:latest"),
        ("docker.io/acme/app:1", "acme/app:1"),
        ("localhost:5000/app:latest", "localhost:5000/app:latest"),
    ],
)
def test_names_are_looked_up_as_people_write_them(reference, name):
    assert name_of(reference) == name


def test_an_image_is_pulled_only_where_it_is_not_there(buildah, fake):
    operation = ImageOperation(ImageReference("docker.io/library/alpine:latest"), PLATFORM)
    assert fetched(buildah, operation)["config"] == {"Env": ["PATH=/bin"]}
    assert fake.said("pull") == []


def test_an_image_that_cannot_be_pulled(buildah, fake):
    fake.answers["pull"] = lambda _words: Ending(125, error="Error: no such host\n")
    with pytest.raises(EngineError) as caught:
        fetched(buildah, ImageOperation(ImageReference("h.io/x:1"), PLATFORM))
    assert caught.value.message == "h.io/x:1: no such host"
    assert fake.said("pull") == [("pull", "--quiet", "--platform=linux/arm64/v8", "h.io/x:1")]


def test_an_image_that_is_pulled(buildah, fake):
    fake.answers["pull"] = lambda _words: Ending(0, fake.add_image("h.io/x:1", {"User": "me"}).encode())
    assert fetched(buildah, ImageOperation(ImageReference("h.io/x:1"), PLATFORM))["config"] == {"User": "me"}


def test_an_image_is_a_config_and_layers(buildah, fake):
    written = {}

    def pull(words):
        folder = words[-1].removeprefix("dir:")
        assert words[:-1] == ("pull", "--quiet")
        with open(f"{folder}/manifest.json", encoding="ascii") as file:  # noqa: PTH123 - it is a place in a word
            written["manifest"] = json.load(file)
        digest = written["manifest"]["config"]["digest"].removeprefix("sha256:")
        with open(f"{folder}/{digest}", "rb") as file:  # noqa: PTH123 - as above
            written["config"] = file.read()
        return Ending(0)

    fake.answers["pull"] = pull
    layers = ["sha256:" + "a" * 64, "sha256:" + "b" * 64]
    image = new_image(layers, {"Shell": ["sh"]}, PLATFORM)
    image.make(buildah)
    manifest = written["manifest"]
    assert manifest["config"]["digest"] == f"sha256:{image.id}"
    assert manifest["config"]["digest"] == f"sha256:{hashlib.sha256(written['config']).hexdigest()}"
    assert manifest["config"]["size"] == len(written["config"])
    assert [layer["digest"] for layer in manifest["layers"]] == layers
    config = json.loads(written["config"])
    assert (config["os"], config["architecture"], config["variant"]) == ("linux", "arm64", "v8")
    assert config["config"] == {"Shell": ["sh"]}
    assert layers_of(config) == layers
    assert len(config["history"]) == 2
    assert list(buildah.folder.iterdir()) == []


def test_no_image_has_no_layers():
    assert layers_of(None) == layers_of({}) == layers_of({"rootfs": {"diff_ids": None}}) == []
