"""Image configs: what is kept of them, what is assumed, what is refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from stagegraph import InputError, Platform
from stagegraph.platforms import parse_platform
from stagegraph.stages.image_configs import DEFAULT_PATH, ImageConfig, empty_image_config, image_config
from stagegraph.stages.options import no_image_configs


def read(given: Mapping[str, object]) -> ImageConfig:
    return image_config("docker.io/library/a:latest", {"docker.io/library/a:latest": given}.get)


def test_what_is_assumed() -> None:
    config = image_config("a", no_image_configs)
    assert config.platform == Platform(os="linux", architecture="amd64")
    assert config.config == {"Env": [DEFAULT_PATH]}
    assert config.has_layers
    assert config.on_build == ()


@pytest.mark.parametrize(("platform", "environment"), [("linux/arm64", [DEFAULT_PATH]), ("windows/amd64", None)])
def test_the_empty_image(platform: str, environment: list[str] | None) -> None:
    empty = empty_image_config(parse_platform(platform))
    assert empty.config.get("Env") == environment
    assert empty.config["WorkingDir"] == "/"
    assert not empty.has_layers


def test_what_is_kept() -> None:
    members = {
        "User": "me",
        "WorkingDir": "/w",
        "StopSignal": "SIGINT",
        "Env": ["A=1"],
        "Entrypoint": ["x"],
        "Cmd": ["y"],
        "OnBuild": ["RUN z"],
        "Shell": ["sh"],
        "ExposedPorts": {"80/tcp": {}},
        "Volumes": {"/v": {}},
        "Labels": {"a": "b"},
        "Healthcheck": {"Test": ["CMD", "x"], "Retries": 3, "Timeout": 0},
        "ArgsEscaped": True,
        "Hostname": "dropped",
        "Tty": True,
        "Image": None,
    }
    config = read({"os": "linux", "architecture": "arm", "variant": "v7", "os.version": "1", "config": members})
    kept = {name: value for name, value in members.items() if name not in ("Hostname", "Tty", "Image")}
    kept["Healthcheck"] = {"Test": ["CMD", "x"], "Retries": 3}
    assert config.config == kept
    assert config.on_build == ("RUN z",)
    assert config.platform == Platform(os="linux", architecture="arm", variant="v7", os_version="1")


@pytest.mark.parametrize(
    "given", [{}, {"config": None}, {"config": {}}, {"config": {"Env": None, "Cmd": [], "User": ""}}]
)
def test_nothing(given: dict[str, object]) -> None:
    assert read(given).config == {}


@pytest.mark.parametrize(
    ("given", "has_layers"),
    [
        ({}, False),
        ({"rootfs": {"diff_ids": ["x"]}}, True),
        ({"rootfs": {"diff_ids": []}}, False),
        ({"rootfs": {"diff_ids": []}, "history": [{"empty_layer": True}]}, False),
        ({"history": [{"empty_layer": True}, {"created_by": "x"}]}, True),
    ],
)
def test_layers(given: dict[str, object], has_layers: bool) -> None:
    assert read(given).has_layers is has_layers


@pytest.mark.parametrize(
    "given",
    [
        {"config": ["x"]},
        {"config": {"Env": "A=1"}},
        {"config": {"Env": [1]}},
        {"config": {"Labels": ["a"]}},
        {"config": {"Healthcheck": "x"}},
        {"config": {"Volumes": ["/v"]}},
    ],
)
def test_refused(given: dict[str, object]) -> None:
    with pytest.raises(InputError) as caught:
        read(given)
    assert caught.value.message.startswith("the image config of docker.io/library/a:latest is malformed: ")
