"""`read_repository`: every Compose and bake file of a repository → one project."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.projects.declared import DeclaredTarget, Field, Project, Unknown
from stagegraph.projects.files import Files
from stagegraph.projects.reading import BAKE_NAMES, COMPOSE_NAMES, DEFAULT_NAMES, ProjectReader, merge_projects

_SKIPPED = frozenset({".git", ".hg", ".svn", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".mypy_cache"})
_compose_name = re.compile(r"(?:docker-)?compose(?:[.-][^/]+)?\.ya?ml|[^/]+[.-](?:docker-)?compose\.ya?ml")
_compose_override = re.compile(r"(?:docker-)?compose\.override\.ya?ml")
_bake_name = re.compile(r"docker-bake(?:[.-][^/]+)?\.(?:hcl|json)|[^/]+[.-](?:docker-)?bake\.(?:hcl|json)|bake\.hcl")


def read_repository(root: str | Path, *, environment: Mapping[str, str] | None = None) -> Project:
    """All that the Compose and bake files below `root` declare; each directory is a project of its own.

    Of one directory are read: the files with bake's default names, merged; the first Compose file
    with `compose.override.yaml` merged over it, as Compose does it; and each other Compose or bake
    file (`compose.prod.yaml`, `docker-bake.ci.hcl`), merged over the base if it names a target
    or service of it, and alone otherwise. What is declared alike several times is there once.

    Never raises for what the files say.
    """
    files = Files(Path(root))
    projects = [
        project
        for directory, names in _directories(files.root)
        for project in _Directory(directory, names, files, environment).projects()
    ]
    return merge_projects(projects)


def find_files(root: str | Path) -> tuple[Path, ...]:
    """The Compose and bake files below `root`, by directory; no link to a directory is followed."""
    return tuple(directory / name for directory, names in _directories(Files(Path(root)).root) for name in names)


def _directories(root: Path) -> Iterator[tuple[Path, list[str]]]:
    for directory, inner, names in os.walk(root):
        inner[:] = sorted(name for name in inner if name not in _SKIPPED)
        found = sorted(name for name in names if _compose_name.fullmatch(name) or _bake_name.fullmatch(name))
        if found:
            yield Path(directory), found


class _Directory:
    """The projects of one directory."""

    def __init__(
        self, directory: Path, names: Sequence[str], files: Files, environment: Mapping[str, str] | None
    ) -> None:
        self._directory = directory
        self._names = names
        self._files = files
        self._environment = environment

    def projects(self) -> Iterator[Project]:
        """Each project, as `read_repository` says."""
        default = [name for name in DEFAULT_NAMES if name in self._names]
        if default:
            yield self._read(default)
        compose = [name for name in default if name in COMPOSE_NAMES][:1]
        overrides = [name for name in self._names if _compose_override.fullmatch(name)]
        if overrides:
            yield self._read([*compose, *overrides])
        for name in self._names:
            if name not in DEFAULT_NAMES and name not in overrides:
                yield self._other(name, default)

    def _other(self, name: str, default: Sequence[str]) -> Project:
        """A file that nothing reads by itself: over the base if they share a target, else alone."""
        kind = COMPOSE_NAMES if _compose_name.fullmatch(name) else BAKE_NAMES
        base = [one for one in default if one in kind]
        if kind is COMPOSE_NAMES:
            base = base[:1]
        alone = self._read([name])
        if not base or not self._belong_together(alone, self._read(base)):
            return alone
        return self._read([*base, name])

    @staticmethod
    def _belong_together(other: Project, base: Project) -> bool:
        names = {target.name for target in base.targets}
        builds_on_base = any(Field.INHERITS in target.places and target.unknown for target in other.targets)
        return builds_on_base or any(target.name in names for target in other.targets)

    def _read(self, names: Sequence[str]) -> Project:
        """The project of some files; bake files below the root may be meant for either directory."""
        here = self._from(self._directory, names)
        if self._directory == self._files.root or all(_compose_name.fullmatch(name) for name in names):
            return here
        return self._with_root(here, self._from(self._files.root, names), names)

    def _from(self, directory: Path, names: Sequence[str]) -> Project:
        reader = ProjectReader(self._files.root, directory, self._environment, self._files)
        return reader.read([self._directory / name for name in names])

    def _with_root(self, here: Project, at_root: Project, names: Sequence[str]) -> Project:
        """Each target as it is started from its own directory, or from the root where only there is its Dockerfile.

        Where both have one, it is taken from here; that of the root may be built as well, unless
        the files have names that bake finds by itself here and nothing in them asks for the root.
        """
        pairs = list(zip(here.targets, at_root.targets, strict=True))
        moved = {near.name: far for near, far in pairs if self._is_there(far) and not self._is_there(near)}
        targets = tuple(moved.get(near.name, near) for near in here.targets)
        unknowns = [_moved(unknown, moved) for unknown in here.unknowns]
        if moved or not set(names) <= set(DEFAULT_NAMES):
            unknowns += [
                _either(near, far)
                for near, far in pairs
                if near.dockerfile != far.dockerfile and self._is_there(near) and self._is_there(far)
            ]
        return attrs.evolve(here, targets=targets, unknowns=tuple(unknowns))

    def _is_there(self, target: DeclaredTarget) -> bool:
        return target.dockerfile is not None and self._files.is_file(target.dockerfile)


def _moved(unknown: Unknown, moved: Mapping[str, DeclaredTarget]) -> Unknown:
    """What is not known of a target, for the Dockerfile that it turned out to build."""
    far = moved.get(unknown.targets[0]) if unknown.targets else None
    return unknown if far is None else attrs.evolve(unknown, dockerfile=far.dockerfile)


def _either(near: DeclaredTarget, far: DeclaredTarget) -> Unknown:
    return Unknown(
        subject=f'target "{near.name}"',
        origin=near.places.get(Field.CONTEXT, near.origin),
        reason="started from the root, it builds the Dockerfile there",
        field=Field.CONTEXT,
        targets=(near.name,),
        anywhere=False,
        dockerfile=far.dockerfile,
    )
