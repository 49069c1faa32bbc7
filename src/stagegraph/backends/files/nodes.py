"""What stands at a path: a file, a folder, a symbolic link, or something of which nothing is known."""

from __future__ import annotations

import hashlib
from functools import cached_property
from pathlib import Path
from typing import Protocol

import attrs

from stagegraph.errors import InputError

_CHUNK = 1 << 20


class Content(Protocol):
    """The bytes of a file, which are read when somebody asks."""

    @property
    def size(self) -> int:
        """How many there are."""
        ...

    @property
    def digest(self) -> str:
        """Their SHA-256, in hexadecimal digits."""
        ...

    def read(self) -> bytes:
        """All of them.

        Raises:
            InputError: they cannot be read.
        """
        ...


@attrs.frozen
class Bytes:
    """Bytes that are at hand."""

    data: bytes = attrs.field(repr=False)

    @property
    def size(self) -> int:
        """How many there are."""
        return len(self.data)

    @property
    def digest(self) -> str:
        """Their SHA-256."""
        return hashlib.sha256(self.data).hexdigest()

    def read(self) -> bytes:
        """All of them."""
        return self.data


@attrs.frozen(slots=False)
class OnDisk:
    """The bytes of a file of the build context."""

    path: Path
    size: int

    @cached_property
    def digest(self) -> str:
        """Their SHA-256; a file of any size is read piece by piece."""
        digest = hashlib.sha256()
        try:
            with self.path.open("rb") as stream:
                while chunk := stream.read(_CHUNK):
                    digest.update(chunk)
        except OSError as fault:
            raise self._unreadable(fault) from None
        return digest.hexdigest()

    def read(self) -> bytes:
        """All of them."""
        try:
            return self.path.read_bytes()
        except OSError as fault:
            raise self._unreadable(fault) from None

    def _unreadable(self, fault: OSError) -> InputError:
        return InputError(f"{self.path}: {(fault.strerror or str(fault)).lower()}")


@attrs.frozen
class Owner:
    """User and group: numbers, or names that only the files of a stage explain.

    The group is None where it is that of the user, whatever that is.
    """

    user: int | str = 0
    group: int | str | None = 0

    @classmethod
    def read(cls, text: str) -> Owner:
        """The owner that `--chown=text` or `USER text` means; a number alone is the group too."""
        user, colon, group = text.partition(":")
        account = _account(user)
        if colon:
            return cls(account, _account(group))
        return cls(account, account if isinstance(account, int) else None)

    @property
    def text(self) -> str:
        """`user:group`, or `user` alone."""
        return f"{self.user}" if self.group is None else f"{self.user}:{self.group}"


def _account(name: str) -> int | str:
    if name == "root":
        return 0
    return int(name) if name.isascii() and name.isdigit() else name


ROOT = Owner()


@attrs.frozen
class File:
    """A file; `mode` is its permission bits."""

    content: Content
    mode: int = 0o644
    owner: Owner = ROOT


@attrs.frozen
class Folder:
    """A folder."""

    mode: int = 0o755
    owner: Owner = ROOT


@attrs.frozen
class Link:
    """A symbolic link to `target`, as it is written."""

    target: str
    owner: Owner = ROOT


@attrs.frozen
class Unknown:
    """Something that a `RUN` or an image outside made."""


Node = File | Folder | Link | Unknown


@attrs.frozen
class Entry:
    """What stands at a path. `steps` made it and brought it there, in order.

    It is certain unless one of `uncertain` (steps that run, images) made it another.
    """

    node: Node
    steps: tuple[int, ...] = ()
    uncertain: tuple[int, ...] = ()
