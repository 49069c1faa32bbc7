"""The profiles: quick and the same every time, or thorough (`HYPOTHESIS_PROFILE=thorough`)."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

# A law holds or it does not; how long an example takes says nothing about it.
settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "thorough",
    max_examples=2_000,
    deadline=None,
    database=None,
    # With thousands of examples some are slow to make; that is what this profile is for.
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))
