"""`/etc/hostname` while a `RUN` of BuildKit's runs: Buildah mounts a file there, BuildKit none.

The file that is mounted is ours, and what a command makes of it goes into the image.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

from stagegraph.backends.buildah.roots import Root
from stagegraph.backends.containers.archives import archive_of
from stagegraph.backends.files.nodes import Entry, File, Node, OnDisk, Owner

_PATH = "/etc/hostname"


class HostName:
    """The file of one container, from before its command runs until it is saved."""

    def __init__(self, root: Root, folder: Path) -> None:
        self._place = Path(mkdtemp(dir=folder)) / "hostname"
        self._before = _file_of(root)
        self._place.touch()
        if self._before is not None:
            with self._before.content.open() as content, self._place.open("wb") as copy:
                shutil.copyfileobj(content, copy)
            self._place.chmod(self._before.mode)

    @property
    def volumes(self) -> Mapping[str, str]:
        """What is mounted, by path in the container. A link in the image is left as it is."""
        return {_PATH: str(self._place)}

    def save(self, extract: Callable[[BinaryIO], None]) -> None:
        """Puts the file into the image, where the command has changed it."""
        size = self._place.stat().st_size
        after = OnDisk(self._place, size)
        unchanged = not size if self._before is None else after.digest == self._before.content.digest
        if not unchanged:
            before = self._before or File(after)
            entry = Entry(File(after, before.mode, before.owner))
            with archive_of({_PATH: entry}, Owner.numbers) as archive:
                extract(archive)


def _file_of(root: Root) -> File | None:
    nodes: dict[str, Node] = dict(root.fetch(_PATH))
    node = nodes.get(_PATH)
    return node if isinstance(node, File) else None
