"""Dockerfiles by their paths: each with the configuration of the place where it lies."""

from __future__ import annotations

from pathlib import Path

import attrs

from stagegraph.errors import InputError, StageGraphError
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.configuration_files import find_configuration
from stagegraph.linting.findings import Findings
from stagegraph.linting.fixing import Fixed
from stagegraph.linting.linter import LintOptions, fix, lint
from stagegraph.linting.targets import Targets
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
    build context (by default, the one that belongs to the file).
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    dockerignore: Path | None = None
    options: LintOptions = attrs.field(factory=LintOptions)


class FileLinter:
    """Lints and fixes files; what several of them share is read once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._configurations: dict[Path, tuple[LintConfiguration, Path]] = {}

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

    def _settings(self, path: str) -> _Settings:
        folder = Path() if path == STANDARD_INPUT else Path(path).parent
        configuration, place = self._configuration(folder.absolute())
        configured = None if path == STANDARD_INPUT else configuration.targets_of(_seen_from(place, path))
        targets = [*self._asked.targets, *(configured or ())]
        chosen = configuration.narrowed(self._asked.select, self._asked.ignore)
        return _Settings(chosen, targets or None, self._asked.dockerignore or _ignore_file_of(path))

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
    absolute = Path(path).absolute()
    return absolute.relative_to(place).as_posix() if absolute.is_relative_to(place) else absolute.as_posix()


def _ignore_file_of(path: str) -> Path | None:
    """The ignore file that a build would use whose context is the folder of the Dockerfile."""
    if path == STANDARD_INPUT:
        return None
    file = Path(path)
    candidates = (file.with_name(file.name + _IGNORE_FILE), file.with_name(_IGNORE_FILE))
    return next((one for one in candidates if one.is_file()), None)


def read_file(path: str) -> SourceFile:
    """The text of a Dockerfile.

    Raises:
        InputError: it cannot be read.
    """
    try:
        return SourceFile.of(Path(path).read_bytes(), path)
    except (OSError, ValueError) as fault:  # a path with a NUL is a ValueError
        reason = fault.strerror if isinstance(fault, OSError) else None
        raise InputError(f"{path}: {(reason or str(fault)).lower()}") from None
