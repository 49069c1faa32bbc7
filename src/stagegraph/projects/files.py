"""Reading files: inside the root only, and only so much."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from stagegraph.projects.limits import MAX_FILE_BYTES, MAX_FILES
from stagegraph.projects.unknowable import Unknowable

T = TypeVar("T")


class Files:
    """The files under one root. Nothing outside it is opened, through no link either."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.abspath(root))  # noqa: PTH100 -- resolve() would follow links, and rename what users wrote
        self._real_root = os.path.realpath(root)
        self._texts: dict[Path, str] = {}
        self._parsed: dict[tuple[object, Path], object] = {}

    def read(self, path: Path) -> str:
        """The text of a file, without a byte order mark.

        Raises:
            Unknowable: it is outside the root, missing, no file, too large, or no UTF-8; or too
                many files were read before it.
        """
        if path not in self._texts:
            if len(self._texts) >= MAX_FILES:
                raise Unknowable(f"there are more than {MAX_FILES} files, a limit of stagegraph")
            self._texts[path] = self._read(path)
        return self._texts[path]

    def parsed(self, path: Path, parse: Callable[[str, Path], T]) -> T:
        """What `parse` makes of a file, worked out once.

        Raises:
            Unknowable: it cannot be read, or what `parse` raises.
        """
        key = (parse, path)
        if key not in self._parsed:
            try:
                self._parsed[key] = parse(self.read(path), path)
            except Unknowable as unknowable:
                self._parsed[key] = unknowable
        found = self._parsed[key]
        if isinstance(found, Unknowable):
            raise Unknowable(found.reason, found.place)
        return cast("T", found)

    def is_file(self, path: Path) -> bool:
        """Whether there is such a file inside the root."""
        return self._is_inside(path) and path.is_file()

    def show(self, path: Path) -> str:
        """The path as people know it: relative to the root if it is inside."""
        return os.path.relpath(path, self.root) if path.is_relative_to(self.root) else str(path)

    def _read(self, path: Path) -> str:
        if not self._is_inside(path):
            raise Unknowable(f"{path} is outside {self.root} and is not read")
        if not path.is_file():
            raise Unknowable(f"there is no file {self.show(path)}")
        try:
            with path.open("rb") as file:
                content = file.read(MAX_FILE_BYTES + 1)
        except OSError as error:
            raise Unknowable(f"{self.show(path)} cannot be read: {error.strerror}") from None
        if len(content) > MAX_FILE_BYTES:
            raise Unknowable(f"{self.show(path)} is larger than {MAX_FILE_BYTES} bytes, a limit of stagegraph")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise Unknowable(f"{self.show(path)} is not UTF-8") from None

    def _is_inside(self, path: Path) -> bool:
        real = os.path.realpath(path)
        return real == self._real_root or real.startswith(self._real_root.rstrip(os.sep) + os.sep)


def absolute(directory: Path, path: str) -> Path:
    """`path`, seen from `directory`, without `.` and `..`; no link is followed."""
    return Path(os.path.normpath(directory / path))
