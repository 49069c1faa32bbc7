"""A tree while something is added to it, entry by entry."""

from __future__ import annotations

from stagegraph.backends.files.nodes import Entry, Folder, Unknown
from stagegraph.backends.files.tree import ChangedTree, LoopError, Tree
from stagegraph.errors import Complaint
from stagegraph.values.paths import clean


class GrowingTree:
    """A tree that grows by one step: `changes` are what is new, `tree` is `base` with them."""

    def __init__(self, base: Tree, step: int) -> None:
        self.changes: dict[str, Entry] = {}
        self.tree = ChangedTree(base, self.changes)
        self._step = step

    def put(self, path: str, entry: Entry) -> None:
        """Puts something at a clean absolute path; this step is added to those that made it."""
        steps = tuple(dict.fromkeys((*entry.steps, self._step)))
        self.changes[path] = Entry(entry.node, steps, entry.uncertain)

    def holds_folder(self, path: str) -> bool:
        """Whether a folder is known to stand at a path."""
        entry = self.tree.kind(path)
        return entry is not None and isinstance(entry.node, Folder)

    def make_folders(self, path: str, folder: Folder) -> None:
        """Makes a folder, and those above it, where they are missing.

        Raises:
            Complaint: something on the way is no folder.
        """
        missing: list[str] = []
        while path != "/" and not self.holds_folder(path):
            entry = self.tree.kind(path)
            if entry is not None and not isinstance(entry.node, Unknown):
                raise Complaint(f"mkdir {path}: not a directory")
            missing.append(path)
            path = folder_of(path)
        for one in reversed(missing):
            self.put(one, Entry(folder, uncertain=self.tree.perhaps(one)))

    def resolve(self, path: str) -> str:
        """The path cleaned, without symbolic links on the way.

        Raises:
            Complaint: links lead to each other.
        """
        try:
            return self.tree.resolve(clean(path))
        except LoopError:
            raise Complaint(f"{path}: too many links") from None


def folder_of(path: str) -> str:
    """The folder above a clean absolute path."""
    return path.rpartition("/")[0] or "/"
