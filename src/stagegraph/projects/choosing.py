"""Of several ways to read one declaration, those that make sense."""

from __future__ import annotations

from collections.abc import Iterable

from stagegraph.projects.declared import DeclaredBuild
from stagegraph.projects.dockerfiles import Dockerfiles
from stagegraph.projects.placing import Placed


def choose(placed: Iterable[Placed], dockerfiles: Dockerfiles) -> list[Placed]:
    """The readings without those that are worse than others of the same declaration.

    A reading whose Dockerfile is there and has the target is better than one that only has the
    Dockerfile, that than one that names none that is there, and any than one that cannot be
    worked out.
    """
    groups: dict[object, list[Placed]] = {}
    for one in placed:
        groups.setdefault(one.declaration or id(one), []).append(one)
    chosen: list[Placed] = []
    for group in groups.values():
        ranks = [_rank(one, dockerfiles) for one in group] if len(group) > 1 else [0]
        chosen += [one for one, rank in zip(group, ranks, strict=True) if rank == max(ranks)]
    return chosen


def _rank(placed: Placed, dockerfiles: Dockerfiles) -> int:
    build: DeclaredBuild | None = placed.build
    if build is None:
        return 0
    if dockerfiles.has_target(build):
        return 3
    return 2 if dockerfiles.of_build(build) is not None else 1
