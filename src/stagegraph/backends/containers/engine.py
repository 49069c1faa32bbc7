"""What an engine has to offer: containers on images, their files, and images made of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from stagegraph.backends.files.tree import Tree
from stagegraph.backends.progress import Cancellation
from stagegraph.planning.operations import ImageOperation, RunOperation

Tell = Callable[[str, str], None]
"""Takes a line of output, and the stream it comes from."""


class EngineError(Exception):
    """The engine refuses something; the message is its own."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Container(Protocol):
    """A container while a step works at it."""

    @property
    def files(self) -> Tree:
        """Its files, which are looked at one by one."""
        ...

    def extract(self, archive: BinaryIO) -> None:
        """Puts what an archive holds into the container, at its root.

        Raises:
            EngineError: there is no room, or the engine refuses.
        """
        ...

    def run(self, tell: Tell, cancellation: Cancellation) -> int:
        """Runs the command that the container was made for, and gives its exit code.

        Raises:
            EngineError: it cannot be begun.
            CancelledError: the build was cancelled.
        """
        ...

    def commit(self) -> str:
        """The id of the image that the container has become."""
        ...


class Engine(Protocol):
    """Makes containers and images, and clears away what nobody wants."""

    def image(self, operation: ImageOperation) -> str:
        """The id of an external image, without volumes; it is fetched where the engine has none.

        Raises:
            EngineError: there is no such image.
        """
        ...

    def container(self, image: str | None, run: RunOperation | None = None) -> AbstractContextManager[Container]:
        """A container on an image, or on nothing, perhaps for a command; it is gone when the block ends.

        Raises:
            EngineError: the engine refuses.
        """
        ...

    def finish(self, image: str | None, config: Mapping[str, object], tags: Sequence[str]) -> str:
        """The id of the image that is made of `image` and `config`, with its tags."""
        ...
