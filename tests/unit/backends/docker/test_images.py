"""Images made of layers that the engine has."""

from __future__ import annotations

import hashlib
import json

import pytest
from docker.errors import DockerException

import stagegraph
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.images import fetched, inspected, layers_of, make_image, tag_image
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform
from stagegraph.stages.references import ImageReference

ARM = Platform("linux", "arm64", "v8")
ALPINE = ImageOperation(ImageReference("docker.io/library/alpine:latest"), ARM)


def test_an_image_that_is_not_there(connection):
    assert inspected(connection, "none") is None
    assert layers_of(connection, None) == []
    assert layers_of(connection, "none") == []


def test_layers(connection, client):
    client.add_image("a", "sha256:1", "sha256:2")
    assert layers_of(connection, "a") == ["sha256:1", "sha256:2"]


def test_an_image_is_pulled_only_where_it_is_not_there(connection, client):
    image = client.add_image("docker.io/library/alpine:latest")
    assert fetched(connection, ALPINE)["Id"] == image
    assert client.pulls == []


@pytest.mark.parametrize(
    ("messages", "reason"), [([{"error": "no such host"}], "no such host"), ([{"status": "done"}], "not found")]
)
def test_an_image_that_cannot_be_pulled(connection, client, messages, reason):
    client.pulled = messages
    with pytest.raises(EngineError) as caught:
        fetched(connection, ALPINE)
    assert caught.value.message == f"docker.io/library/alpine:latest: {reason}"
    assert client.pulls == [("docker.io/library/alpine:latest", "linux/arm64/v8")]


def test_an_image_is_made_of_layers_a_config_and_names_in_one_go(connection, client):
    image = make_image(connection, ["sha256:1"], {"Env": ["A=1"]}, ARM, ["t:1", "u:2"])
    made = client.images_by_id[image]
    assert (made["config"], made["rootfs"]) == ({"Env": ["A=1"]}, {"type": "layers", "diff_ids": ["sha256:1"]})
    assert (made["os"], made["architecture"], made["variant"]) == ("linux", "arm64", "v8")
    assert client.names == {"t:1": image, "u:2": image}


def test_the_id_is_the_digest_of_the_config(connection, client):
    image = make_image(connection, [], {}, Platform("linux", "amd64"))
    written = {name: value for name, value in client.images_by_id[image].items() if name != "Id"}
    assert "variant" not in written
    assert image == f"sha256:{hashlib.sha256(json.dumps(written).encode()).hexdigest()}"


def test_an_engine_that_does_not_know_the_layers(connection, client):
    client.knows_layers = False
    with pytest.raises(EngineError, match="cannot make an image of its layers: layer does not exist"):
        make_image(connection, ["sha256:1"], {}, ARM)


@pytest.mark.parametrize("tag", ["hello:latest", "localhost:5000/acme/hello:1"])
def test_tags(connection, client, tag):
    tag_image(connection, "sha256:1", tag)
    assert client.names == {tag: "sha256:1"}


def test_an_engine_that_goes(connection, client, monkeypatch):
    def gone(_name):
        raise DockerException("broken pipe")

    monkeypatch.setattr(client, "inspect_image", gone)
    with pytest.raises(stagegraph.BackendError, match="the Docker Engine has gone: broken pipe"):
        inspected(connection, "a")
