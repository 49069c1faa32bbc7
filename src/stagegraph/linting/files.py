"""Dockerfiles by their paths: each with the configuration of the place where it lies."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.linting.configuration import LintConfiguration
from stagegraph.linting.configuration_files import find_configuration
from stagegraph.linting.declarations import Declarations, InlineInFile, Projects, absolute
from stagegraph.linting.declaring_files import DeclaringFile, DeclaringFiles, merged
from stagegraph.linting.findings import Findings
from stagegraph.linting.fixing import Fixed
from stagegraph.linting.linter import fix, lint
from stagegraph.linting.request import LintOptions
from stagegraph.linting.targets import Targets
from stagegraph.source import SourceFile

STANDARD_INPUT = "-"
_IGNORE_FILE = ".dockerignore"


@attrs.frozen
class LintedFile:
    """What `lint` makes of one Dockerfile: its findings, or why there are none to be had.

    Where it stands in a compose or bake file, `path` is that of the file, and `inline_at` the line
    (from 1) where the value stands that it is.
    """

    path: str
    outcome: Findings | StageGraphError
    inline_at: int | None = None

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
    directories `tops` in which it lies; but what one of the compose and bake files `declaring`
    declares is built as these say. `environment` has the variables of such files.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    dockerignore: Path | None = None
    project: Path | None = None
    tops: tuple[Path, ...] = ()
    declaring: tuple[str, ...] = ()
    environment: Mapping[str, str] = attrs.field(factory=dict)
    options: LintOptions = attrs.field(factory=LintOptions)


class FileLinter:
    """Lints and fixes files; what several of them share is read once."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._configurations: dict[Path, tuple[LintConfiguration, Path]] = {}
        self._projects = Projects(asked.project, asked.tops, asked.environment)
        self._declaring = DeclaringFiles(asked.declaring, asked.environment)

    def lint(self, path: str, source: SourceFile) -> LintedFile:
        """The findings of the Dockerfile at `path`, whose text is `source`."""
        try:
            return LintedFile(path, lint(source, **self._keywords(path)))
        except StageGraphError as error:
            return LintedFile(path, error)

    def fix(self, path: str, source: SourceFile) -> Fixed:
        """The Dockerfile with what can be mended mended.

        What is declared by files that were not asked for counts too: what they build stays.

        Raises:
            StageGraphError: see `stagegraph.fix`.
        """
        return fix(source, **self._keywords(path, everywhere=True))

    def lint_inline(self, inline: InlineInFile) -> LintedFile:
        """The findings in a Dockerfile that stands in a compose or bake file."""
        try:
            outcome = lint(inline.dockerfile, project=inline.index.project, **self._inline_keywords(inline))
        except StageGraphError as error:
            return LintedFile(inline.path, error, inline.dockerfile.place.line)
        return LintedFile(inline.path, outcome, inline.dockerfile.place.line)

    def fix_inline(self, inline: InlineInFile) -> Fixed:
        """A Dockerfile that stands in a compose or bake file with what can be mended mended, as a text of its own.

        Raises:
            StageGraphError: see `stagegraph.fix`.
        """
        return fix(SourceFile(inline.dockerfile.text, inline.path), **self._inline_keywords(inline))

    def inline_below(self, directory: str) -> list[InlineInFile]:
        """The Dockerfiles that stand in compose and bake files below a directory, with paths as seen from there.

        Raises:
            InputError: the project that is asked for is not there.
        """
        return self._projects.inline_below(Path(directory))

    def declared_below(self, directory: str) -> list[str]:
        """The Dockerfiles below a directory that compose and bake files declare, as seen from there.

        Raises:
            InputError: the project that is asked for is not there.
        """
        return self._projects.dockerfiles_below(Path(directory))

    def declaring(self, path: str) -> DeclaringFile | None:
        """What is declared at a path, where a compose or bake file is; None where there is none.

        Raises:
            InputError: it is not there any more.
        """
        return self._declaring.at(path) if path in self._asked.declaring else None

    def _keywords(self, path: str, *, everywhere: bool = False) -> _Keywords:
        """What counts for the Dockerfile at a path."""
        if path == STANDARD_INPUT:
            configuration, _ = self._configuration(absolute(Path()))
            return self._keywords_with(configuration, self._asked.targets or None, None)
        declared = self._declared(Path(path), everywhere=everywhere)
        return self._keywords_of_file(path, declared, _ignore_file_of(Path(path), declared))

    def _declared(self, dockerfile: Path, *, everywhere: bool) -> Declarations:
        """What is declared about a Dockerfile by the files that were asked for; by others if none does."""
        named = self._declaring.declarations_of(dockerfile)
        if named is not None and not everywhere:
            return named
        found = self._projects.declarations_of(dockerfile)
        return merged([named, found]) if named is not None else found

    def _inline_keywords(self, inline: InlineInFile) -> _Keywords:
        """What counts for a Dockerfile that stands in a file."""
        declared = inline.index.declarations_of(inline.dockerfile)
        return self._keywords_of_file(inline.path, declared, _ignore_file_in_context(declared))

    def _keywords_of_file(self, path: str, declared: Declarations, ignore_file: Path | None) -> _Keywords:
        configuration, place = self._configuration(absolute(Path(path).parent))
        said = (*self._asked.targets, *(configuration.targets_of(_seen_from(place, path)) or ()))
        return self._keywords_with(configuration, _targets(said, declared), ignore_file)

    def _keywords_with(self, configuration: LintConfiguration, targets: Targets, ignore_file: Path | None) -> _Keywords:
        return {
            **self._asked.options,
            "configuration": configuration.narrowed(self._asked.select, self._asked.ignore),
            "targets": targets,
            "dockerignore": self._asked.dockerignore or ignore_file,
        }

    def _configuration(self, folder: Path) -> tuple[LintConfiguration, Path]:
        if folder not in self._configurations:
            self._configurations[folder] = find_configuration(folder) or (LintConfiguration(), folder)
        return self._configurations[folder]


class _Keywords(LintOptions, total=False):
    """The keywords of `lint` and `fix`."""

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
    return (*declared.known_targets, *said)


def _ignore_file_of(file: Path, declared: Declarations) -> Path | None:
    """The ignore file of the build context, where it is known which: by default, the folder of the Dockerfile."""
    own = file.with_name(file.name + _IGNORE_FILE)
    if own.is_file():
        return own
    return _ignore_file_in_context(declared, default=file.parent)


def _ignore_file_in_context(declared: Declarations, default: Path | None = None) -> Path | None:
    """The ignore file of the one build context that is declared, or of the default where none is."""
    if not declared.is_all_local or len(declared.contexts) > 1:
        return None
    context = next(iter(declared.contexts), default)
    return context / _IGNORE_FILE if context is not None and (context / _IGNORE_FILE).is_file() else None
