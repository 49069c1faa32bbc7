"""Which files of a directory are read together: `Reading`.

A file beside the usual ones (`docker-compose.prod.yml`, `ci.bake.hcl`) may stand alone or override
them, so it is read in both ways; and what overrides by its name may be left out.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator

import attrs

from stagegraph.projects.discovery import Found

COMPOSE = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
OVERRIDES = (
    "compose.override.yml",
    "compose.override.yaml",
    "docker-compose.override.yml",
    "docker-compose.override.yaml",
)
BAKE = ("docker-bake.json", "docker-bake.hcl")
BAKE_OVERRIDES = ("docker-bake.override.json", "docker-bake.override.hcl")


@attrs.frozen
class Reading:
    """Files that are given together, in order; `over` are the compose files that the last one may override.

    `optional` are readings that need not succeed, for the same files are read in another way too.
    """

    directory: str
    compose: tuple[str, ...] = ()
    bake: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    optional: bool = False


def readings_of(found: Found) -> Iterator[Reading]:
    """All the ways in which the files are read, directory by directory."""
    directories = {posixpath.dirname(path) for path in (*found.compose, *found.bake)}
    for directory in sorted(directories):
        compose = [path for path in found.compose if posixpath.dirname(path) == directory]
        bake = [path for path in found.bake if posixpath.dirname(path) == directory]
        yield from _of_compose(directory or ".", compose)
        yield from _of_bake(directory or ".", bake, _among(COMPOSE, compose))


def _of_compose(directory: str, paths: list[str]) -> Iterator[Reading]:
    main = _among(COMPOSE, paths)[:1]
    override = _among(OVERRIDES, paths)[:1]
    if main:
        yield Reading(directory, compose=main)
    if main and override:
        yield Reading(directory, compose=(*main, *override))
    for path in paths:
        if path in main or (main and path in override):
            continue
        yield Reading(directory, compose=(path,), over=main)
        if main:
            yield Reading(directory, compose=(*main, path), optional=True)


def _of_bake(directory: str, paths: list[str], compose: tuple[str, ...]) -> Iterator[Reading]:
    usual, overrides = _among(BAKE, paths), _among(BAKE_OVERRIDES, paths)
    together = (*usual, *overrides)
    if together:
        yield Reading(directory, bake=together, optional=bool(compose))
    if usual and overrides:
        yield Reading(directory, bake=usual, optional=bool(compose))
    if together and compose:
        yield Reading(directory, compose=compose, bake=together)  # as bake itself reads them
    for path in paths:
        if path not in together:
            yield Reading(directory, bake=(path,))
            if usual:
                yield Reading(directory, bake=(*usual, path), optional=True)


def _among(names: Iterable[str], paths: list[str]) -> tuple[str, ...]:
    """The paths that have one of the names, in the order of the names."""
    return tuple(path for name in names for path in paths if posixpath.basename(path) == name)
