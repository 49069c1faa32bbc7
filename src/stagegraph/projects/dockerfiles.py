"""The Dockerfiles of a project, read far enough to know their stages."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.projects.declared import DeclaredBuild, InlineDockerfile, Project
from stagegraph.projects.files import is_file
from stagegraph.source import SourceFile
from stagegraph.stages.cutting import CutDockerfile, cut
from stagegraph.syntax.parsing import parse_source

_DEFAULT = "Dockerfile"
_PATTERN = re.compile(r"[*?\[]")


@attrs.define
class Dockerfiles:
    """The Dockerfiles below and beside `root`, each read once."""

    root: Path
    _known: dict[str, CutDockerfile | StageGraphError | None] = attrs.field(factory=dict)

    def of_build(self, build: DeclaredBuild) -> CutDockerfile | StageGraphError | None:
        """The Dockerfile of a build: its stages, the error that a builder has for it, or None where it is not there."""
        if isinstance(build.dockerfile, InlineDockerfile):
            return self.of_inline(build.dockerfile)
        return None if build.path is None else self.at(build.path)

    @staticmethod
    def of_inline(dockerfile: InlineDockerfile) -> CutDockerfile | StageGraphError:
        """The stages of a Dockerfile that stands in a declaration, or the error that a builder has for it."""
        return _cut(dockerfile.text.encode("utf-8", "surrogatepass"), _DEFAULT)

    def at(self, path: str) -> CutDockerfile | StageGraphError | None:
        """The Dockerfile at a path, as seen from the root."""
        if path not in self._known:
            self._known[path] = self._read(path)
        return self._known[path]

    def spelled(self, path: str) -> str:
        """The path as it is found: `dockerfile` serves where no `Dockerfile` is (BuildKit's `dockerui`)."""
        directory, name = posixpath.split(path)
        other = posixpath.join(directory, _DEFAULT.lower())
        return other if name == _DEFAULT and not is_file(self.root, path) and is_file(self.root, other) else path

    def has_target(self, build: DeclaredBuild) -> bool:
        """Whether the Dockerfile of a build is there, and its target names a stage of it."""
        found = self.of_build(build)
        return isinstance(found, CutDockerfile) and (build.target is None or stage_of(found, build.target) is not None)

    def _read(self, path: str) -> CutDockerfile | StageGraphError | None:
        found = self.spelled(path)
        try:
            return _cut((self.root / found).read_bytes(), found) if is_file(self.root, found) else None
        except OSError:
            return None


def declared_paths(project: Project, dockerfiles: Dockerfiles) -> set[str]:
    """The Dockerfiles at paths of which something is declared, known or not; some may not be there."""
    known = {build.path for build in project.builds if build.path is not None}
    unknown = {one.dockerfiles for one in project.unknown if one.dockerfiles and not _PATTERN.search(one.dockerfiles)}
    return known | set(map(dockerfiles.spelled, unknown))


def stage_of(dockerfile: CutDockerfile, target: str) -> int | None:
    """The index of the stage that is called `target`, the last of that name; None where there is none."""
    names = [stage.name for stage in dockerfile.stages]
    wanted = target.lower()
    return len(names) - 1 - names[::-1].index(wanted) if wanted in names else None


def _cut(content: bytes, name: str) -> CutDockerfile | StageGraphError:
    try:
        return cut(parse_source(SourceFile.of(content, name)))
    except StageGraphError as error:
        return error
