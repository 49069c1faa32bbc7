"""The build context as a tree of files, all of which belong to root."""

from __future__ import annotations

from stagegraph.backends.files.nodes import Entry, File, Folder, Link, Node, OnDisk
from stagegraph.backends.files.tree import FileTree
from stagegraph.context.directory import ContextDirectory, ContextEntry


def tree_of_context(context: ContextDirectory | None, steps: tuple[int, ...] = ()) -> FileTree:
    """What a builder sees of the context; an absent one is empty. `steps` are those that load it.

    Raises:
        InputError: a directory cannot be read.
    """
    if context is None:
        return FileTree()
    return FileTree({f"/{entry.path}": Entry(_node(entry), steps) for entry in context.entries()})


def _node(entry: ContextEntry) -> Node:
    if entry.is_folder:
        return Folder(entry.mode, modified=entry.modified)
    if entry.is_link:
        return Link(entry.target)
    return File(OnDisk(entry.location, entry.size), entry.mode, modified=entry.modified)
