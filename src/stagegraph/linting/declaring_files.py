"""Compose and bake files that are named themselves: what they declare is linted, by what they declare."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.lazily import lazy
from stagegraph.linting.declarations import ENDINGS, Declarations, InlineInFile, ProjectIndex
from stagegraph.linting.targets import UnknownTargets
from stagegraph.projects.declared import Project
from stagegraph.projects.dockerfiles import Dockerfiles, declared_paths


def is_declaring_file(path: str) -> bool:
    """Whether a path is that of a compose or bake file, by the end of its name."""
    return path.lower().endswith(ENDINGS) and os.path.isfile(path)  # noqa: PTH113 - false for a NUL too


@attrs.frozen(slots=False)
class DeclaringFile:
    """One compose or bake file, by the path that it is given by; paths within are shown as seen from there too."""

    path: str
    project: Project

    @classmethod
    def read(cls, path: str, environment: Mapping[str, str]) -> DeclaringFile:
        """The file, read by itself.

        Raises:
            InputError: it is not there.
        """
        from stagegraph.projects.reading import read_project  # the readers of YAML and HCL are heavy

        return cls(path, read_project([path], environment))

    @lazy
    def index(self) -> ProjectIndex:
        """What it declares, by Dockerfiles."""
        return ProjectIndex(self.project)

    @lazy
    def dockerfiles(self) -> Sequence[str]:
        """The paths of the Dockerfiles that it declares, be they there or not."""
        return [self._shown(path) for path in self._paths]

    @property
    def inline(self) -> Sequence[InlineInFile]:
        """The Dockerfiles that stand in it, or in a file that it includes."""
        return [InlineInFile(self._shown(one.place.file), one, self.index) for one in self.project.inline_dockerfiles]

    @property
    def fault(self) -> str | None:
        """What cannot be known of it, and concerns none of its Dockerfiles, so that nobody else says it."""
        unsaid = [
            str(one)
            for one in self.project.unknown
            if not any(map(one.concerns, self._paths))
            and not any(map(one.concerns_inline, self.project.inline_dockerfiles))
        ]
        return "; ".join(unsaid) or None

    def declares(self, dockerfile: Path) -> bool:
        """Whether it says anything of a Dockerfile, by whatever link."""
        return os.path.realpath(dockerfile) in self._places

    @lazy
    def _paths(self) -> Sequence[str]:
        return sorted(declared_paths(self.project, Dockerfiles(self.project.root)))

    @lazy
    def _places(self) -> frozenset[str]:
        return frozenset(map(os.path.realpath, self.dockerfiles))

    def _shown(self, path: str) -> str:
        return os.path.normpath(self.project.root / path)


class DeclaringFiles:
    """Such files, each read once."""

    def __init__(self, paths: Iterable[str], environment: Mapping[str, str]) -> None:
        """The files at `paths`; `environment` has the variables that are known."""
        self._paths = tuple(dict.fromkeys(paths))
        self._environment = environment
        self._known: dict[str, DeclaringFile] = {}

    def at(self, path: str) -> DeclaringFile:
        """The file at one of the paths.

        Raises:
            InputError: it is not there.
        """
        if path not in self._known:
            self._known[path] = DeclaringFile.read(path, self._environment)
        return self._known[path]

    def declarations_of(self, dockerfile: Path) -> Declarations | None:
        """All that is declared about a Dockerfile by those of the files that do; None where none does."""
        files = [file for file in map(self.at, self._paths) if file.declares(dockerfile)]
        return merged([file.index.declarations_of(dockerfile) for file in files]) if files else None


def merged(all_: Sequence[Declarations]) -> Declarations:
    """What several projects declare about one Dockerfile, as if one did."""
    reasons = [one.targets.reason for one in all_ if isinstance(one.targets, UnknownTargets)]
    known = tuple(target for one in all_ for target in one.known_targets)
    return Declarations(
        targets=UnknownTargets("; ".join(reasons), known) if reasons else known or None,
        contexts=frozenset[Path]().union(*(one.contexts for one in all_)),
        is_all_local=all(one.is_all_local for one in all_),
    )
