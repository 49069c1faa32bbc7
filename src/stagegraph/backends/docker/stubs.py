"""What a Docker Engine puts below the files of every container, and what BuildKit leaves in an image instead.

A container shows files and folders that its image has not (the engine's *init layer*: `daemon/initlayer`
of Docker Engine). They become no part of an image that is made of the container, and `COPY` must not
see them. BuildKit has no such layer: the folders in which it mounts `/dev`, `/proc` and `/sys` stay
in the image of the `RUN`.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from threading import Lock

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.connection import Connection, translated
from stagegraph.backends.files.nodes import File, Folder, Link, Node

MOUNT_POINTS = ("/dev", "/proc", "/sys")
"""The folders that a `RUN` of BuildKit's leaves behind, of root and with mode 0755."""

_FOLDERS = frozenset({*MOUNT_POINTS, "/dev/pts", "/dev/shm", "/etc"})  # noqa: S108 - folders of a container
_FILES = frozenset({"/.dockerenv", "/dev/console", "/etc/hostname", "/etc/hosts", "/etc/resolv.conf"})
_LINKS = {"/etc/mtab": "/proc/mounts"}
_MODE = 0o755
_NOT_THERE = ("file does not exist", "no such file or directory", "not found")


class Stubs:
    """Knows which of these things an image has itself; may be used from several threads.

    `remember` takes the id of an image that is made on the way.
    """

    def __init__(self, connection: Connection, remember: Callable[[str], None]) -> None:
        self._connection = connection
        self._remember = remember
        self._lock = Lock()
        self._known: dict[tuple[str, str], bool] = {}

    def hide(self, image: str, path: str, node: Node) -> bool:
        """Whether what a container on `image` shows at `path` is not in the image.

        Raises:
            EngineError: the engine does not say.
        """
        return _may_be_stub(path, node) and not self._has(image, path)

    def inherit(self, image: str, base: str, paths: Iterable[str]) -> None:
        """Notes that `image`, which was made upon `base`, has `paths`, and every folder of its base."""
        with self._lock:
            folders = [path for path in _FOLDERS if self._known.get((base, path))]
            self._known |= {(image, path): True for path in (*folders, *paths)}

    def _has(self, image: str, path: str) -> bool:
        with self._lock:
            known = self._known.get((image, path))
        if known is None:
            known = self._asked(image, path)
            with self._lock:
                self._known[image, path] = known
        return known

    def _asked(self, image: str, path: str) -> bool:
        """Asks the engine's own builder, for which an image is its layers alone."""
        text = f"FROM scratch\nCOPY --from={image} {path} /x\n".encode()
        with translated():
            messages = list(self._connection.api.build(fileobj=io.BytesIO(text), decode=True, rm=True))
        error = next((str(message["error"]) for message in messages if "error" in message), None)
        if error is not None and not error.endswith(_NOT_THERE):
            raise EngineError(error)
        for message in messages:
            if isinstance(message.get("aux"), dict):
                self._remember(str(message["aux"]["ID"]))
        return error is None


def _may_be_stub(path: str, node: Node) -> bool:
    if isinstance(node, Folder):
        return path in _FOLDERS and node.mode == _MODE
    if isinstance(node, File):
        return path in _FILES and node.mode == _MODE and not node.content.size
    return isinstance(node, Link) and _LINKS.get(path) == node.target
