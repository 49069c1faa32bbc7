"""The real engines that `make engines` started.

Without them the tests here are skipped, with the reason; where `STAGEGRAPH_ENGINES=required` they
fail instead. Both builders and both engines are shared by all tests and all workers, so a test names
what it makes (`unique_tag`), and takes nothing away that is not its own.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from .engines import Buildah, DockerEngine, Engines, EnginesMissing


@pytest.fixture(scope="session")
def engines() -> Engines:
    """Where the engines are: everything that a process needs to reach them is in its environment."""
    try:
        return Engines.started()
    except EnginesMissing as missing:
        if os.environ.get("STAGEGRAPH_ENGINES") == "required":
            pytest.fail(f"STAGEGRAPH_ENGINES=required, but {missing}")
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def docker_engine(engines: Engines) -> DockerEngine:
    """Docker Engine with BuildKit, buildx and the legacy builder, and the base images."""
    return engines.docker


@pytest.fixture(scope="session")
def buildah(engines: Engines) -> Buildah:
    """Buildah with a storage of its own, and the same base images."""
    return engines.buildah


@pytest.fixture
def buildkit_alone(docker_engine: DockerEngine) -> Iterator[None]:
    """For a test that has the backend `buildkit` build: nobody else does meanwhile, nor `docker buildx build`."""
    with docker_engine.alone():
        yield


@pytest.fixture
def unique_tag(docker_engine: DockerEngine) -> Iterator[str]:
    """A tag that no other test has; the image is removed from Docker afterwards."""
    tag = f"stagegraph-test/{uuid.uuid4().hex[:12]}:latest"
    yield tag
    docker_engine.run("image", "rm", "--force", tag, check=False)


@pytest.fixture
def context(tmp_path: Path) -> Path:
    """An empty build context."""
    path = tmp_path / "context"
    path.mkdir()
    return path
