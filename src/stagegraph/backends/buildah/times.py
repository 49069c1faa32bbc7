"""Times by which Buildah tells a file that is changed from one that is not.

Without overlay file systems (`STORAGE_DRIVER=vfs`) it compares sizes and times, in whole seconds
(`containers/storage`, `pkg/archive/changes.go`): a file that takes the place of one that has both in
common would not be in the image. Such a file is dated a second later.
"""

from __future__ import annotations

import tarfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, BinaryIO, cast

from stagegraph.backends.buildah.roots import Root
from stagegraph.backends.files.nodes import File
from stagegraph.values.paths import clean


@contextmanager
def told_apart(archive: BinaryIO, root: Root) -> Iterator[BinaryIO]:
    """The archive, or another one in which no file could be taken for the one in its place."""
    with tarfile.open(fileobj=archive) as content:
        alike = {member.name for member in content if _is_alike(member, root)}
    archive.seek(0)
    if not alike:
        yield archive
        return
    with TemporaryFile() as changed:
        _copy_dated(archive, changed, alike)
        yield cast("BinaryIO", changed)


def _copy_dated(archive: BinaryIO, changed: IO[bytes], alike: Collection[str]) -> None:
    with (
        tarfile.open(fileobj=archive) as content,
        tarfile.open(fileobj=changed, mode="w", format=tarfile.PAX_FORMAT) as copy,
    ):
        for member in content:
            if member.name in alike:
                member.mtime += 1
                member.pax_headers = {name: text for name, text in member.pax_headers.items() if name != "mtime"}
            copy.addfile(member, content.extractfile(member) if member.isfile() else None)
    changed.seek(0)


def _is_alike(member: tarfile.TarInfo, root: Root) -> bool:
    if not member.isfile():
        return False
    node = root.look(clean(f"/{member.name}"))
    if not isinstance(node, File) or node.modified is None:
        return False
    return node.content.size == member.size and int(node.modified) == int(member.mtime)
