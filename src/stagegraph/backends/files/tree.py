"""`Tree`: the files of an image; `FileTree`: as far as they are known, as a value."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping

import attrs

from stagegraph.backends.files.nodes import Entry, Folder, Link, Unknown
from stagegraph.values.paths import clean, join

ANYTHING = "*"
"""The name of what stands for everything in a folder that is not known."""
_MOST_LINKS = 40


class LoopError(Exception):
    """Symbolic links that lead to each other."""


class Tree(ABC):
    """Files by clean absolute path."""

    @abstractmethod
    def kind(self, path: str) -> Entry | None:
        """What stands at a path; only the kind of its node need be right, and where a link leads."""

    @abstractmethod
    def get(self, path: str) -> Entry | None:
        """What stands at a path, None where nothing is listed; no link on the way is followed."""

    @abstractmethod
    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        """Everything listed below a folder, with paths relative to it, in order."""

    @abstractmethod
    def perhaps(self, path: str) -> tuple[int, ...]:
        """The steps that may have made something at a path where nothing is listed; none: it is not there."""

    def resolve(self, path: str) -> str:
        """The path without symbolic links on the way; a link never leads out of the root.

        Raises:
            LoopError: links lead to each other.
        """
        links = 0
        done, waiting = "/", _parts(path)
        while waiting:
            part = waiting.pop(0)
            done = join(done, part)
            entry = self.kind(done)
            if entry is not None and isinstance(entry.node, Link):
                links += 1
                if links > _MOST_LINKS:
                    raise LoopError(path)
                target = join(done.rpartition("/")[0] or "/", entry.node.target)
                target = clean(entry.node.target) if entry.node.target.startswith("/") else target
                done, waiting = "/", _parts(target) + waiting
        return done

    def names(self, folder: str) -> list[str]:
        """The names listed in a folder, sorted."""
        return sorted({path.partition("/")[0] for path, _ in self.below(folder)})


@attrs.frozen
class FileTree(Tree):
    """Entries by absolute path; a folder stands before what it holds, the root is not listed.

    `makers` are steps that may have made or changed anything: images from outside, `RUN`s.
    Without any the tree is complete: what is not listed is not there, but for folders in which
    something unknown stands, listed under the name `ANYTHING`.
    """

    entries: Mapping[str, Entry] = attrs.field(factory=dict)
    makers: tuple[int, ...] = ()

    def kind(self, path: str) -> Entry | None:
        return self.get(path)

    def get(self, path: str) -> Entry | None:
        if path == "/":
            return Entry(Folder(), uncertain=self.makers)
        return self.entries.get(path)

    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        return entries_below(self.entries, folder)

    def perhaps(self, path: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*self.makers, *unknown_makers(self.entries, path))))

    def with_changes(self, changes: Mapping[str, Entry]) -> FileTree:
        """The tree with `changes` made."""
        return FileTree({**self.entries, **changes}, self.makers)

    def after_unknown_changes(self, step: int) -> FileTree:
        """The tree after a step that may have changed anything."""
        entries = {path: _after(entry, step) for path, entry in self.entries.items()}
        return FileTree(entries, (*self.makers, step))


@attrs.frozen
class ChangedTree(Tree):
    """A tree with changes upon it, which may go on changing."""

    base: Tree
    changes: Mapping[str, Entry]

    def kind(self, path: str) -> Entry | None:
        return self.changes.get(path) or self.base.kind(path)

    def get(self, path: str) -> Entry | None:
        return self.changes.get(path) or self.base.get(path)

    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        merged = {**dict(self.base.below(folder)), **dict(entries_below(self.changes, folder))}
        return iter(sorted(merged.items()))

    def perhaps(self, path: str) -> tuple[int, ...]:
        return tuple(dict.fromkeys((*self.base.perhaps(path), *unknown_makers(self.changes, path))))


def entries_below(entries: Mapping[str, Entry], folder: str) -> Iterator[tuple[str, Entry]]:
    """Those of the entries that stand below a folder, with paths relative to it, in order."""
    prefix = "/" if folder == "/" else f"{folder}/"
    for path in sorted(entries):
        if path.startswith(prefix) and path != folder:
            yield path[len(prefix) :], entries[path]


def unknown_makers(entries: Mapping[str, Entry], path: str) -> Iterator[int]:
    """The steps that made something unknown at a path, above it, or beside it."""
    while path != "/":
        folder = path.rpartition("/")[0] or "/"
        for candidate in (path, join(folder, ANYTHING)):
            entry = entries.get(candidate)
            if entry is not None and isinstance(entry.node, Unknown):
                yield from entry.steps
        path = folder


def _after(entry: Entry, step: int) -> Entry:
    if isinstance(entry.node, Unknown):
        return attrs.evolve(entry, steps=(*entry.steps, step))
    return attrs.evolve(entry, uncertain=(*entry.uncertain, step))


def _parts(path: str) -> list[str]:
    return [part for part in clean(f"/{path}").split("/") if part]
