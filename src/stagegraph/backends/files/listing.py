"""A tree as people are told of it."""

from __future__ import annotations

from stagegraph.backends.events import ImageFile, ImageFiles
from stagegraph.backends.files.nodes import Entry, File, Folder, Link
from stagegraph.backends.files.tree import FileTree


def files_of(tree: FileTree) -> ImageFiles:
    """Everything known of a tree, in the order of the paths."""
    known = tuple(_listed(path, tree.entries[path]) for path in sorted(tree.entries))
    return ImageFiles(known, tree.makers)


def _listed(path: str, entry: Entry) -> ImageFile:
    node = entry.node
    if isinstance(node, File):
        return ImageFile(path, "file", entry.steps, entry.uncertain, node.mode, node.owner.text, size=node.content.size)
    if isinstance(node, Folder):
        return ImageFile(path, "folder", entry.steps, entry.uncertain, node.mode, node.owner.text)
    if isinstance(node, Link):
        return ImageFile(path, "link", entry.steps, entry.uncertain, owner=node.owner.text, target=node.target)
    return ImageFile(path, "unknown", entry.steps, entry.uncertain)
