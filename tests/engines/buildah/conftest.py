"""What the tests of Buildah share: a process that reaches the engines, and a look at what is left behind."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest

from ..engines import Buildah, Engines  # noqa: TID252 - the tests here are no package
from .remains import Remains


@pytest.fixture
def in_engines(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> Engines:
    """This process reaches the engines: what they need is in its environment."""
    for name, value in engines.environment.items():
        monkeypatch.setenv(name, value)
    return engines


@pytest.fixture
def remains(buildah: Buildah, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Remains:
    """What builds of this test leave behind; their temporary files have a folder of their own."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setenv("TMPDIR", str(folder))
    return Remains(buildah, folder, {"TMPDIR": "/var/tmp"})  # noqa: S108 - not the one that is looked at


@pytest.fixture
def tag(buildah: Buildah) -> Iterator[str]:
    """A name that no other test has; the image is removed from Buildah afterwards."""
    name = f"stagegraph-test/{uuid.uuid4().hex[:12]}:latest"
    yield name
    buildah.run("rmi", "--force", name, check=False)
