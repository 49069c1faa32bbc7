"""The archive that the legacy builder is sent: the build context, and a Dockerfile that it does not see."""

from __future__ import annotations

import io
import tarfile
from tempfile import TemporaryFile
from typing import IO
from uuid import uuid4

import attrs

from stagegraph.backends.files.nodes import OnDisk
from stagegraph.context.directory import IGNORE_FILE, ContextDirectory, ContextEntry


@attrs.frozen
class Upload:
    """An archive, and the name of the Dockerfile in it."""

    archive: IO[bytes]
    dockerfile: str


def upload_of(context: ContextDirectory | None, dockerfile: bytes) -> Upload:
    """The archive of a context with a Dockerfile of its own.

    The Dockerfile has a name that nothing else has, and the ignore file that is sent leaves it out;
    so does the ignore file itself, where the context has none or leaves its own out.

    Raises:
        InputError: a file of the context cannot be read.
    """
    name = f".stagegraph-{uuid4().hex}"
    kept = TemporaryFile()  # noqa: SIM115 - it is closed with what it is sent by
    with tarfile.open(fileobj=kept, mode="w", format=tarfile.PAX_FORMAT) as archive:
        ignored = b""
        for entry in context.entries() if context is not None else ():
            if entry.path == IGNORE_FILE:
                ignored = _content(entry)
            else:
                _add(archive, entry)
        hidden = b"" if ignored else f"{IGNORE_FILE}\n".encode()
        _add_bytes(archive, IGNORE_FILE, ignored + b"\n" + hidden + f"{name}\n".encode())
        _add_bytes(archive, name, dockerfile)
    kept.seek(0)
    return Upload(kept, name)


def shows_ignore_file(context: ContextDirectory | None) -> bool:
    """Whether a `COPY` of the whole context would copy the ignore file too."""
    if context is None or not (context.root / IGNORE_FILE).is_file():
        return False
    return not context.ignored.excludes(IGNORE_FILE)


def _add(archive: tarfile.TarFile, entry: ContextEntry) -> None:
    member = tarfile.TarInfo(entry.path)
    member.mode, member.mtime = entry.mode, entry.modified
    if entry.is_folder:
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    elif entry.is_link:
        member.type, member.linkname = tarfile.SYMTYPE, entry.target
        archive.addfile(member)
    else:
        member.size = entry.size
        with OnDisk(entry.location, entry.size).open() as stream:
            archive.addfile(member, stream)


def _content(entry: ContextEntry) -> bytes:
    with OnDisk(entry.location, entry.size).open() as stream:
        return stream.read()


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
