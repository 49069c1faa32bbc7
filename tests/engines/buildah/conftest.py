"""What the tests of Buildah share: processes that reach the engines, and a look at what is left behind."""

from __future__ import annotations

import pytest

from ..engines import Engines  # noqa: TID252 - the tests here are no package


@pytest.fixture
def in_engines(engines: Engines, monkeypatch: pytest.MonkeyPatch) -> None:
    """This process reaches the engines: what they need is in its environment."""
    for name, value in engines.environment.items():
        monkeypatch.setenv(name, value)
