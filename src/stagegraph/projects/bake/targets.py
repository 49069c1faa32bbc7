"""Target blocks → drafts, one for every target and file that says something about it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.expressions import Attribute, Block, ObjectExpression
from stagegraph.projects.bake.instances import Instance
from stagegraph.projects.bake.names import BakeNames
from stagegraph.projects.bake.values import Datum, to_items, to_members, to_text
from stagegraph.projects.declared import Declarer, Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated, Said, Slot
from stagegraph.projects.limits import nested_too_deeply

ALL = "*"
"""The name of the build argument or named context that stands for all of them, where not even the names are known."""


@attrs.frozen
class Target:
    """A draft with the names of the targets that it inherits from."""

    draft: Draft
    inherits: tuple[str, ...] = ()


def targets_of(names: BakeNames) -> Iterator[tuple[str, Target]]:
    """The labels of the blocks, and the targets that they declare, in order; one name can come several times."""
    for block in names.definitions.targets:
        try:
            instances = names.instances(block)
            faults: tuple[Fault, ...] = ()
        except NotEvaluated as refusal:
            instances, faults = (Instance(block.labels[0], Scope(names)),), (refusal.fault,)
        except RecursionError:
            fault = Fault(nested_too_deeply().message, block.place)
            instances, faults = (Instance(block.labels[0], Scope(names)),), (fault,)
        for instance in instances:
            yield block.labels[0], _target(block, instance, faults)


def _target(block: Block, instance: Instance, faults: tuple[Fault, ...]) -> Target:
    reader = _Reader(block.attributes, instance.scope)
    inherits: tuple[str, ...] = ()
    for slot in reader.texts("inherits") or ():
        if isinstance(slot, Fault):
            faults = (*faults, attrs.evolve(slot, reason=f"inherits: {slot.reason}"))
        else:
            inherits = (*inherits, slot.text.value)
    draft = Draft(
        name=instance.name,
        declarer=Declarer.BAKE_TARGET,
        declared_at=block.place,
        context=reader.text("context"),
        dockerfile=reader.text("dockerfile"),
        inline=reader.text("dockerfile-inline"),
        target=reader.text("target"),
        args=reader.texts_by_name("args"),
        contexts=reader.texts_by_name("contexts"),
        platforms=reader.texts("platforms"),
        faults=faults,
    )
    return Target(draft, inherits)


@attrs.frozen
class _Reader:
    """Attributes as texts; what cannot be worked out is a `Fault`, and null is nothing."""

    attributes: Mapping[str, Attribute]
    scope: Scope

    def text(self, name: str) -> Slot | None:
        attribute = self.attributes.get(name)
        if attribute is None:
            return None
        datum = self._datum(attribute)
        return datum if isinstance(datum, Fault) else _slot(datum, attribute.place)

    def texts(self, name: str) -> tuple[Slot, ...] | None:
        attribute = self.attributes.get(name)
        if attribute is None:
            return None
        datum = self._datum(attribute)
        if isinstance(datum, Fault):
            return (datum,)
        if datum.content is None:
            return None
        try:
            items = to_items(datum)
        except Complaint as complaint:
            return (Fault(complaint.message, attribute.place),)
        slots = (_slot(item.by(datum.variables), attribute.place) for item in items)
        return tuple(slot for slot in slots if slot is not None)

    def texts_by_name(self, name: str) -> dict[str, Slot]:
        attribute = self.attributes.get(name)
        if attribute is None:
            return {}
        if isinstance(attribute.value, ObjectExpression):
            return self._members_one_by_one(attribute.value)
        datum = self._datum(attribute)
        if isinstance(datum, Fault):
            return {ALL: datum}
        if datum.content is None:
            return {}
        try:
            members = to_members(datum)
        except Complaint as complaint:
            return {ALL: Fault(complaint.message, attribute.place)}
        slots = {key: _slot(member.by(datum.variables), attribute.place) for key, member in members.items()}
        return {key: slot for key, slot in slots.items() if slot is not None}

    def _members_one_by_one(self, expression: ObjectExpression) -> dict[str, Slot]:
        """The members, each worked out alone, so that one that cannot be leaves the others."""
        found: dict[str, Slot] = {}
        for key, value in expression.pairs:
            name = self._datum(Attribute("", key, key.place))
            datum = self._datum(Attribute("", value, key.place))
            name_slot = name if isinstance(name, Fault) else _slot(name, key.place)
            if isinstance(name_slot, Fault) or name_slot is None:
                found[ALL] = name_slot or Fault("a name is null", key.place)
                continue
            slot = datum if isinstance(datum, Fault) else _slot(datum.by(name_slot.text.variables), key.place)
            if slot is not None:
                found[name_slot.text.value] = slot
        return found

    def _datum(self, attribute: Attribute) -> Datum | Fault:
        try:
            return self.scope.value(attribute.value)
        except NotEvaluated as refusal:
            return refusal.fault
        except RecursionError:
            return Fault(nested_too_deeply().message, attribute.place)


def _slot(datum: Datum, place: Place) -> Slot | None:
    if datum.content is None:
        return None
    try:
        return Said(to_text(datum), place)
    except Complaint as complaint:
        return Fault(complaint.message, place)
