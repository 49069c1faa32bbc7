"""Which files of a directory tree are compose files, bake files and Dockerfiles, by their names."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import attrs

_COMPOSE = re.compile(r"(?:docker-)?compose(?:[._-].+)?\.ya?ml|.+(?:\.|[._-]docker-)compose\.ya?ml", re.IGNORECASE)
_BAKE = re.compile(r"(?:docker-)?bake(?:[._-].+)?\.(?:hcl|json)|.+[._-]bake\.(?:hcl|json)", re.IGNORECASE)
_DOCKERFILE = re.compile(r"(?:dockerfile|containerfile)(?:[._-].+)?|.+[._-](?:dockerfile|containerfile)", re.IGNORECASE)
_NO_DOCKERFILE = re.compile(
    r".*(?:\.dockerignore|\.(?:md|rst|txt|py|sh|go|js|ts|ya?ml|json|toml|bak|orig|swp|j2|tmpl|template|erb)|~)",
    re.IGNORECASE,
)
_SKIPPED = frozenset(
    {
        ".git",
        ".hg",
        ".svn",
        ".jj",
        "node_modules",
        ".venv",
        "venv",
        ".tox",
        ".nox",
        "__pycache__",
        ".terraform",
        "vendor",
    }
)


@attrs.frozen
class Found:
    """The files of a tree, each list sorted; paths are as seen from its top."""

    compose: tuple[str, ...] = ()
    bake: tuple[str, ...] = ()
    dockerfiles: tuple[str, ...] = ()


def find(root: Path) -> Found:
    """The files below `root`, but for version control, vendored and installed packages, virtual environments."""
    paths = sorted(_paths(root))
    named = [(path, path.rpartition("/")[2]) for path in paths]
    return Found(
        tuple(path for path, name in named if is_compose(name)),
        tuple(path for path, name in named if is_bake(name)),
        tuple(path for path, name in named if is_dockerfile(name)),
    )


def is_compose(name: str) -> bool:
    """Whether a file is called like `compose.yaml`, `docker-compose.dev.yml` or `test.compose.yaml`."""
    return _COMPOSE.fullmatch(name) is not None


def is_bake(name: str) -> bool:
    """Whether a file is called like `docker-bake.hcl`, `docker-bake.override.json` or `ci.bake.hcl`."""
    return _BAKE.fullmatch(name) is not None


def is_dockerfile(name: str) -> bool:
    """Whether a file is called like `Dockerfile`, `Dockerfile.dev`, `web.Dockerfile` or `Containerfile`."""
    return _DOCKERFILE.fullmatch(name) is not None and _NO_DOCKERFILE.fullmatch(name) is None


def _paths(root: Path) -> Iterator[str]:
    for directory, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name not in _SKIPPED)
        prefix = Path(os.path.relpath(directory, root)).as_posix()
        for name in names:
            yield name if prefix == "." else f"{prefix}/{name}"
