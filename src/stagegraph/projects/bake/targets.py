"""The `target` and `group` blocks of bake files → drafts and groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.evaluation import Locals
from stagegraph.projects.bake.module import Expanded, Module
from stagegraph.projects.bake.values import Value, as_list, as_map, as_text
from stagegraph.projects.declared import Field
from stagegraph.projects.drafts import MAPS, Draft, Setting
from stagegraph.projects.unknowable import Unknowable

_TEXTS = (Field.CONTEXT, Field.DOCKERFILE, Field.INLINE, Field.TARGET)
_LISTS = (Field.PLATFORMS, Field.INHERITS)

Report = Callable[[str, Unknowable, ex.Block], None]
Found = Iterator[tuple[tuple[Field, str | None], Setting]]


def drafts_of(module: Module) -> Iterator[Draft]:
    """The targets of every block, in order."""
    for block in module.targets:
        for expanded in module.expand(block):
            reader = _Reader(module, expanded)
            settings = dict(reader.settings())
            if expanded.gap is not None:
                place = expanded.gap.place or block.place
                settings[Field.MATRIX, None] = Setting(place, why=expanded.gap.reason)
            if expanded.variables:
                settings[Field.NAME, None] = Setting(block.place, expanded.name, variables=expanded.variables)
            yield Draft(expanded.name, "target", block.place, settings)


def groups_of(module: Module, report: Report) -> dict[str, tuple[str, ...]]:
    """The members of every group as they are written; a matrix makes a group of its label."""
    groups: dict[str, tuple[str, ...]] = {}
    for block in module.groups:
        attribute = block.attributes.get("targets")
        try:
            members = _texts(module.value(attribute.expression, {})) if attribute else ()
        except Unknowable as unknowable:
            report(f'group "{block.labels[0]}"', unknowable, block)
            continue
        groups[block.labels[0]] = members
    for block in module.targets:
        label, names = block.labels[0], tuple(one.name for one in module.expand(block) if one.gap is None)
        if names and names != (label,):
            groups[label] = (*groups.get(label, ()), *names)
    return groups


class _Reader:
    """Reads the attributes of one target."""

    def __init__(self, module: Module, expanded: Expanded) -> None:
        self._module = module
        self._attributes = expanded.block.attributes
        self._names: Locals = expanded.names

    def settings(self) -> Found:
        for field in (*_TEXTS, *_LISTS, *MAPS):
            attribute = self._attributes.get(field.value)
            if attribute is None:
                continue
            if field in MAPS:
                yield from self._map(field, attribute)
            elif (setting := self._setting(attribute.expression, as_text if field in _TEXTS else _texts)) is not None:
                yield (field, None), setting

    def _map(self, field: Field, attribute: ex.Attribute) -> Found:
        """A map key by key where it is written out, so that one value that is not known hides no other."""
        expression = attribute.expression
        if isinstance(expression, ex.ObjectOf):
            keys = [self._setting(key, as_text) for key, _ in expression.entries]
            if all(key is not None and key.why is None for key in keys):
                for key, (_, value) in zip(keys, expression.entries, strict=True):
                    setting = self._setting(value, as_text)
                    if key is not None and setting is not None:
                        variables = key.variables | setting.variables
                        yield (field, as_text(key.value)), attrs.evolve(setting, variables=variables)
                return
        yield from self._whole_map(field, expression)

    def _whole_map(self, field: Field, expression: ex.Expression) -> Found:
        try:
            with self._module.recording() as asked:
                found = self._module.value(expression, self._names)
                texts = {key: as_text(value) for key, value in as_map(found or {}).items() if value is not None}
        except Unknowable as unknowable:
            place = unknowable.place or expression.place
            yield (field, None), Setting(place, why=unknowable.reason, variables=frozenset(asked))
            return
        for key, text in texts.items():
            yield (field, key), Setting(expression.place, text, variables=frozenset(asked))

    def _setting(self, expression: ex.Expression, convert: Callable[[Value], str | tuple[str, ...]]) -> Setting | None:
        """One value as a setting, None for `null`."""
        try:
            with self._module.recording() as asked:
                value = self._module.value(expression, self._names)
                converted = None if value is None else convert(value)
        except Unknowable as unknowable:
            place = unknowable.place or expression.place
            return Setting(place, why=unknowable.reason, variables=frozenset(asked))
        return None if converted is None else Setting(expression.place, converted, variables=frozenset(asked))


def _texts(value: Value) -> tuple[str, ...]:
    return tuple(as_text(item) for item in as_list(value))
