"""A Buildah that is none, and a build that it carries out."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.progress import Cancellation
from stagegraph.backends.protocol import Build

from .fake import FakeBuildah


@pytest.fixture
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where temporary files of builds stand."""
    return tmp_path_factory.mktemp("temporary")


@pytest.fixture(autouse=True)
def _as_root(monkeypatch: pytest.MonkeyPatch, temporary: Path) -> None:
    """Whoever runs the tests: containers are mounted, and a `RUN` is kept apart by `oci`."""
    monkeypatch.setattr("os.geteuid", lambda: 0)
    for name in ("BUILDAH_ISOLATION", "BUILDAH_RUNTIME", "DOCKER_CONFIG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TMPDIR", str(temporary))


@pytest.fixture
def fake(tmp_path: Path) -> FakeBuildah:
    """A Buildah with the image `alpine:latest`."""
    fake = FakeBuildah(tmp_path / "storage")
    fake.add_image("alpine:latest", {"Env": ["PATH=/bin"]}, base="base\n")
    return fake


@pytest.fixture
def buildah(fake: FakeBuildah, tmp_path: Path) -> Buildah:
    """The commands of the fake."""
    folder = tmp_path / "build"
    folder.mkdir()
    return Buildah(fake, folder, Cancellation())


def build_of(text: str, builder: str = "buildkit", **options) -> Build:
    """A build of a Dockerfile."""
    return Build(stagegraph.plan(text, builder=builder), **options)
