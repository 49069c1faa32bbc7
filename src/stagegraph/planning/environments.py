"""The variables of a stage while it is put together."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple


class _Assignment(NamedTuple):
    """One assignment, and the ones before it: a history that costs nothing to keep."""

    name: str
    value: str
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

    def assign_all(self, entries: Iterable[str]) -> None:
        """Sets variables written `name=value`, as image configs have them."""
        for entry in entries:
            name, _, value = entry.partition("=")
            self.assign(name, value)


def replay(history: _Assignment | None) -> tuple[tuple[str, str], ...]:
    """The variables and their values at a point of a history, in the order of last assignment."""
    last: dict[str, str] = {}
    while history is not None:
        last.setdefault(history.name, history.value)
        history = history.before
    return tuple(reversed(last.items()))
