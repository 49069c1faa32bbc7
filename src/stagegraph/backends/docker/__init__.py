"""The backend `docker`: either builder's execution set on a Docker Engine, without BuildKit.

A plan of BuildKit's is carried out step by step in containers; a plan of the legacy builder's by
that builder itself, a slice of the Dockerfile for each stage.
"""

from __future__ import annotations

from stagegraph.backends.docker.backend import DockerBackend

__all__ = ["DockerBackend"]
