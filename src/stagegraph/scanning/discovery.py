"""Paths → the Dockerfiles there, found one after the other."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from os import PathLike
from pathlib import Path

import attrs
from pathspec import GitIgnoreSpec

from stagegraph.errors import system_reason
from stagegraph.scanning.ignoring import GIT, GITIGNORE, Rules
from stagegraph.scanning.naming import is_dockerfile_name

Paths = str | PathLike[str] | Iterable[str | PathLike[str]]
"""One path, or any number of them; here a `str` is a path."""

_REPOSITORIES = frozenset({GIT, ".hg", ".svn"})


@attrs.frozen
class Found:
    """A Dockerfile that was found, or a directory that cannot be looked through: `fault` says why."""

    path: str
    fault: str | None = None


def find_dockerfiles(
    paths: Paths, *, include: Sequence[str] = (), exclude: Sequence[str] = (), ignore_files: bool = True
) -> Iterator[Found]:
    """The Dockerfiles under `paths`, always in the same order, without holding more than a directory's names.

    A path that is no directory is taken, whatever it is called and whatever is excluded; whether
    it is there is for the reader to find out. A directory is looked through: its files in the
    order of their names, then its directories likewise, and a link to a directory is not followed.
    Files count that are called as people call Dockerfiles, or, with `include`, that match one of
    its patterns instead. What matches `exclude` is left out, and so is what `.gitignore` files say
    (inside a Git work tree), unless `ignore_files` is false. Patterns are written as in
    `.gitignore` and seen from the path given. A file that two of the paths lead to comes twice.
    """
    choice = _Choice.of(include, exclude, ignore_files=ignore_files)
    for path in [paths] if isinstance(paths, str | PathLike) else paths:
        given = os.fspath(path)
        if os.path.isdir(given):  # noqa: PTH112 - strings all the way: there can be millions
            yield from _walk(given, choice)
        else:
            yield Found(given)


@attrs.frozen
class _Choice:
    """What counts, by patterns."""

    include: GitIgnoreSpec | None
    exclude: GitIgnoreSpec | None
    ignore_files: bool

    @classmethod
    def of(cls, include: Sequence[str], exclude: Sequence[str], *, ignore_files: bool) -> _Choice:
        return cls(_spec(include), _spec(exclude), ignore_files)

    def takes(self, name: str, below: str) -> bool:
        """Whether the file `name` of the directory `below` counts, by its name or its path."""
        return is_dockerfile_name(name) if self.include is None else self.include.match_file(below + name)

    def excludes(self, path: str) -> bool:
        """Whether a path, as it is seen from the path given, is left out; of a directory, it ends with a slash."""
        return self.exclude is not None and self.exclude.match_file(path)


def _spec(patterns: Sequence[str]) -> GitIgnoreSpec | None:
    return GitIgnoreSpec.from_lines(patterns) if patterns else None


@attrs.frozen
class _Directory:
    """A directory to look through: as it is shown, as it is seen from the path given, and where it really is."""

    shown: str
    below: str
    real: str
    rules: Rules

    def enter(self, name: str, rules: Rules) -> _Directory:
        return _Directory(f"{self.shown}{name}/", f"{self.below}{name}/", f"{self.real}{name}/", rules)


def _walk(root: str, choice: _Choice) -> Iterator[Found]:
    real = os.path.realpath(root).replace(os.sep, "/")
    rules = Rules.above(real) if choice.ignore_files else Rules()
    first = _Directory(_shown(root), "", real if real.endswith("/") else f"{real}/", rules)
    waiting = [iter([first])]
    while waiting:
        directory = next(waiting[-1], None)
        if directory is None:
            waiting.pop()
            continue
        try:
            files, directories = _look(directory, choice)
        except OSError as fault:
            yield Found(directory.shown.rstrip("/") or root, system_reason(fault))
            continue
        yield from files
        waiting.append(iter(directories))


def _shown(root: str) -> str:
    """How the paths under `root` begin; nothing for the current directory."""
    if os.path.normpath(root) == os.curdir:
        return ""
    return root.replace(os.sep, "/").rstrip("/") + "/"


def _look(directory: _Directory, choice: _Choice) -> tuple[list[Found], list[_Directory]]:
    """The Dockerfiles of a directory, and the directories to enter.

    Raises:
        OSError: it cannot be read.
    """
    with os.scandir(directory.real) as entries:
        kept = [entry for entry in entries if _may_count(entry, directory.below, choice)]
    kept.sort(key=lambda entry: entry.name)
    rules = directory.rules
    if choice.ignore_files:
        rules = rules.within(directory.real.rstrip("/") or "/", {entry.name for entry in kept})
    files: list[Found] = []
    directories: list[_Directory] = []
    for entry in kept:
        is_directory = entry.is_dir(follow_symlinks=False)
        if _is_left_out(entry.name, directory, rules, choice, is_directory=is_directory):
            continue
        if is_directory:
            directories.append(directory.enter(entry.name, rules))
        elif choice.takes(entry.name, directory.below) and _is_file(entry):
            files.append(Found(directory.shown + entry.name))
    return files, directories


def _may_count(entry: os.DirEntry[str], below: str, choice: _Choice) -> bool:
    """Whether an entry is worth a second look; most files are not."""
    if entry.name in _REPOSITORIES:
        return entry.name == GIT
    return entry.name == GITIGNORE or entry.is_dir(follow_symlinks=False) or choice.takes(entry.name, below)


def _is_left_out(name: str, directory: _Directory, rules: Rules, choice: _Choice, *, is_directory: bool) -> bool:
    if name == GIT or choice.excludes(f"{directory.below}{name}{'/' if is_directory else ''}"):
        return True
    return rules.ignores(directory.real + name, is_directory=is_directory)


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file, or a link to one; a link that leads nowhere counts, and fails when it is read."""
    try:
        return entry.is_file() or (entry.is_symlink() and not Path(entry.path).exists())
    except OSError:
        return True
