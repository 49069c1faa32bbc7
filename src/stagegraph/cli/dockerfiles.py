"""The Dockerfiles that paths on the command line lead to, with their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from stagegraph.cli.request import standard_input
from stagegraph.errors import InputError, LimitError, StageGraphError
from stagegraph.linting.files import STANDARD_INPUT
from stagegraph.scanning.discovery import Found, find_dockerfiles
from stagegraph.scanning.reading import read_content
from stagegraph.source import SourceFile

Read = tuple[str, SourceFile | StageGraphError]
"""The path of a Dockerfile, and its text or the reason why it has none."""


def read_dockerfiles(paths: Iterable[str], exclude: Sequence[str] = ()) -> Iterator[Read]:
    """Every file once, with its text, or with the reason why it has none; `exclude` are as for `find_dockerfiles`."""
    seen: set[str] = set()
    for path in paths:
        for found in [Found(path)] if path == STANDARD_INPUT else find_dockerfiles(path, exclude=exclude):
            if found.path not in seen:
                seen.add(found.path)
                yield found.path, _source_of(found)


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
