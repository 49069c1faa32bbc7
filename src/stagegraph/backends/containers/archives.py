"""Trees as archives: what is sent to an engine, and what comes from it."""

from __future__ import annotations

import hashlib
import io
import tarfile
import time
import weakref
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from tempfile import SpooledTemporaryFile, TemporaryFile
from threading import Lock
from typing import BinaryIO, cast

import attrs

from stagegraph.backends.files.nodes import Entry, File, Folder, Link, Node, Owner, Unknown
from stagegraph.values.paths import clean

Numbers = Callable[[Owner], tuple[int, int]]
"""User and group of an owner as numbers."""

_IN_MEMORY = 16 << 20


def archive_of(changes: Mapping[str, Entry], numbers: Numbers) -> BinaryIO:
    """An archive of entries by absolute path, in their order; a folder stands before what it holds.

    Raises:
        InputError: a file of the context cannot be read.
    """
    stream = cast("BinaryIO", SpooledTemporaryFile(_IN_MEMORY))  # noqa: SIM115 - the caller closes it
    try:
        with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as archive:
            for path, entry in changes.items():
                if not isinstance(entry.node, Unknown):
                    _add(archive, path, entry.node, numbers)
    except BaseException:
        stream.close()
        raise
    stream.seek(0)
    return stream


def _add(archive: tarfile.TarFile, path: str, node: File | Folder | Link, numbers: Numbers) -> None:
    member = tarfile.TarInfo(path.lstrip("/"))
    member.uid, member.gid = numbers(node.owner)
    member.mtime = time.time() if isinstance(node, Link) or node.modified is None else node.modified
    if isinstance(node, Folder):
        member.type, member.mode = tarfile.DIRTYPE, node.mode
        archive.addfile(member)
    elif isinstance(node, Link):
        member.type, member.mode, member.linkname = tarfile.SYMTYPE, 0o777, node.target
        archive.addfile(member)
    else:
        member.mode, member.size = node.mode, node.content.size
        with node.content.open() as stream:
            archive.addfile(member, stream)


class KeptArchive:
    """An archive in a file without a name, which is closed when nothing reads it any more.

    Several threads may read it.
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.file = TemporaryFile()  # noqa: SIM115 - it lives as long as what reads it
        weakref.finalize(self, self.file.close)
        self._lock = Lock()
        for chunk in chunks:
            self.file.write(chunk)
        self.file.seek(0)

    def read(self, offset: int, size: int) -> bytes:
        """Bytes from a place on."""
        with self._lock:
            self.file.seek(offset)
            return self.file.read(size)


@attrs.frozen(slots=False)
class Member:
    """The bytes of a file in an archive that is kept."""

    archive: KeptArchive = attrs.field(repr=False, eq=False)
    offset: int
    size: int

    @cached_property
    def digest(self) -> str:
        """Their SHA-256."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def open(self) -> io.BufferedIOBase:
        """A stream of them."""
        return io.BufferedReader(_Window(self))


class _Window(io.RawIOBase):
    """A stream of a part of an archive."""

    def __init__(self, member: Member) -> None:
        self._member = member
        self._position = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self._member.size}[whence]
        self._position = start + offset
        return self._position

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # a buffer is all that is given
        wanted = min(len(buffer), max(self._member.size - self._position, 0))
        data = self._member.archive.read(self._member.offset + self._position, wanted)
        buffer[: len(data)] = data
        self._position += len(data)
        return len(data)


def nodes_in(chunks: Iterable[bytes]) -> Iterator[tuple[str, Node]]:
    """What an archive from an engine holds, by the paths in it, made absolute.

    The archive is kept in a file without a name while any of its nodes is.
    """
    kept = KeptArchive(chunks)
    files: dict[str, File] = {}
    with tarfile.open(fileobj=kept.file) as archive:
        for member in archive.getmembers():
            path = clean(f"/{member.name}")
            node = _node(member, kept, files)
            if isinstance(node, File):
                files[path] = node
            if node is not None:
                yield path, node


def _node(member: tarfile.TarInfo, kept: KeptArchive, files: Mapping[str, File]) -> Node | None:
    owner = Owner(member.uid, member.gid)
    if member.isdir():
        return Folder(member.mode, owner, member.mtime)
    if member.issym():
        return Link(member.linkname, owner)
    if member.islnk():
        return files.get(clean(f"/{member.linkname}"))
    if member.isfile():
        return File(Member(kept, member.offset_data, member.size), member.mode, owner, member.mtime)
    return None
