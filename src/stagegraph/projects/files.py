"""The files of a project: found by name, and read as text within limits."""

from __future__ import annotations

import os
import posixpath
import stat
from pathlib import Path

import attrs

from stagegraph.errors import Complaint, LimitComplaint, system_reason
from stagegraph.projects.limits import MAX_FILE_BYTES, MAX_FILES
from stagegraph.source import BYTE_ORDER_MARK


def is_file(root: Path, path: str) -> bool:
    """Whether there is a regular file at `path`, as seen from `root`."""
    try:
        return (root / path).is_file()
    except (OSError, ValueError):
        return False


@attrs.define
class Files:
    """The files below and beside `root`; paths are as seen from there. Each is read once."""

    root: Path
    _texts: dict[str, str] = attrs.field(factory=dict)

    def is_file(self, path: str) -> bool:
        """Whether there is a regular file at `path`."""
        return is_file(self.root, path)

    def read(self, path: str) -> str:
        """The text of a file.

        Raises:
            Complaint: it is not there, is no regular file, is too large, or is no UTF-8.
        """
        path = posixpath.normpath(path)
        if path not in self._texts:
            if len(self._texts) >= MAX_FILES:
                raise LimitComplaint(
                    f"the project has more than {MAX_FILES} compose and bake files, a limit of stagegraph"
                )
            self._texts[path] = self._read(path)
        return self._texts[path]

    def _read(self, path: str) -> str:
        try:
            with open(self.root / path, "rb", opener=_open_without_waiting) as file:
                if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                    raise Complaint(f"{path} is no file")
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as fault:
            raise Complaint(f"{path} cannot be read: {system_reason(fault)}") from None
        except ValueError as fault:  # a NUL, which no path can have
            raise Complaint(f"{path!r} cannot be read: {fault}") from None
        if len(content) > MAX_FILE_BYTES:
            raise LimitComplaint(f"{path} is larger than {MAX_FILE_BYTES} bytes, a limit of stagegraph")
        try:
            return content.decode().removeprefix(BYTE_ORDER_MARK)
        except UnicodeDecodeError as fault:
            raise Complaint(f"{path} is no UTF-8 text: byte {fault.start} is {content[fault.start]:#04x}") from None


def _open_without_waiting(path: str, flags: int) -> int:
    """Opens a file; a pipe that nobody writes is opened too, and refused by its kind afterwards."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
