"""Whose turn it is among the futures that are waited for.

`concurrent.futures.wait` would do, but for a future that somebody else cancels: of that it is never told.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from queue import Empty, SimpleQueue
from typing import Generic, Protocol

from stagegraph.scanning.pools import Answer, Item

Handed = tuple[Future[Sequence[Answer]], Sequence[Item]]
"""A future, and the chunk that it is for."""


class Turns(Protocol[Item, Answer]):
    """The chunks that are handed out."""

    def __len__(self) -> int:
        """How many they are."""

    def add(self, future: Future[Sequence[Answer]], chunk: Sequence[Item]) -> None:
        """Takes in one more."""

    def next(self, *, wait: bool) -> Handed[Answer, Item] | None:
        """Takes out the one whose turn it is, None if there is none; with `wait` it may not be done yet."""

    def cancel(self) -> None:
        """Cancels what has not begun."""


class InOrder(Generic[Item, Answer]):
    """First in, first out."""

    def __init__(self) -> None:
        self._row: deque[Handed[Answer, Item]] = deque()

    def __len__(self) -> int:
        return len(self._row)

    def add(self, future: Future[Sequence[Answer]], chunk: Sequence[Item]) -> None:
        """Takes in one more."""
        self._row.append((future, chunk))

    def next(self, *, wait: bool) -> Handed[Answer, Item] | None:
        """Takes out the first, which may not be done yet where one may `wait`."""
        if not self._row or not (wait or self._row[0][0].done()):
            return None
        return self._row.popleft()

    def cancel(self) -> None:
        """Cancels what has not begun."""
        for future, _ in self._row:
            future.cancel()


class AsDone(Generic[Item, Answer]):
    """Whichever is done first."""

    def __init__(self) -> None:
        self._chunks: dict[Future[Sequence[Answer]], Sequence[Item]] = {}
        self._done: SimpleQueue[Future[Sequence[Answer]]] = SimpleQueue()

    def __len__(self) -> int:
        return len(self._chunks)

    def add(self, future: Future[Sequence[Answer]], chunk: Sequence[Item]) -> None:
        """Takes in one more."""
        self._chunks[future] = chunk
        future.add_done_callback(self._done.put)

    def next(self, *, wait: bool) -> Handed[Answer, Item] | None:
        """Takes out one that is done; where one may `wait`, for the next to be."""
        if not self._chunks:
            return None
        try:
            future = self._done.get(block=wait)
        except Empty:
            return None
        return future, self._chunks.pop(future)

    def cancel(self) -> None:
        """Cancels what has not begun."""
        for future in list(self._chunks):
            future.cancel()
