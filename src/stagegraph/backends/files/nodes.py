"""What stands at a path: a file, a folder, a symbolic link, or something of which nothing is known."""

from __future__ import annotations

import hashlib
import io
import os
from functools import cached_property
from pathlib import Path
from typing import Protocol

import attrs

from stagegraph.errors import InputError, system_reason


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

    def open(self) -> io.BufferedIOBase:
        """A stream of them, which the caller closes.

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

    def open(self) -> io.BufferedIOBase:
        """A stream of them."""
        return io.BytesIO(self.data)


@attrs.frozen(slots=False)
class OnDisk:
    """The bytes of a file on this machine; a symbolic link that has taken its place is not followed."""

    path: Path
    size: int

    @cached_property
    def digest(self) -> str:
        """Their SHA-256; a file of any size is read piece by piece."""
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()

    def open(self) -> io.BufferedIOBase:
        """A stream of them."""
        try:
            return os.fdopen(os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")
        except OSError as fault:
            raise InputError(f"{self.path}: {system_reason(fault)}") from None


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

    def numbers(self) -> tuple[int, int]:
        """User and group of an owner that is two numbers, as what is on disk has it."""
        assert isinstance(self.user, int)
        assert isinstance(self.group, int)
        return self.user, self.group

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
    """A file; `mode` is its permission bits, `modified` when it was changed last, None for now."""

    content: Content
    mode: int = 0o644
    owner: Owner = ROOT
    modified: float | None = attrs.field(default=None, eq=False)


@attrs.frozen
class Folder:
    """A folder."""

    mode: int = 0o755
    owner: Owner = ROOT
    modified: float | None = attrs.field(default=None, eq=False)


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
