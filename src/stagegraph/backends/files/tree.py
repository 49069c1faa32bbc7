"""`FileTree`: the files of an image as far as they are known, as a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from stagegraph.backends.files.nodes import Entry, Folder, Link, Unknown
from stagegraph.values.paths import clean, join

ANYTHING = "*"
"""The name of what stands for everything in a folder that is not known."""
_MOST_LINKS = 40


class LoopError(Exception):
    """Symbolic links that lead to each other."""


@attrs.frozen
class FileTree:
    """Entries by absolute path; a folder stands before what it holds, the root is not listed.

    `makers` are steps that may have made or changed anything: images from outside, `RUN`s.
    Without any the tree is complete: what is not listed is not there, but for folders in which
    something unknown stands, listed under the name `ANYTHING`.
    """

    entries: Mapping[str, Entry] = attrs.field(factory=dict)
    makers: tuple[int, ...] = ()

    def get(self, path: str) -> Entry | None:
        """What is known to stand at a clean absolute path; no link on the way is followed."""
        if path == "/":
            return Entry(Folder(), uncertain=self.makers)
        return self.entries.get(path)

    def resolve(self, path: str, *, follow_last: bool = True) -> str:
        """The path without symbolic links on the way; a link never leads out of the root.

        Raises:
            LoopError: links lead to each other.
        """
        links = 0
        done, waiting = "/", _parts(path)
        while waiting:
            part = waiting.pop(0)
            done = join(done, part)
            entry = self.entries.get(done)
            if entry is not None and isinstance(entry.node, Link) and (waiting or follow_last):
                links += 1
                if links > _MOST_LINKS:
                    raise LoopError(path)
                target = join(done.rpartition("/")[0] or "/", entry.node.target)
                target = clean(entry.node.target) if entry.node.target.startswith("/") else target
                done, waiting = "/", _parts(target) + waiting
        return done

    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        """Everything known below a folder, with paths relative to it, in order."""
        prefix = "/" if folder == "/" else f"{folder}/"
        for path in sorted(self.entries):
            if path.startswith(prefix):
                yield path[len(prefix) :], self.entries[path]

    def names(self, folder: str) -> list[str]:
        """The names known in a folder, sorted."""
        return sorted({path.partition("/")[0] for path, _ in self.below(folder)})

    def merged_with(self, upper: FileTree) -> FileTree:
        """The tree with all that `upper` lists put upon it; folders that are there stay as they are."""
        entries = dict(self.entries)
        for path, entry in upper.entries.items():
            known = entries.get(path)
            if not (isinstance(entry.node, Folder) and known is not None and isinstance(known.node, Folder)):
                entries[path] = entry
        return FileTree(entries, tuple(dict.fromkeys((*self.makers, *upper.makers))))

    def after_unknown_changes(self, step: int) -> FileTree:
        """The tree after a step that may have changed anything."""
        entries = {path: _after(entry, step) for path, entry in self.entries.items()}
        return FileTree(entries, (*self.makers, step))

    def perhaps(self, path: str) -> tuple[int, ...]:
        """The steps that may have made something at a path where nothing is listed; none: it is not there."""
        found = list(self.makers)
        while path != "/":
            folder = path.rpartition("/")[0] or "/"
            for candidate in (path, join(folder, ANYTHING)):
                entry = self.entries.get(candidate)
                if entry is not None and isinstance(entry.node, Unknown):
                    found += entry.steps
            path = folder
        return tuple(dict.fromkeys(found))


def _after(entry: Entry, step: int) -> Entry:
    if isinstance(entry.node, Unknown):
        return attrs.evolve(entry, steps=(*entry.steps, step))
    return attrs.evolve(entry, uncertain=(*entry.uncertain, step))


def _parts(path: str) -> list[str]:
    return [part for part in clean(f"/{path}").split("/") if part]
