"""`Draft`: what one declaration says so far, before defaults, and how two of them become one."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.projects.declared import Declarer, Place
from stagegraph.projects.texts import Text


@attrs.frozen
class Said:
    """A value that is written, and where."""

    text: Text
    place: Place


@attrs.frozen
class Fault:
    """A value that cannot be worked out, why, and where it stands."""

    reason: str
    place: Place

    def __str__(self) -> str:
        return f"{self.reason} ({self.place})"


Slot = Said | Fault

_EVERYTHING = "build"


class NotEvaluated(Exception):  # noqa: N818 - it never leaves the room
    """What is asked for cannot be worked out."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault = fault


@attrs.frozen
class Draft:
    """What is said about one build; a field that nothing is said about is None or empty.

    Paths are as seen from the directory that the file is read for. `faults` are about the whole:
    what makes every field that is not written uncertain. A value of `contexts` that is empty
    takes the context away. `removed` are the fields that an overriding file takes away first:
    `target`, `args.NAME`, and so on, `build` for all of them. Where nothing is `built`, the
    declaration is there for others to go on from.
    """

    name: str
    declarer: Declarer
    declared_at: Place
    context: Slot | None = None
    dockerfile: Slot | None = None
    inline: Slot | None = None
    target: Slot | None = None
    args: Mapping[str, Slot] = attrs.field(factory=dict)
    contexts: Mapping[str, Slot] = attrs.field(factory=dict)
    platforms: tuple[Slot, ...] | None = None
    faults: tuple[Fault, ...] = ()
    removed: frozenset[str] = frozenset()
    built: bool = True

    def overlaid_by(self, other: Draft, *, more_platforms: bool = False) -> Draft:
        """This one where `other` says nothing; arguments and contexts one by one.

        Platforms take the place of those before, or come behind them (`more_platforms`), as
        compose has it. The name is that of `other`.
        """
        if _EVERYTHING in other.removed:
            return other
        base = self.without(other.removed)
        platforms = base.platforms if other.platforms is None else other.platforms
        if more_platforms and base.platforms and other.platforms:
            platforms = tuple(dict.fromkeys((*base.platforms, *other.platforms)))
        return attrs.evolve(
            other,
            context=other.context or base.context,
            dockerfile=other.dockerfile or base.dockerfile,
            inline=other.inline or base.inline,
            target=other.target or base.target,
            args={**base.args, **other.args},
            contexts={**base.contexts, **other.contexts},
            platforms=platforms,
            faults=(*base.faults, *other.faults),
            removed=base.removed | other.removed,
            built=base.built or other.built,
        )

    def without(self, fields: frozenset[str]) -> Draft:
        """The same without what is said about some fields."""
        if not fields:
            return self
        return attrs.evolve(
            self,
            context=None if "context" in fields else self.context,
            dockerfile=None if "dockerfile" in fields else self.dockerfile,
            inline=None if "dockerfile_inline" in fields else self.inline,
            target=None if "target" in fields else self.target,
            args=_without(self.args, "args", fields),
            contexts=_without(self.contexts, "additional_contexts", fields),
            platforms=None if "platforms" in fields else self.platforms,
        )


def _without(slots: Mapping[str, Slot], field: str, fields: frozenset[str]) -> Mapping[str, Slot]:
    if field in fields:
        return {}
    return {name: slot for name, slot in slots.items() if f"{field}.{name}" not in fields}
