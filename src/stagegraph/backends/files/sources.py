"""Which paths a `COPY` takes: wildcards, links, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from stagegraph.backends.files.nodes import Entry, Folder, Unknown
from stagegraph.backends.files.tree import ANYTHING, LoopError, Tree
from stagegraph.context.patterns import has_wildcards, matcher_of
from stagegraph.errors import Complaint
from stagegraph.values.paths import join


@attrs.frozen
class Source:
    """A path that is copied. `place` is where links lead from it, `name` what a copy is called.

    Nothing stands there for certain where `entry` is `Unknown`.
    """

    path: str
    place: str
    entry: Entry

    @property
    def name(self) -> str:
        """The last part of the path as it was asked for."""
        return self.path.rpartition("/")[2]


class MissingSourceError(Exception):
    """A path that is not there, in a tree of which everything is known."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


def find_sources(tree: Tree, path: str) -> tuple[Source, ...]:
    """What an absolute path, perhaps with wildcards, stands for; nothing where a wildcard matches nothing.

    Where more may match than is known, the last source is called `ANYTHING`, and unknown.

    Raises:
        MissingSourceError: a path without wildcards that is not there.
        Complaint: a malformed pattern, or links that lead to each other.
    """
    try:
        if not has_wildcards(path):
            return (_find(tree, path),)
        if path.endswith("/"):
            return ()
        found = tuple(_find(tree, match) for match in _matches(tree, path))
    except LoopError:
        raise Complaint(f"{path}: too many links") from None
    folder = path.rpartition("/")[0] or "/"
    makers = tree.perhaps(join(folder, ANYTHING))
    if makers:
        return (*found, Source(join(folder, ANYTHING), join(folder, ANYTHING), Entry(Unknown(), makers)))
    return found


def _find(tree: Tree, path: str) -> Source:
    place = tree.resolve(path)
    entry = tree.get(place)
    if entry is not None:
        return Source(path, place, entry)
    makers = tree.perhaps(place)
    if not makers:
        raise MissingSourceError(path)
    return Source(path, place, Entry(Unknown(), makers))


def _matches(tree: Tree, pattern: str) -> Iterator[str]:
    """The known paths that match, part by part, in order."""
    folders = ["/"]
    parts = [part for part in pattern.split("/") if part]
    for number, part in enumerate(parts, 1):
        matcher = matcher_of(part)
        found = [
            join(folder, name)
            for folder in folders
            for name in tree.names(tree.resolve(folder))
            if matcher.match(name) and not _is_anything(tree, join(folder, name))
        ]
        if number < len(parts):
            found = [path for path in found if _is_folder(tree, path)]
        folders = found
    yield from folders


def _is_anything(tree: Tree, path: str) -> bool:
    entry = tree.kind(path)
    return path.endswith(f"/{ANYTHING}") and entry is not None and isinstance(entry.node, Unknown)


def _is_folder(tree: Tree, path: str) -> bool:
    entry = tree.kind(tree.resolve(path))
    return entry is not None and isinstance(entry.node, Folder)
