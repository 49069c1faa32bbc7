"""What the compose and bake files of a repository declare: `Project`, `DeclaredBuild`, and what is not known."""

from __future__ import annotations

import enum
import os
import posixpath
from collections.abc import Mapping
from pathlib import Path

import attrs

from stagegraph.projects.texts import matches

EVERY_DOCKERFILE = "*"
"""The pattern for all Dockerfiles: where a whole file cannot be read, it may have said anything."""


@attrs.frozen(order=True)
class Place:
    """A line of a file: the path as seen from the project's root, the line from 1."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Declarer(enum.Enum):
    """What kind of declaration it is."""

    SERVICE = "compose service"
    BAKE_TARGET = "bake target"


@attrs.frozen
class DockerfilePath:
    """A Dockerfile in the repository. `path` is as seen from the project's root, with `/`."""

    path: str


@attrs.frozen
class InlineDockerfile:
    """A Dockerfile that stands in the declaration itself; `place` is where its value stands.

    `text` is what the builder is given: with variables replaced, and without the indentation.
    """

    text: str
    place: Place


@attrs.frozen
class RemoteDockerfile:
    """A Dockerfile that is fetched: `path` within the `context`, which is a URL."""

    context: str
    path: str


DockerfileSource = DockerfilePath | InlineDockerfile | RemoteDockerfile


@attrs.frozen
class DeclaredBuild:
    """One build that is declared: a compose service with a `build`, or a bake target.

    `context` is a path as seen from the project's root, or a URL. `target` is the stage that is
    asked for, None for the last one, and `target_at` where that stands. `contexts` are the named
    contexts; `target:NAME` is the result of the build that is called `NAME`. `open` says of a
    field (`target`, `build_args.NAME`, …) why another build than this one may be meant: a
    variable that can be set from outside, or a value that cannot be worked out (such a build
    argument or context is left out).
    """

    name: str
    declarer: Declarer
    declared_at: Place
    dockerfile: DockerfileSource
    context: str
    target: str | None = None
    target_at: Place | None = None
    build_args: Mapping[str, str] = attrs.field(factory=dict)
    contexts: Mapping[str, str] = attrs.field(factory=dict)
    platforms: tuple[str, ...] = ()
    open: Mapping[str, str] = attrs.field(factory=dict)

    @property
    def path(self) -> str | None:
        """The path of its Dockerfile, if that is a file of the repository."""
        return self.dockerfile.path if isinstance(self.dockerfile, DockerfilePath) else None


@attrs.frozen
class Unknown:
    """Something that cannot be worked out, and the Dockerfiles whose targets are not known for it.

    `dockerfiles` is a pattern of `fnmatch` over paths as seen from the project's root. Where it is
    about a Dockerfile that stands in a declaration, `inline` is the place of that one.
    """

    reason: str
    place: Place
    dockerfiles: str
    inline: Place | None = None

    def concerns(self, path: str) -> bool:
        """Whether the targets of the Dockerfile at `path` are not known; `dockerfile` may serve as `Dockerfile`."""
        directory, name = posixpath.split(path)
        serves_as = posixpath.join(directory, "Dockerfile") if name == "dockerfile" else path
        return matches(self.dockerfiles, path) or matches(self.dockerfiles, serves_as)

    def concerns_inline(self, dockerfile: InlineDockerfile) -> bool:
        """Whether the targets of a Dockerfile that stands in a declaration are not known."""
        return self.inline == dockerfile.place or self.dockerfiles == EVERY_DOCKERFILE

    def __str__(self) -> str:
        return f"{self.reason} ({self.place})"


@attrs.frozen
class DeclaredTargets:
    """What is declared about one Dockerfile.

    With `unknown`, there may be other targets than those of `builds`; without any build, and
    nothing unknown, the target is the last stage.
    """

    builds: tuple[DeclaredBuild, ...]
    unknown: tuple[Unknown, ...]

    @property
    def targets(self) -> tuple[str | None, ...]:
        """The targets that are known, each once, in the order in which they are declared; None is the last stage."""
        if not self.builds:
            return (None,) if self.known else ()
        return tuple(dict.fromkeys(build.target for build in self.builds))

    @property
    def known(self) -> bool:
        """Whether there are no others."""
        return not self.unknown


@attrs.frozen
class Project:
    """A repository: what is built in it, and what cannot be worked out.

    `root` is the directory that all paths are seen from, `files` the compose and bake files that
    were read, `dockerfiles` the Dockerfiles that were found by their names.
    """

    root: Path
    files: tuple[str, ...]
    dockerfiles: tuple[str, ...]
    builds: tuple[DeclaredBuild, ...]
    unknown: tuple[Unknown, ...]

    @property
    def inline_dockerfiles(self) -> tuple[InlineDockerfile, ...]:
        """The Dockerfiles that stand in declarations, each once, however many builds share it."""
        sources = (build.dockerfile for build in self.builds)
        return tuple(dict.fromkeys(one for one in sources if isinstance(one, InlineDockerfile)))

    def declared(self, dockerfile: str | os.PathLike[str] | InlineDockerfile) -> DeclaredTargets:
        """What is declared about a Dockerfile: one that stands in a declaration, or one at a path.

        The path is as seen from the root, or absolute.
        """
        if isinstance(dockerfile, InlineDockerfile):
            return DeclaredTargets(
                tuple(build for build in self.builds if build.dockerfile == dockerfile),
                tuple(one for one in self.unknown if one.concerns_inline(dockerfile)),
            )
        path = self.path_of(dockerfile)
        return DeclaredTargets(
            tuple(build for build in self.builds if build.path == path),
            tuple(one for one in self.unknown if one.concerns(path)),
        )

    def path_of(self, file: str | os.PathLike[str]) -> str:
        """The path of a file as this project spells it: as seen from the root, with `/`."""
        return posixpath.normpath(Path(os.path.relpath(self.root / file, self.root)).as_posix())
