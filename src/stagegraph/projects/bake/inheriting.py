"""What targets inherit: from those that they name, left to right, before what they say (`Config.target`)."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.projects.bake.targets import ALL, Target
from stagegraph.projects.drafts import Draft, Fault
from stagegraph.projects.limits import nested_too_deeply
from stagegraph.projects.locations import target_link

_GENERATED = "docker-metadata-action"
"""The target in the bake file that the GitHub Action of this name writes: tags, labels and build arguments."""


class Inheritance:
    """The targets by name, and what each comes to with what it inherits."""

    def __init__(self, targets: Mapping[str, Target]) -> None:
        """The targets as they are written."""
        self._targets = targets
        self._known: dict[str, Draft] = {}
        self._without_circle: set[str] = set()

    def draft(self, name: str) -> Draft:
        """The draft of a target with all that it inherits, and with a fault if its links go in a circle.

        Targets that inherit from each other are no fault: the one that is asked for again adds nothing.
        """
        own = self._targets[name].draft
        try:
            draft = self._whole(name)
            circle = self._circle(name, [])
        except RecursionError:
            return attrs.evolve(own, faults=(*own.faults, Fault(nested_too_deeply().message, own.declared_at)))
        if circle is not None:
            fault = Fault(f"the targets link to each other: {' to '.join(circle)}", own.declared_at)
            return attrs.evolve(draft, faults=(*draft.faults, fault))
        missing = (name for name in self._links(name) if name not in self._targets)
        faults = tuple(Fault(f"there is no target {name} to link to", own.declared_at) for name in missing)
        return attrs.evolve(draft, faults=(*draft.faults, *faults))

    def _whole(self, name: str) -> Draft:
        draft, _ = self._inherited(name, {})
        assert draft is not None
        return draft

    def _inherited(self, name: str, visited: dict[str, Draft | None]) -> tuple[Draft | None, bool]:
        """The draft, and whether it is the same wherever one begins; None for one that is being put together."""
        if name in self._known:
            return self._known[name], True
        if name in visited:
            return visited[name], False
        visited[name] = None
        own = self._targets[name]
        result: Draft | None = None
        everywhere = True
        for parent in own.inherits:
            inherited, same = self._parent(parent, own.draft, visited)
            everywhere = everywhere and same
            result = result if inherited is None else _upon(result, inherited)
        draft = _upon(result, own.draft)
        visited[name] = draft
        if everywhere:
            self._known[name] = draft
        return draft, everywhere

    def _parent(self, name: str, heir: Draft, visited: dict[str, Draft | None]) -> tuple[Draft | None, bool]:
        if name in self._targets:
            return self._inherited(name, visited)
        if name == _GENERATED:
            more = Fault(f"{name} is generated where it is built, and may set it", heir.declared_at)
            return Draft(name, heir.declarer, heir.declared_at, args={ALL: more}), True
        fault = Fault(f"there is no target {name} to inherit from", heir.declared_at)
        return Draft(name, heir.declarer, heir.declared_at, faults=(fault,)), True

    def _circle(self, name: str, way: list[str]) -> list[str] | None:
        """The links from a target back to one on the way, if there are any."""
        if name in way:
            return [*way[way.index(name) :], name]
        if name in self._without_circle or name not in self._targets:
            return None
        for link in self._links(name):
            circle = self._circle(link, [*way, name])
            if circle is not None:
                return circle
        self._without_circle.add(name)
        return None

    def _links(self, name: str) -> list[str]:
        slots = self._whole(name).contexts.values()
        return [link for slot in slots if (link := target_link(slot)) is not None]


def _upon(before: Draft | None, draft: Draft) -> Draft:
    return draft if before is None else before.overlaid_by(draft)
