"""The conformance kit, run on the backends for Docker as a third party would run it on its own."""

from __future__ import annotations

from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends import conformance

from .engines import DockerEngine
from .entering import enter

CASES = (*conformance.CASES, *conformance.RUN_CASES)


@pytest.fixture(autouse=True)
def _in_engine(docker_engine: DockerEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    enter(docker_engine, monkeypatch)


@pytest.mark.parametrize("case", CASES, ids=str)
def test_docker(case: conformance.Case, context: Path) -> None:
    conformance.check(stagegraph.find_backend("docker"), case, context)


@pytest.mark.usefixtures("buildkit_alone")
@pytest.mark.parametrize("case", CASES, ids=str)
def test_buildkit(case: conformance.Case, context: Path) -> None:
    conformance.check(stagegraph.find_backend("buildkit"), case, context)
