"""The root of a working container of somebody who is not root: seen from inside Buildah's user namespace.

There Python is started anew, with this module: `python -P -m stagegraph.backends.buildah.unshared
list`, `pack FILE PATH` or `remove PATH…`; the environment says where the container is mounted.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

import attrs

from stagegraph.backends.buildah.roots import MountedRoot
from stagegraph.backends.containers.archives import archive_of, nodes_in
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link, Node, Owner

if TYPE_CHECKING:
    from stagegraph.backends.buildah.commands import Buildah

_MOUNTED = "STAGEGRAPH_ROOT"
_CHUNK = 1 << 20


@attrs.frozen
class _Elsewhere(Bytes):
    """Bytes of which only the number is known."""

    data: bytes = attrs.field(default=b"", init=False)
    count: int = 0

    @property
    def size(self) -> int:
        """How many there are."""
        return self.count


class UnsharedRoot:
    """The files of a container, as a process inside tells of them; what it told is remembered."""

    lends = False

    def __init__(self, buildah: Buildah, container: str) -> None:
        self._buildah = buildah
        self._container = container
        self._nodes: dict[str, Node] | None = None

    def look(self, path: str) -> Node | None:
        """See `Root.look`."""
        if path == "/":
            return Folder()
        if self._nodes is None:
            written = self._inside("list").splitlines()
            self._nodes = dict(_read(json.loads(line)) for line in written)
        return self._nodes.get(path)

    def fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        """See `Root.fetch`."""
        with NamedTemporaryFile(dir=self._buildah.folder) as kept:
            self._inside("pack", kept.name, path)
            yield from nodes_in(iter(lambda: kept.read(_CHUNK), b""))

    def remove_empty(self, paths: Iterable[str]) -> None:
        """See `Root.remove_empty`."""
        self._inside("remove", *paths)
        self._nodes = None

    def _inside(self, *words: str) -> str:
        mounted = f"--mount={_MOUNTED}={self._container}"
        return self._buildah.call("unshare", mounted, sys.executable, "-P", "-m", __name__, *words)


def _list(root: MountedRoot) -> None:
    for path, node in root.fetch("/"):
        if path != "/":
            sys.stdout.write(json.dumps(_written(path, node)) + "\n")


def _pack(root: MountedRoot, file: str, path: str) -> None:
    changes = {one: Entry(node) for one, node in root.fetch(path)}
    with archive_of(changes, Owner.numbers) as archive, Path(file).open("wb") as kept:
        while chunk := archive.read(_CHUNK):
            kept.write(chunk)


def _remove(root: MountedRoot, *paths: str) -> None:
    root.remove_empty(paths)


def _written(path: str, node: Node) -> Mapping[str, object]:
    described: dict[str, object] = {"path": path, "kind": type(node).__name__}
    if isinstance(node, File | Folder):
        described |= {"mode": node.mode, "modified": node.modified}
    if isinstance(node, File):
        described["size"] = node.content.size
    if isinstance(node, Link):
        described["target"] = node.target
    return described


def _read(described: Mapping[str, object]) -> tuple[str, Node]:
    path = str(described["path"])
    if described["kind"] == Link.__name__:
        return path, Link(str(described["target"]))
    mode, modified = described["mode"], described["modified"]
    assert isinstance(mode, int)
    assert isinstance(modified, float)
    if described["kind"] == Folder.__name__:
        return path, Folder(mode, modified=modified)
    size = described["size"]
    assert isinstance(size, int)
    return path, File(_Elsewhere(size), mode, modified=modified)


_COMMANDS: Mapping[str, Callable[..., None]] = {"list": _list, "pack": _pack, "remove": _remove}


def main(arguments: Sequence[str]) -> None:
    """Carries out one command on the container that is mounted."""
    command, *rest = arguments
    _COMMANDS[command](MountedRoot(Path(os.environ[_MOUNTED])), *rest)


if __name__ == "__main__":
    main(sys.argv[1:])
