"""The root of a working container: its files, looked at without following any link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from stagegraph.backends.files.nodes import File, Folder, Link, Node, OnDisk, Owner
from stagegraph.values.paths import join

_PERMISSIONS = 0o7777


class Root(Protocol):
    """The files of a container, by clean absolute path."""

    def look(self, path: str) -> Node | None:
        """What stands at a path; of a file only the kind need be right."""
        ...

    def fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        """What stands at a path and below it; bytes can be read as long as the container is there."""
        ...

    def remove_empty(self, paths: Iterable[str]) -> None:
        """Removes those of the paths at which an empty file or folder stands, one after the other."""
        ...


class MountedRoot:
    """The root of a container that is mounted at a folder of this machine. Nothing runs in it meanwhile.

    What is no file, folder or symbolic link is not seen.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = os.path.realpath(folder)

    def look(self, path: str) -> Node | None:
        """See `Root.look`."""
        place = self._place(path)
        return None if place is None else _node(place)

    def fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        """See `Root.fetch`; a folder stands before what it holds."""
        place = self._place(path)
        node = None if place is None else _node(place)
        if place is None or node is None:
            return
        yield path, node
        if isinstance(node, Folder):
            for name in sorted(os.listdir(place)):
                yield from self.fetch(join(path, name))

    def remove_empty(self, paths: Iterable[str]) -> None:
        """See `Root.remove_empty`."""
        for path in paths:
            place = self._place(path)
            node = None if place is None else _node(place)
            if isinstance(node, Folder) and not os.listdir(str(place)):
                os.rmdir(str(place))
            elif isinstance(node, File) and not node.content.size:
                os.unlink(str(place))

    def _place(self, path: str) -> str | None:
        """Where a path stands on this machine; None where a link stands above it."""
        place = os.path.normpath(f"{self._folder}/{path}")
        parent = os.path.dirname(place) if path != "/" else place
        return place if os.path.realpath(parent) == parent else None


def _node(place: str) -> Node | None:
    try:
        status = os.lstat(place)
    except OSError:
        return None
    owner = Owner(status.st_uid, status.st_gid)
    mode = status.st_mode & _PERMISSIONS
    if stat.S_ISDIR(status.st_mode):
        return Folder(mode, owner, status.st_mtime)
    if stat.S_ISLNK(status.st_mode):
        return Link(os.readlink(place), owner)
    if stat.S_ISREG(status.st_mode):
        return File(OnDisk(Path(place), status.st_size), mode, owner, status.st_mtime)
    return None
