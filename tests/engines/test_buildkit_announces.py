"""The vertices that BuildKit really announces, and what each of them reads, against the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from .announcements import vertices_in, vertices_planned
from .engines import DockerEngine
from .runnable import Build, make_context, runnable

pytestmark = pytest.mark.xdist_group("buildkit")

BUILDS = runnable("buildkit", "buildkit.jsonl")


def test_there_are_enough_of_them() -> None:
    assert len(BUILDS) >= 60


@pytest.mark.parametrize("build", BUILDS, ids=[build.id for build in BUILDS])
@pytest.mark.usefixtures("buildkit_alone")
def test_announced(build: Build, docker_engine: DockerEngine, context: Path) -> None:
    make_context(build, context)
    done = docker_engine.build_buildkit("--progress=rawjson", "--network=none", *build.flags, context)
    assert vertices_in(done.stderr) == vertices_planned(build.plan.to_dict())
