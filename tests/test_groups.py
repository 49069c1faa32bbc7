"""Tests of one group stay on one worker: engines are shared, and examples read what others wrote."""

from __future__ import annotations

import pytest


@pytest.mark.xdist_group("one-group")
def test_a_group_is_known_to_the_scheduler(request: pytest.FixtureRequest) -> None:
    if not hasattr(request.config, "workerinput"):
        pytest.skip("one process runs all tests")
    assert request.node.nodeid.endswith("@one-group")
