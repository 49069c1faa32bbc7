"""The backend `simulate`: a plan without an engine, in a virtual file system.

What needs no process is really done: files of the context, files of the Dockerfile, copies
between stages, working directories. A `RUN` is recorded, and what it may have changed is unknown.
"""

from __future__ import annotations

from stagegraph.backends.simulate.backend import SimulateBackend

__all__ = ["SimulateBackend"]
