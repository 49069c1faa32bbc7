"""The variables of a stage while it is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

RememberedEnvironment = Callable[[], tuple[tuple[str, str], ...]]
"""The variables of a moment, worked out when somebody asks."""


class _Assignment(NamedTuple):
    """One assignment, and the ones before it: a history that costs nothing to keep.

    `value` is None where the variable went away.
    """

    name: str
    value: str | None
    before: _Assignment | None


class Environment(dict[str, str]):
    """The variables in the order in which each was set last, and every state they were in.

    A `RUN` remembers `history`, from which its variables are known when somebody asks.
    """

    __slots__ = ("history",)

    def __init__(self, parent: Environment | None = None) -> None:
        super().__init__(parent or ())
        self.history: _Assignment | None = parent.history if parent is not None else None

    def assign(self, name: str, value: str) -> None:
        """Sets a variable; one that is set again moves to the end."""
        self.pop(name, None)
        self[name] = value
        self.history = _Assignment(name, value, self.history)

    def withdraw(self, name: str) -> None:
        """Takes a variable away."""
        if self.pop(name, None) is not None:
            self.history = _Assignment(name, None, self.history)

    def assign_all(self, entries: Iterable[str]) -> None:
        """Sets variables written `name=value`, as image configs have them."""
        for entry in entries:
            name, _, value = entry.partition("=")
            self.assign(name, value)


def replay(history: _Assignment | None) -> tuple[tuple[str, str], ...]:
    """The variables and their values at a point of a history, in the order of last assignment."""
    last: dict[str, str | None] = {}
    while history is not None:
        last.setdefault(history.name, history.value)
        history = history.before
    return tuple([(name, value) for name, value in reversed(last.items()) if value is not None])
