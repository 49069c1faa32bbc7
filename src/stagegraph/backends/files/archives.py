"""Archives that `ADD` unpacks: what is in them, as entries."""

from __future__ import annotations

import tarfile
from collections.abc import Iterator

from stagegraph.backends.files.nodes import Bytes, Content, File, Folder, Link, Node, Owner
from stagegraph.values.paths import clean

_HEADS = (b"\x1f\x8b\x08", b"BZh", b"\xfd7zXZ\x00")
_TAR_MAGIC, _TAR_MAGIC_AT, _TAR_BLOCK = b"ustar", 257, 512


def unpacked(content: Content) -> tuple[tuple[str, Node], ...] | None:
    """What an archive holds, by absolute path; None for what is no archive.

    A path never leads out of the root, whatever the archive says. What is no file, folder or link
    is left out.

    Raises:
        InputError: the content cannot be read.
    """
    with content.open() as stream:
        head = stream.read(_TAR_BLOCK)
        if not (head.startswith(_HEADS) or head[_TAR_MAGIC_AT:].startswith(_TAR_MAGIC)):
            return None
        stream.seek(0)
        try:
            with tarfile.open(fileobj=stream) as archive:
                return tuple(_nodes(archive))
        except (tarfile.TarError, EOFError, OSError, ValueError):
            return None


def _nodes(archive: tarfile.TarFile) -> Iterator[tuple[str, Node]]:
    for member in archive:
        path = clean(f"/{member.name}")
        owner = Owner(member.uid, member.gid)
        if member.isdir():
            yield path, Folder(member.mode, owner, member.mtime)
        elif member.issym():
            yield path, Link(member.linkname, owner)
        elif member.isfile() or member.islnk():
            stream = archive.extractfile(member)
            if stream is not None:
                yield path, File(Bytes(stream.read()), member.mode, owner, member.mtime)
