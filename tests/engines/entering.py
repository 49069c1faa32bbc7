"""The environment in which backends find an engine of the tests."""

from __future__ import annotations

import pytest

from .engines import CommandLine

_NAMES = ("PATH", "DOCKER_HOST", "DOCKER_CONFIG")


def enter(engine: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes this process one that reaches the engine."""
    for name in _NAMES:
        monkeypatch.setenv(name, engine.environment[name])
