"""A build context on disk: what a builder sees of it, and nothing outside of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import attrs

from stagegraph.dockerignore import DockerIgnore
from stagegraph.errors import Complaint, InputError, system_reason

IGNORE_FILE = ".dockerignore"


@attrs.frozen
class ContextEntry:
    """A file, a folder or a symbolic link of the context.

    `path` is relative to the context, with `/`; `target` is where a symbolic link leads, which is
    never followed. `size` counts bytes, `mode` is the permission bits, `modified` the time of the
    last change in seconds.
    """

    path: str
    location: Path
    kind: int
    mode: int
    size: int
    target: str = ""
    modified: float = 0.0

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder."""
        return self.kind == stat.S_IFDIR

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link."""
        return self.kind == stat.S_IFLNK


@attrs.frozen
class ContextDirectory:
    """The directory `root` without what `ignored` leaves out; `ignore_size` is the size of that file."""

    root: Path
    ignored: DockerIgnore = attrs.field(factory=DockerIgnore)
    ignore_size: int = 0

    @classmethod
    def open(cls, root: str | os.PathLike[str], dockerfile: Path | None = None) -> ContextDirectory:
        """The context at `root`, with its ignore file.

        With `dockerfile`, the ignore file of that Dockerfile comes first (`x.Dockerfile.dockerignore`),
        as with BuildKit.

        Raises:
            InputError: it is no directory, or its ignore file cannot be read or is malformed.
        """
        path = Path(root)
        if not path.is_dir():
            reason = "not a directory" if path.exists() else "no such file or directory"
            raise InputError(f"the build context {path}: {reason}")
        own = [Path(f"{dockerfile}{IGNORE_FILE}")] if dockerfile is not None else []
        for candidate in (*own, path / IGNORE_FILE):
            if candidate.is_file():
                content = _read(candidate)
                return cls(path, _ignore_file(candidate, content), len(content))
        return cls(path)

    def entries(self) -> Iterator[ContextEntry]:
        """What a builder sees, folders before what they hold, names in order.

        What is no file, folder or symbolic link (a socket, a device) is not there.

        Raises:
            InputError: a directory cannot be read.
        """
        return self._below("")

    def _below(self, folder: str) -> Iterator[ContextEntry]:
        for name in self._names(folder):
            path = f"{folder}{name}"
            excluded = self.ignored.excludes(path)
            if excluded and not self.ignored.has_exceptions:
                continue
            entry = self._entry(path)
            if entry is None:
                continue
            if not entry.is_folder:
                if not excluded:
                    yield entry
                continue
            yield from _with_parent(entry, self._below(f"{path}/"), wanted=not excluded)

    def _names(self, folder: str) -> list[str]:
        try:
            return sorted(os.listdir(self.root / folder))  # noqa: PTH208 - names are all that is wanted
        except OSError as fault:
            raise _unreadable(self.root / folder, fault) from None

    def _entry(self, path: str) -> ContextEntry | None:
        location = self.root / path
        try:
            status = location.lstat()
            kind = stat.S_IFMT(status.st_mode)
            if kind not in (stat.S_IFREG, stat.S_IFDIR, stat.S_IFLNK):
                return None
            target = str(location.readlink()) if kind == stat.S_IFLNK else ""
        except OSError as fault:
            raise _unreadable(location, fault) from None
        mode = stat.S_IMODE(status.st_mode)
        return ContextEntry(path, location, kind, mode, status.st_size, target, status.st_mtime)


def _with_parent(folder: ContextEntry, content: Iterator[ContextEntry], *, wanted: bool) -> Iterator[ContextEntry]:
    """A folder and its content; one that is excluded is there only if something in it is."""
    if wanted:
        yield folder
    for entry in content:
        if not wanted:
            wanted = True
            yield folder
        yield entry


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as fault:
        raise _unreadable(path, fault) from None


def _ignore_file(path: Path, content: bytes) -> DockerIgnore:
    try:
        return DockerIgnore.read(content.decode("utf-8", "surrogateescape"))
    except Complaint as complaint:
        raise InputError(f"error from {path.name}: {complaint.message}") from None


def _unreadable(path: Path, fault: OSError) -> InputError:
    return InputError(f"{path}: {system_reason(fault)}")
