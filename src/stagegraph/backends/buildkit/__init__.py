"""The backend `buildkit`: BuildKit itself, through `docker buildx build`.

BuildKit decides what runs when; what it announces is laid beside the plan.
"""

from __future__ import annotations

from stagegraph.backends.buildkit.backend import BuildKitBackend

__all__ = ["BuildKitBackend"]
