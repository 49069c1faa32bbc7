"""Variables of a compose file: those that are given, and those of `.env` files."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.projects.texts import Text


@attrs.frozen
class Environment:
    """The variables that a file may ask for.

    What is `given` is given for good. What an `.env` file says holds only where the environment
    of the one who builds says nothing else, so it stays open.
    """

    given: Mapping[str, str] = attrs.field(factory=dict)
    defaults: Mapping[str, str] = attrs.field(factory=dict)

    def find(self, name: str) -> Text | None:
        """The value of a variable, None where it has none."""
        if name in self.given:
            return Text.known(self.given[name])
        return Text.gap(self.defaults[name], (name,)) if name in self.defaults else None

    def value(self, name: str) -> str | None:
        """The value alone."""
        found = self.find(name)
        return found.value if found is not None else None

    def with_defaults(self, defaults: Mapping[str, str]) -> Environment:
        """With what another `.env` file says of variables that have no value yet."""
        return attrs.evolve(self, defaults={**defaults, **self.defaults})
