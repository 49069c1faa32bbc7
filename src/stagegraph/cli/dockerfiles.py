"""The Dockerfiles that paths on the command line lead to, with their texts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import attrs

from stagegraph.cli.request import standard_input
from stagegraph.errors import InputError, LimitError, StageGraphError
from stagegraph.linting.declarations import InlineInFile
from stagegraph.linting.files import STANDARD_INPUT
from stagegraph.projects.declared import InlineDockerfile
from stagegraph.scanning.discovery import Found, find_dockerfiles
from stagegraph.scanning.reading import read_content
from stagegraph.source import SourceFile

_SPECIAL = re.compile(r"[\\*?\[\]!# ]")

Read = tuple[str, SourceFile | StageGraphError]
"""The path of a Dockerfile, and its text or the reason why it has none."""


def read_dockerfiles(
    paths: Iterable[str], exclude: Sequence[str] = (), declared_below: Callable[[str], Iterable[str]] = lambda _: ()
) -> Iterator[Read]:
    """Every file once, with its text, or with the reason why it has none.

    `exclude` are as for `find_dockerfiles`; `declared_below` gives Dockerfiles of a directory that
    are called by no usual name.
    """
    seen: set[str] = set()
    for path in paths:
        for found in _found(path, exclude, declared_below):
            if found.path not in seen:
                seen.add(found.path)
                yield found.path, _source_of(found)


def read_inline(
    paths: Iterable[str], exclude: Sequence[str], inline_below: Callable[[str], Iterable[InlineInFile]]
) -> Iterator[InlineInFile]:
    """The Dockerfiles that stand in compose and bake files below those paths that are directories, each once."""
    seen: set[tuple[str, InlineDockerfile]] = set()
    for path in paths:
        for one in _inline_found(path, exclude, inline_below):
            key = os.path.realpath(one.path), one.dockerfile
            if key not in seen:
                seen.add(key)
                yield one


def _inline_found(
    path: str, exclude: Sequence[str], inline_below: Callable[[str], Iterable[InlineInFile]]
) -> Iterator[InlineInFile]:
    inline: dict[str, list[InlineInFile]] = {}
    for one in inline_below(path) if Path(path).is_dir() else ():
        inline.setdefault(one.path, []).append(one)
    for found in find_dockerfiles(path, include=_as_patterns(inline), exclude=exclude) if inline else ():
        for one in inline.get(Path(os.path.relpath(found.path, path)).as_posix(), ()):
            yield attrs.evolve(one, path=found.path)


def _found(path: str, exclude: Sequence[str], declared_below: Callable[[str], Iterable[str]]) -> Iterator[Found]:
    if path == STANDARD_INPUT:
        yield Found(path)
        return
    yield from find_dockerfiles(path, exclude=exclude)
    if Path(path).is_dir():
        declared = _as_patterns(declared_below(path))
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
