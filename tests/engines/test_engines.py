"""The engines themselves: the ones that the tests were made for, and the base images in both."""

from __future__ import annotations

from pathlib import Path

import pytest

from .engines import Buildah, DockerEngine, EnginesMissing, settings_in
from .runnable import BASE_IMAGES


def test_docker_is_the_one_that_plans_are_compared_with(docker_engine: DockerEngine) -> None:
    assert docker_engine.run("version", "--format", "{{.Server.Version}}").stdout.startswith("28.5")
    assert "buildx" in docker_engine.run("buildx", "version").stdout


def test_every_base_image_is_in_docker(docker_engine: DockerEngine) -> None:
    described = docker_engine.run("image", "inspect", *BASE_IMAGES, "--format", "{{.Os}}")
    assert described.stdout.split() == ["linux"] * len(BASE_IMAGES)


def test_every_base_image_is_in_buildah(buildah: Buildah) -> None:
    listed = buildah.run("images", "--format", "{{.Name}}:{{.Tag}}").stdout.split()
    assert set(BASE_IMAGES) <= set(listed)


def test_the_daemon_reaches_no_registry(docker_engine: DockerEngine) -> None:
    pulled = docker_engine.run("pull", "nowhere:latest", check=False)
    assert pulled.returncode != 0


def test_engines_that_are_not_there_are_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(EnginesMissing, match="make engines"):
        settings_in(tmp_path / "environment")
