"""The variables of a stage while it is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import attrs

from stagegraph.quickly import maker_of

RememberedEnvironment = Callable[[], tuple[tuple[str, str], ...]]
"""The variables of a moment, worked out when somebody asks."""


@attrs.frozen(weakref_slot=False)
class History:
    """One assignment, and the ones before it: all variables of a moment, at no cost.

    `value` is None where the variable went away, and in the beginning, where there is none.
    """

    name: str
    value: str | None
    before: History | None

    def __call__(self) -> tuple[tuple[str, str], ...]:
        """The variables and their values at this point, in the order of last assignment."""
        last: dict[str, str | None] = {}
        moment: History | None = self
        while moment is not None:
            last.setdefault(moment.name, moment.value)
            moment = moment.before
        return tuple([(name, value) for name, value in reversed(last.items()) if value is not None])


_moment = maker_of(History)
_BEGINNING = History("", None, None)


class Environment(dict[str, str]):
    """The variables in the order in which each was set last, and every state they were in.

    A `RUN` remembers `history`, from which its variables are known when somebody asks.
    """

    __slots__ = ("history",)

    def __init__(self, parent: Environment | None = None) -> None:
        if parent is None:
            self.history = _BEGINNING
        else:
            super().__init__(parent)
            self.history = parent.history

    def assign(self, name: str, value: str) -> None:
        """Sets a variable; one that is set again moves to the end."""
        history = self.history
        if name == history.name and value == history.value:
            return  # as a stage finds it that stands upon another one: it is the last already
        self.pop(name, None)
        self[name] = value
        self.history = _moment(name, value, history)

    def withdraw(self, name: str) -> None:
        """Takes a variable away."""
        if self.pop(name, None) is not None:
            self.history = _moment(name, None, self.history)

    def assign_all(self, entries: Iterable[str]) -> None:
        """Sets variables written `name=value`, as image configs have them."""
        for entry in entries:
            name, _, value = entry.partition("=")
            self.assign(name, value)
