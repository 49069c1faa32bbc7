"""Questions asked of a project: what builds this Dockerfile, and which targets does a target need."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.declared import DeclaredTarget, Project, Unknown
from stagegraph.reference import parse_reference

_LINK = "target:"


@attrs.frozen
class Builds:
    """What is built from one Dockerfile.

    `targets` are the declared ones. `unknowns` are all that may build it too, or may build it in
    another way: with any of them, no stage of the Dockerfile can be called dead.
    """

    targets: tuple[DeclaredTarget, ...]
    unknowns: tuple[Unknown, ...]


class BuildIndex:
    """What is built from which Dockerfile, for many questions; links are followed to the files they lead to."""

    def __init__(self, project: Project) -> None:
        self._targets: dict[str, list[DeclaredTarget]] = {}
        for target in project.targets:
            if target.dockerfile is not None:
                self._targets.setdefault(os.path.realpath(target.dockerfile), []).append(target)
        self._unknowns = [
            (unknown, os.path.realpath(unknown.dockerfile) if unknown.dockerfile is not None else None)
            for unknown in project.unknowns
            if unknown.affects_stages
        ]

    def of(self, dockerfile: str | Path) -> Builds:
        """The targets that build `dockerfile`, and what is not known about that."""
        wanted = os.path.realpath(dockerfile)
        unknowns = (unknown for unknown, path in self._unknowns if unknown.anywhere or path == wanted)
        return Builds(tuple(self._targets.get(wanted, ())), tuple(unknowns))


def targets_of(project: Project, dockerfile: str | Path) -> Builds:
    """The targets that build `dockerfile`, and what is not known about that; `BuildIndex` for many Dockerfiles."""
    return BuildIndex(project).of(dockerfile)


@attrs.frozen
class Link:
    """A named context that is another target: `target` is None where there is no such target.

    `problem` is what bake says of it: of a target that links to itself, or of a ring.
    """

    context: str
    name: str
    target: DeclaredTarget | None = None
    problem: str | None = None


def links_of(project: Project, target: DeclaredTarget) -> tuple[Link, ...]:
    """The links of a target, in order."""
    return tuple(
        _link(project, target, context, value.removeprefix(_LINK))
        for context, value in target.contexts.items()
        if value.startswith(_LINK)
    )


def _link(project: Project, target: DeclaredTarget, context: str, name: str) -> Link:
    linked = _sibling(project, target, name)
    if name == target.name:
        return Link(context, name, linked, f"target {name} cannot link to itself")
    if linked is None:
        return Link(context, name, None, f"failed to find target {name}")
    if target in needed_targets(project, linked):
        return Link(context, name, linked, f"infinite loop from {target.name} to {name}")
    return Link(context, name, linked)


def needed_targets(project: Project, target: DeclaredTarget) -> tuple[DeclaredTarget, ...]:
    """Every target that is built because `target` is, through links however far.

    `target` itself is among them only where a ring of links leads back to it.
    """
    needed: list[DeclaredTarget] = []
    waiting = [target]
    while waiting:
        current = waiting.pop()
        for value in current.contexts.values():
            linked = _sibling(project, current, value.removeprefix(_LINK)) if value.startswith(_LINK) else None
            if linked is not None and linked not in needed:
                needed.append(linked)
                waiting.append(linked)
    return tuple(needed)


def _sibling(project: Project, target: DeclaredTarget, name: str) -> DeclaredTarget | None:
    """The target of this name; of several projects read together, one from the same directory first."""
    named = [one for one in project.targets if one.name == name]
    near = [one for one in named if one.origin.path.parent == target.origin.path.parent]
    return next(iter(near or named), None)


def replacements(target: DeclaredTarget, names: Iterable[str]) -> Mapping[str, str]:
    """Which of `names` (stages, base images, sources of `COPY --from`) the named contexts of `target` replace.

    A context replaces a stage of its name, which is then not built, or an image that it is the
    familiar form of; one for a single platform (`name::linux/arm64`) counts as well. Each name
    that is replaced comes with the context's value.
    """
    contexts = {_familiar(name.partition("::")[0]): value for name, value in target.contexts.items()}
    found = {}
    for name in names:
        if name.lower() not in ("scratch", "context") and _familiar(name) in contexts:
            found[name] = contexts[_familiar(name)]
    return found


def _familiar(name: str) -> str:
    try:
        return parse_reference(name).familiar.removesuffix(":latest")
    except Complaint:
        return name
