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
    """The files of a container, by clean absolute path.

    It `lends` files where their bytes can be read only as long as the container is there.
    """

    @property
    def lends(self) -> bool:
        """Whether it does."""
        ...

    def look(self, path: str) -> Node | None:
        """What stands at a path, but for the bytes of a file."""
        ...

    def fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        """What stands at a path and below it, a folder before what it holds."""
        ...

    def remove_empty(self, paths: Iterable[str]) -> None:
        """Removes those of the paths at which an empty file or folder stands, one after the other."""
        ...


class MountedRoot:
    """The root of a container that is mounted at a folder of this machine. Nothing runs in it meanwhile.

    What is no file, folder or symbolic link is not seen.
    """

    lends = True

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()

    def look(self, path: str) -> Node | None:
        """See `Root.look`."""
        place = self._place(path)
        return None if place is None else _node(place)

    def fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        """See `Root.fetch`."""
        place = self._place(path)
        node = None if place is None else _node(place)
        if place is None or node is None:
            return
        yield path, node
        if isinstance(node, Folder):
            for below in sorted(place.iterdir()):
                yield from self.fetch(join(path, below.name))

    def remove_empty(self, paths: Iterable[str]) -> None:
        """See `Root.remove_empty`."""
        for path in paths:
            place = self._place(path)
            node = None if place is None else _node(place)
            if place is None:
                continue
            if isinstance(node, Folder) and not any(place.iterdir()):
                place.rmdir()
            elif isinstance(node, File) and not node.content.size:
                place.unlink()

    def _place(self, path: str) -> Path | None:
        """Where a path stands on this machine; None where a link stands above it."""
        place = self._folder / path.lstrip("/")
        parent = place if path == "/" else place.parent
        return place if parent.resolve() == parent else None


def _node(place: Path) -> Node | None:
    try:
        status = place.lstat()
    except OSError:
        return None
    owner = Owner(status.st_uid, status.st_gid)
    mode = status.st_mode & _PERMISSIONS
    if stat.S_ISDIR(status.st_mode):
        return Folder(mode, owner, status.st_mtime)
    if stat.S_ISLNK(status.st_mode):
        return Link(os.readlink(place), owner)  # noqa: PTH115 - word for word, as `Path` would not have it
    if stat.S_ISREG(status.st_mode):
        return File(OnDisk(place, status.st_size), mode, owner, status.st_mtime)
    return None
