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

    A `RUN` remembers `history`, from which its variables are known when somebody asks. What
    changes one gives the one that is changed: itself, or a copy once it is shared.
    """

    __slots__ = ("_is_shared", "history")

    def __init__(self, other: Environment | None = None) -> None:
        self._is_shared = False
        if other is None:
            self.history = _BEGINNING
        else:
            super().__init__(other)
            self.history = other.history

    def shared(self) -> Environment:
        """Itself, for one more stage to begin with; from now on nobody changes it."""
        self._is_shared = True
        return self

    def assign(self, name: str, value: str) -> Environment:
        """Sets a variable; one that is set again moves to the end."""
        history = self.history
        if name == history.name and value == history.value:
            return self  # as a stage finds it that stands upon another one: it is the last already
        changed = Environment(self) if self._is_shared else self
        changed.pop(name, None)
        changed[name] = value
        changed.history = _moment(name, value, history)
        return changed

    def withdraw(self, name: str) -> Environment:
        """Takes a variable away."""
        if name not in self:
            return self
        changed = Environment(self) if self._is_shared else self
        del changed[name]
        changed.history = _moment(name, None, self.history)
        return changed

    def assign_all(self, entries: Iterable[str]) -> Environment:
        """Sets variables written `name=value`, as image configs have them."""
        changed = self
        for entry in entries:
            name, _, value = entry.partition("=")
            changed = changed.assign(name, value)
        return changed
