"""What compose and bake files declare about a Dockerfile, as the linter takes it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.lazily import lazy
from stagegraph.linting.targets import DeclaredTarget, UnknownTargets
from stagegraph.projects.declared import DeclaredBuild, DeclaredTargets, InlineDockerfile, Project, Unknown
from stagegraph.projects.discovery import Found, is_bake, is_compose
from stagegraph.projects.locations import is_path

_REPOSITORIES = (".git", ".hg", ".jj", ".svn")
_MANY = 3

ENDINGS = (".yaml", ".yml", ".hcl", ".json")
"""How the names of compose and bake files end, in any case."""


@attrs.frozen
class Declarations:
    """What is declared about one Dockerfile.

    `targets` are None where nothing is declared. `contexts` are the directories that are its build
    contexts; a context that is fetched is none of them, and makes `is_all_local` false.
    """

    targets: tuple[DeclaredTarget, ...] | UnknownTargets | None
    contexts: frozenset[Path]
    is_all_local: bool

    @property
    def known_targets(self) -> tuple[DeclaredTarget, ...]:
        """The targets that are known, whatever others there may be."""
        return self.targets.known if isinstance(self.targets, UnknownTargets) else self.targets or ()


NOTHING_DECLARED = Declarations(None, frozenset(), is_all_local=True)


@attrs.frozen
class InlineInFile:
    """A Dockerfile that stands in a compose or bake file: the path of that one as it is shown, and its project."""

    path: str
    dockerfile: InlineDockerfile
    index: ProjectIndex


@attrs.frozen(slots=False)
class ProjectIndex:
    """A project whose builds are found by their Dockerfiles."""

    project: Project

    def declarations_of(self, dockerfile: Path | InlineDockerfile) -> Declarations:
        """What is declared about a Dockerfile, by whatever link the files of the project name it."""
        declared = self._declared(dockerfile) if isinstance(dockerfile, Path) else self.project.declared(dockerfile)
        unknown = declared.unknown
        contexts = [build.context for build in declared.builds]
        targets = tuple(map(_target, declared.builds))
        return Declarations(
            targets=UnknownTargets(_reason(unknown), targets) if unknown else targets or None,
            contexts=frozenset((self.project.root / context).resolve() for context in contexts if is_path(context)),
            is_all_local=all(map(is_path, contexts)),
        )

    def _declared(self, dockerfile: Path) -> DeclaredTargets:
        builds = self._builds.get(os.path.realpath(dockerfile), ())
        named = {build.path for build in builds if build.path is not None}
        paths = sorted({self.project.path_of(absolute(dockerfile)), *named})
        unknown = dict.fromkeys(one for path in paths for one in self.project.declared(path).unknown)
        return DeclaredTargets(tuple(builds), tuple(unknown))

    @lazy
    def _builds(self) -> Mapping[str, Sequence[DeclaredBuild]]:
        """The builds by where their Dockerfiles really are."""
        found: dict[str, list[DeclaredBuild]] = {}
        for build in self.project.builds:
            if build.path is not None:
                found.setdefault(os.path.realpath(self.project.root / build.path), []).append(build)
        return found


class Projects:
    """The projects that Dockerfiles belong to, each read once."""

    def __init__(self, given: Path | None, tops: Sequence[Path], environment: Mapping[str, str]) -> None:
        """All Dockerfiles belong to what is `given`, if something is.

        Else a Dockerfile belongs to its repository, or, under no version control, to the first of
        the `tops` that it lies in. `environment` has the variables that are known.
        """
        self._given = given
        self._tops = [absolute(top) for top in tops]
        self._environment = environment
        self._known: dict[Path, ProjectIndex] = {}
        self._nearby: dict[Path, ProjectIndex | None] = {}

    def declarations_of(self, dockerfile: Path) -> Declarations:
        """What is declared about a Dockerfile in its project.

        Raises:
            InputError: the given project is not there.
        """
        folder = absolute(dockerfile).parent
        root = self._root_of(folder)
        found = self._at(root) if root is not None else self._near(folder, dockerfile)
        return found.declarations_of(dockerfile) if found is not None else NOTHING_DECLARED

    def dockerfiles_below(self, directory: Path) -> list[str]:
        """The Dockerfiles below a directory that are declared, whatever they are called, as seen from there.

        Raises:
            InputError: the given project is not there.
        """
        below = absolute(directory)
        project = self._at(self._root_of(below) or below).project
        paths = {absolute(project.root / build.path) for build in project.builds if build.path is not None}
        return sorted(path.relative_to(below).as_posix() for path in paths if path.is_relative_to(below))

    def inline_below(self, directory: Path) -> list[InlineInFile]:
        """The Dockerfiles that stand in compose and bake files below a directory, with paths as seen from there.

        Raises:
            InputError: the given project is not there.
        """
        below = absolute(directory)
        index = self._at(self._root_of(below) or below)
        files = [(absolute(index.project.root / one.place.file), one) for one in index.project.inline_dockerfiles]
        return [
            InlineInFile(file.relative_to(below).as_posix(), one, index)
            for file, one in files
            if file.is_relative_to(below)
        ]

    def _root_of(self, folder: Path) -> Path | None:
        return (
            self._given
            or repository_of(folder)
            or next((top for top in self._tops if folder.is_relative_to(top)), None)
        )

    def _at(self, root: Path) -> ProjectIndex:
        if root not in self._known:
            from stagegraph.projects.reading import read_project  # the readers of YAML and HCL are heavy

            self._known[root] = ProjectIndex(read_project([root], self._environment))
        return self._known[root]

    def _near(self, folder: Path, dockerfile: Path) -> ProjectIndex | None:
        if folder not in self._nearby:
            project = nearby_project(dockerfile, self._environment)
            self._nearby[folder] = ProjectIndex(project) if project is not None else None
        return self._nearby[folder]


def _target(build: DeclaredBuild) -> DeclaredTarget:
    origin = f"{build.declarer.value} {build.name}, {build.target_at or build.declared_at}"
    return DeclaredTarget(build.target, build.build_args, build.contexts, origin)


def _reason(unknown: Iterable[Unknown]) -> str:
    reasons = list(map(str, unknown))
    more = f"; and {len(reasons) - _MANY} reasons more" if len(reasons) > _MANY else ""
    return "; ".join(reasons[:_MANY]) + more


def absolute(path: Path) -> Path:
    """The path from the root, without `..`."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - `Path.absolute` keeps `..`


def repository_of(path: Path) -> Path | None:
    """The repository that a file or a directory lies in: the nearest directory upwards under version control."""
    place = absolute(path)
    places = (place, *place.parents)
    return next((one for one in places if any((one / name).exists() for name in _REPOSITORIES)), None)


def repository_project(dockerfile: Path) -> Project | None:
    """What is declared in the whole repository of a Dockerfile; None where it lies in none."""
    repository = repository_of(dockerfile.parent)
    if repository is None:
        return None
    from stagegraph.projects.reading import read_project  # the readers of YAML and HCL are heavy

    return read_project([repository])


def nearby_project(dockerfile: Path, environment: Mapping[str, str] | None = None) -> Project | None:
    """What the compose and bake files beside a Dockerfile and above it declare, up to its repository.

    None where there are no such files.
    """
    declaring: list[tuple[Path, list[str]]] = []
    for place in absolute(dockerfile).parents:
        names = _names_in(place)
        declarers = sorted(name for name in names if name.endswith(ENDINGS) and (is_compose(name) or is_bake(name)))
        if declarers:
            declaring.append((place, declarers))
        if not names.isdisjoint(_REPOSITORIES):
            break
    return _project_of(declaring, environment) if declaring else None


def _names_in(place: Path) -> set[str]:
    try:
        return set(os.listdir(place))  # noqa: PTH208 - names alone, as quick as can be
    except OSError:
        return set()


def _project_of(declaring: list[tuple[Path, list[str]]], environment: Mapping[str, str] | None) -> Project:
    """The project whose root is the topmost of the directories."""
    from stagegraph.projects.reading import read_found  # the readers of YAML and HCL are heavy

    root = declaring[-1][0]
    paths = [(place / name).relative_to(root).as_posix() for place, names in declaring for name in names]
    compose = tuple(sorted(path for path in paths if is_compose(path.rpartition("/")[2])))
    bake = tuple(sorted(path for path in paths if is_bake(path.rpartition("/")[2])))
    return read_found(root, Found(compose, bake), environment)
