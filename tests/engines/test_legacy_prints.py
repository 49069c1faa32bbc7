"""The steps that the legacy builder really prints, against the plan."""

from __future__ import annotations

from pathlib import Path

import pytest

from .announcements import legacy_steps_in
from .contexts import make_context
from .engines import DockerEngine
from .recorded import Build
from .runnable import runnable

BUILDS = runnable("legacy")


def test_there_are_enough_of_them() -> None:
    assert len(BUILDS) >= 60


@pytest.mark.parametrize("build", BUILDS, ids=[build.id for build in BUILDS])
def test_printed(build: Build, docker_engine: DockerEngine, context: Path) -> None:
    make_context(build, context)
    done = docker_engine.build_legacy("--network=none", *build.flags, context)
    assert legacy_steps_in(done.stdout) == [step.name for step in build.plan.steps]
