"""Dockerfiles by their paths: each with the configuration of the place where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.configuration_files import find_configuration
from stagegraph.linting.declarations import Declarations, Projects, absolute
from stagegraph.linting.findings import Findings
from stagegraph.linting.fixing import Fixed
from stagegraph.linting.linter import LintOptions, fix, lint
from stagegraph.linting.targets import Targets, UnknownTargets
from stagegraph.source import SourceFile

STANDARD_INPUT = "-"
_IGNORE_FILE = ".dockerignore"


@attrs.frozen
class LintedFile:
    """What `lint` makes of one file: its findings, or why there are none to be had."""

    path: str
    outcome: Findings | StageGraphError

    @property
    def findings(self) -> Findings | None:
        """The findings, None where the file cannot be judged."""
        return self.outcome if isinstance(self.outcome, Findings) else None

    @property
    def error(self) -> StageGraphError | None:
        """Why it cannot be judged."""
        return self.outcome if isinstance(self.outcome, StageGraphError) else None


@attrs.frozen
class Asked:
    """What somebody asks for, beyond what stands in configurations.

    `select` takes the place of the configured selection, `ignore` is added to what is ignored
    there; `targets` are targets of every file, `dockerignore` is the `.dockerignore` of every
    build context (by default, the one that belongs to the file). What is declared is looked for
    in the directory `project`; by default, in the repository of each file, or in those of the
    directories `tops` in which it lies. `environment` has the variables of compose and bake files.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    dockerignore: Path | None = None
    project: Path | None = None
    tops: tuple[Path, ...] = ()
    environment: Mapping[str, str] = attrs.field(factory=dict)
    options: LintOptions = attrs.field(factory=LintOptions)


class FileLinter:
    """Lints and fixes files; what several of them share is read once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._configurations: dict[Path, tuple[LintConfiguration, Path]] = {}
        self._projects = Projects(asked.project, asked.tops, asked.environment)

    def lint(self, path: str, source: SourceFile) -> LintedFile:
        """The findings of the Dockerfile at `path`, whose text is `source`."""
        try:
            settings = self._settings(path)
            return LintedFile(
                path,
                lint(
                    source,
                    targets=settings.targets,
                    dockerignore=settings.dockerignore,
                    configuration=settings.configuration,
                    **self._asked.options,
                ),
            )
        except StageGraphError as error:
            return LintedFile(path, error)

    def fix(self, path: str, source: SourceFile) -> Fixed:
        """The Dockerfile with what can be mended mended.

        Raises:
            StageGraphError: see `stagegraph.fix`.
        """
        settings = self._settings(path)
        return fix(
            source,
            targets=settings.targets,
            dockerignore=settings.dockerignore,
            configuration=settings.configuration,
            **self._asked.options,
        )

    def declared_below(self, directory: str) -> list[str]:
        """The Dockerfiles below a directory that compose and bake files declare, as seen from there.

        Raises:
            InputError: the project that is asked for is not there.
        """
        return self._projects.dockerfiles_below(Path(directory))

    def _settings(self, path: str) -> _Settings:
        asked = self._asked
        folder = Path() if path == STANDARD_INPUT else Path(path).parent
        configuration, place = self._configuration(absolute(folder))
        chosen = configuration.narrowed(asked.select, asked.ignore)
        if path == STANDARD_INPUT:
            return _Settings(chosen, asked.targets or None, asked.dockerignore)
        said = (*asked.targets, *(configuration.targets_of(_seen_from(place, path)) or ()))
        declared = self._projects.declarations_of(Path(path))
        ignore_file = asked.dockerignore or _ignore_file_of(Path(path), declared)
        return _Settings(chosen, _targets(said, declared), ignore_file)

    def _configuration(self, folder: Path) -> tuple[LintConfiguration, Path]:
        if folder not in self._configurations:
            self._configurations[folder] = find_configuration(folder) or (LintConfiguration(), folder)
        return self._configurations[folder]


@attrs.frozen
class _Settings:
    """What counts for one file."""

    configuration: LintConfiguration
    targets: Targets
    dockerignore: Path | None


def _seen_from(place: Path, path: str) -> str:
    """A path as patterns of a configuration are written: from where it stands, with slashes."""
    file = absolute(Path(path))
    return file.relative_to(place).as_posix() if file.is_relative_to(place) else file.as_posix()


def _targets(said: Sequence[str], declared: Declarations) -> Targets:
    """What somebody says is built, and what is declared; who says it knows what else there may be."""
    if not said:
        return declared.targets
    targets = declared.targets
    known = targets.known if isinstance(targets, UnknownTargets) else targets or ()
    return (*known, *said)


def _ignore_file_of(file: Path, declared: Declarations) -> Path | None:
    """The ignore file of the build context, where it is known which: by default, the folder of the Dockerfile."""
    own = file.with_name(file.name + _IGNORE_FILE)
    if own.is_file():
        return own
    if not declared.is_all_local or len(declared.contexts) > 1:
        return None
    context = next(iter(declared.contexts), file.parent)
    return context / _IGNORE_FILE if (context / _IGNORE_FILE).is_file() else None
