"""A directory, or compose and bake files → `Project`."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.errors import Complaint, InputError
from stagegraph.projects.bake.reading import BakeReader
from stagegraph.projects.choosing import choose
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.loading import ComposeReader
from stagegraph.projects.declared import (
    EVERY_DOCKERFILE,
    DeclaredBuild,
    DockerfilePath,
    Place,
    Project,
    Unknown,
)
from stagegraph.projects.discovery import Found, find
from stagegraph.projects.dockerfiles import Dockerfiles
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated
from stagegraph.projects.files import Files
from stagegraph.projects.limits import Allowance, nested_too_deeply
from stagegraph.projects.placing import Placed, place
from stagegraph.projects.readings import Reading, readings_of


def read_project(paths: Sequence[str | os.PathLike[str]], environment: Mapping[str, str] | None = None) -> Project:
    """What the compose and bake files of a directory declare, or the files that are given, read together.

    `environment` are the variables whose values are known; others have their defaults, and what
    depends on them is open. Nothing that is wrong in a file is an error here: it is `unknown`.

    Raises:
        InputError: there is no such directory or file, or a file is neither a compose nor a bake file.
    """
    starts = [Path(path) for path in paths]
    for start in starts:
        _check(start)
    if len(starts) == 1 and starts[0].is_dir():
        return read_found(starts[0], find(starts[0]), environment)
    root = starts[0].parent
    compose, bake = _sorted_by_kind(starts, root)
    return _Reader(root, Found(compose, bake), dict(environment or {})).project([Reading(".", compose, bake)])


def read_found(root: Path, found: Found, environment: Mapping[str, str] | None = None) -> Project:
    """What the files that were found below `root` declare, those of each directory read as they usually are."""
    return _Reader(root, found, dict(environment or {})).project(readings_of(found))


def _check(start: Path) -> None:
    try:
        start.stat()
    except (OSError, ValueError) as fault:
        reason = getattr(fault, "strerror", None) or str(fault)
        raise InputError(f"{start}: {reason.lower()}") from None


def _sorted_by_kind(starts: Iterable[Path], root: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The compose files and the bake files among those that are given, as seen from the root."""
    compose: list[str] = []
    bake: list[str] = []
    for start in starts:
        path = Path(os.path.relpath(start, root)).as_posix()
        if start.suffix.lower() in (".yaml", ".yml") and start.is_file():
            compose.append(path)
        elif start.suffix.lower() in (".hcl", ".json") and start.is_file():
            bake.append(path)
        else:
            raise InputError(f"{start}: no compose file (.yaml, .yml) and no bake file (.hcl, .json)")
    return tuple(compose), tuple(bake)


class _Reader:
    def __init__(self, root: Path, found: Found, given: dict[str, str]) -> None:
        self._found = found
        self._root = root
        self._files = Files(root)
        self._dockerfiles = Dockerfiles(root)
        self._given = given

    def project(self, readings: Iterable[Reading]) -> Project:
        placed: list[Placed] = []
        for reading in readings:
            placed += self._read(reading)
        chosen = choose(placed, self._dockerfiles)
        return Project(
            root=self._root,
            files=(*self._found.compose, *self._found.bake),
            dockerfiles=self._found.dockerfiles,
            builds=tuple(_unique(self._spelled(one.build) for one in chosen if one.build is not None)),
            unknown=tuple(dict.fromkeys(one for each in chosen for one in each.unknown)),
        )

    def _spelled(self, build: DeclaredBuild) -> DeclaredBuild:
        """The build with its Dockerfile as it is found."""
        if build.path is None:
            return build
        return attrs.evolve(build, dockerfile=DockerfilePath(self._dockerfiles.spelled(build.path)))

    def _read(self, reading: Reading) -> Iterator[Placed]:
        try:
            drafts = self._drafts(reading)
        except NotEvaluated as refusal:
            if not reading.optional:
                yield _refused(refusal.fault)
            return
        except Complaint as complaint:
            yield _refused(Fault(complaint.message, Place((*reading.compose, *reading.bake)[-1], 1)))
            return
        except RecursionError:
            yield _refused(Fault(nested_too_deeply().message, Place((*reading.compose, *reading.bake)[-1], 1)))
            return
        directory = self._directory(reading, drafts)
        for draft in drafts:
            declaration = (reading.directory, draft.declarer.value, draft.name)
            yield attrs.evolve(place(draft, directory), declaration=declaration)

    def _drafts(self, reading: Reading) -> list[Draft]:
        allowance = Allowance()
        compose = ComposeReader(self._files, Environment(self._given), allowance)
        services = compose.read(reading.compose) if reading.compose else {}
        if reading.bake:
            return BakeReader(self._files, self._given, allowance).read(reading.bake, services)
        upon = compose.read(reading.over) if reading.over else {}
        return [
            draft
            for name, draft in services.items()
            if (draft.built or draft.faults) and not (name in upon and _says_no_place(draft))
        ]

    def _directory(self, reading: Reading, drafts: Iterable[Draft]) -> str:
        """Where the paths begin: where the file is; bake files in a subdirectory may be read from above.

        They are if nothing they name is there, and everything is in a directory above, the targets too.
        """
        if not reading.bake or reading.compose or self._fitting(drafts, reading.directory, any):
            return reading.directory
        above = reading.directory
        while above not in ("", "."):
            above = posixpath.dirname(above) or "."
            if self._fitting(drafts, above, all):
                return above
        return reading.directory

    def _fitting(self, drafts: Iterable[Draft], directory: str, how_many: Callable[[Iterable[bool]], bool]) -> bool:
        """Whether any or all of the Dockerfiles are there, with the targets, when the paths begin in a directory."""
        builds = [build for draft in drafts if (build := place(draft, directory).build) is not None]
        return bool(builds) and how_many(self._dockerfiles.has_target(build) for build in builds)


def _says_no_place(draft: Draft) -> bool:
    """Whether a draft says so little that it can only override another one."""
    return draft.context is None and draft.inline is None


def _refused(fault: Fault) -> Placed:
    return Placed(None, (Unknown(fault.reason, fault.place, EVERY_DOCKERFILE),))


def _unique(builds: Iterable[DeclaredBuild]) -> Iterator[DeclaredBuild]:
    """The builds, each once, whichever way its file was read."""
    seen: set[str] = set()
    for build in builds:
        key = repr(attrs.astuple(build, recurse=False))
        if key not in seen:
            seen.add(key)
            yield build
