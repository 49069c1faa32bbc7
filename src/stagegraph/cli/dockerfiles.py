"""The Dockerfiles that paths on the command line lead to, with their texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import attrs

from stagegraph.cli.request import standard_input
from stagegraph.errors import InputError, LimitError, StageGraphError
from stagegraph.linting.declarations import InlineInFile
from stagegraph.linting.declaring_files import DeclaringFile
from stagegraph.linting.files import STANDARD_INPUT
from stagegraph.scanning.discovery import Found, find_dockerfiles
from stagegraph.scanning.reading import read_content
from stagegraph.source import SourceFile

_SPECIAL = re.compile(r"[\\*?\[\]!# ]")

Read = tuple[str, SourceFile | StageGraphError]
"""The path of a Dockerfile, and its text or the reason why it has none."""


class Declares(Protocol):
    """What knows which Dockerfiles compose and bake files declare."""

    def declared_below(self, directory: str) -> Iterable[str]:
        """The Dockerfiles of a directory that are declared, whatever they are called, as seen from there."""

    def inline_below(self, directory: str) -> Iterable[InlineInFile]:
        """The Dockerfiles that stand in declarations below a directory, with paths as seen from there."""

    def declaring(self, path: str) -> DeclaringFile | None:
        """The compose or bake file at a path; None where something else is."""


def read_dockerfiles(paths: Iterable[str], exclude: Sequence[str], declarations: Declares) -> Iterator[Read]:
    """Every file once, with its text, or with the reason why it has none.

    `exclude` are as for `find_dockerfiles`; a compose or bake file stands for the files that it declares.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _found(path, exclude, declarations):
            if found.path not in seen:
                seen.add(found.path)
                yield found.path, _source_of(found)


def read_inline(paths: Iterable[str], exclude: Sequence[str], declarations: Declares) -> Iterator[InlineInFile]:
    """The Dockerfiles that stand in compose and bake files, in those at the paths and below them, each once."""
    seen: set[tuple[str, int, str]] = set()
    for path in paths:
        for one in _inline_found(path, exclude, declarations):
            key = os.path.realpath(one.path), one.dockerfile.place.line, one.dockerfile.text
            if key not in seen:
                seen.add(key)
                yield one


def _inline_found(path: str, exclude: Sequence[str], declarations: Declares) -> Iterator[InlineInFile]:
    declaring = declarations.declaring(path)
    if declaring is not None:
        yield from declaring.inline
        return
    inline: dict[str, list[InlineInFile]] = {}
    for one in declarations.inline_below(path) if Path(path).is_dir() else ():
        inline.setdefault(one.path, []).append(one)
    for found in find_dockerfiles(path, include=_as_patterns(inline), exclude=exclude) if inline else ():
        for one in inline.get(Path(os.path.relpath(found.path, path)).as_posix(), ()):
            yield attrs.evolve(one, path=found.path)


def _found(path: str, exclude: Sequence[str], declarations: Declares) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        yield Found(path)
        return
    declaring = declarations.declaring(path)
    if declaring is not None:
        yield from map(Found, declaring.dockerfiles)
        if declaring.fault is not None:
            yield Found(path, declaring.fault)
        return
    yield from find_dockerfiles(path, exclude=exclude)
    if Path(path).is_dir():
        declared = _as_patterns(declarations.declared_below(path))
        if declared:
            yield from find_dockerfiles(path, include=declared, exclude=exclude)


def _as_patterns(paths: Iterable[str]) -> list[str]:
    return [f"/{_SPECIAL.sub(_escaped, path)}" for path in paths]


def _escaped(special: re.Match[str]) -> str:
    return f"\\{special[0]}"


def _source_of(found: Found) -> SourceFile | StageGraphError:
    try:
        if found.fault is not None:
            raise InputError(f"{found.path}: {found.fault}")
        if found.path == STANDARD_INPUT:
            return SourceFile.of(standard_input(), found.path)
        return read_file(found.path)
    except StageGraphError as error:
        return error


def read_file(path: str) -> SourceFile:
    """The text of a Dockerfile, which is called by its whole path.

    Raises:
        InputError: it cannot be read.
        LimitError: it is too large.
    """
    try:
        return SourceFile.of(read_content(path), path)
    except (InputError, LimitError) as error:
        raise type(error)(f"{path}: {error.message}") from None
