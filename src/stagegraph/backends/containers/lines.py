"""Chunks of output as lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 1 << 16


def chunks_of(stream: BinaryIO) -> Iterator[bytes]:
    """What a process writes, as it comes."""
    read = getattr(stream, "read1", stream.read)
    while chunk := read(_CHUNK):
        yield chunk


class LineSplitter:
    """Cuts a stream of bytes into lines without their endings; bytes that are no UTF-8 become U+FFFD."""

    def __init__(self) -> None:
        self._rest = b""

    def feed(self, chunk: bytes) -> Iterator[str]:
        """The lines that a chunk completes."""
        *lines, self._rest = (self._rest + chunk).split(b"\n")
        yield from map(_decoded, lines)

    def rest(self) -> Iterator[str]:
        """What stands behind the last line ending."""
        if self._rest:
            yield _decoded(self._rest)
            self._rest = b""


def _decoded(line: bytes) -> str:
    return line.removesuffix(b"\r").decode("utf-8", "replace")
