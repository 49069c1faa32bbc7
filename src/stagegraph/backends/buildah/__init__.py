"""The backend `buildah`: either builder's execution set through the command `buildah`, without a daemon.

Every step is carried out in a working container of its own, by argument vectors only; what the
builder of the plan does differently from Buildah is done here as that builder does it.
"""

from __future__ import annotations

from stagegraph.backends.buildah.backend import BuildahBackend

__all__ = ["BuildahBackend"]
