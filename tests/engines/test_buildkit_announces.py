"""The vertices that BuildKit really announces, and what each of them reads, against the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from .announcements import vertices_in, vertices_planned
from .contexts import make_context
from .engines import DockerEngine
from .recorded import Build
from .runnable import runnable

pytestmark = pytest.mark.xdist_group("buildkit")

BUILDS = runnable("buildkit")


def test_there_are_enough_of_them() -> None:
    assert len(BUILDS) >= 60


@pytest.mark.parametrize("build", BUILDS, ids=[build.id for build in BUILDS])
def test_announced(build: Build, docker_engine: DockerEngine, context: Path) -> None:
    make_context(build, context)
    flags = ["--progress=rawjson", "--output=type=cacheonly", "--network=none", *build.flags]
    done = docker_engine.build_buildkit(*flags, context)
    assert vertices_in(done.stderr) == vertices_planned(build.plan.to_dict())
