"""Targets before their inheritance: what each file says of a target, known or not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs

from stagegraph.projects.declared import Field, Place

MAPS = frozenset({Field.ARGS, Field.CONTEXTS, Field.LABELS})
"""The fields that are merged key by key."""


@attrs.frozen
class Setting:
    """One value, as one place of a file gives it; `why` it is not known, if it is not.

    `variables` are the variables of the environment that can change it.
    """

    origin: Place
    value: str | tuple[str, ...] = ""
    why: str | None = None
    variables: frozenset[str] = frozenset()


_INHERITS = (Field.INHERITS, None)

Settings = Mapping[tuple[Field, str | None], Setting]
"""Settings by field and, for maps, by key. A map with the key None is not known as a whole: it
may hold any key, and those that stand beside it were given after it."""


@attrs.frozen
class Draft:
    """What the files say of one target, in itself. `kind` is `target` or `service`."""

    name: str
    kind: str
    origin: Place
    settings: Settings

    @property
    def subject(self) -> str:
        """What messages call it."""
        return f'{self.kind} "{self.name}"'


def merge_settings(base: Settings, over: Settings) -> dict[tuple[Field, str | None], Setting]:
    """Both, `over` winning; a map is merged key by key."""
    clouded = {field for field, key in over if field in MAPS and key is None}
    return {place: setting for place, setting in base.items() if place[0] not in clouded} | dict(over)


def merge_drafts(drafts: Iterable[Draft]) -> dict[str, Draft]:
    """Drafts by name in order of appearance; of one name, what comes later is merged over what came before."""
    merged: dict[str, Draft] = {}
    for draft in drafts:
        before = merged.get(draft.name)
        merged[draft.name] = draft if before is None else _merged(before, draft)
    return merged


def _merged(before: Draft, after: Draft) -> Draft:
    settings = merge_settings(before.settings, after.settings)
    inherits = [one.settings[_INHERITS] for one in (before, after) if _INHERITS in one.settings]
    if inherits:
        settings[_INHERITS] = _together(inherits)
    return attrs.evolve(before, settings=settings)


def _together(inherits: list[Setting]) -> Setting:
    """Lists of `inherits` of one target, one behind the other, unlike any other list."""
    names = tuple(name for setting in inherits for name in setting.value)
    variables = frozenset().union(*(setting.variables for setting in inherits))
    why = next((setting.why for setting in inherits if setting.why is not None), None)
    return Setting(inherits[0].origin, names, why, variables)


def all_unknown(setting: Setting) -> Settings:
    """The settings of something of which nothing is known."""
    fields = (Field.CONTEXT, Field.DOCKERFILE, Field.INLINE, Field.TARGET, Field.PLATFORMS, *sorted(MAPS, key=str))
    return {(field, None): setting for field in fields}
