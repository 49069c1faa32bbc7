"""What targets inherit: from those that they name, left to right, before what they say (`Config.target`)."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.projects.bake.targets import Target
from stagegraph.projects.drafts import Draft, Fault
from stagegraph.projects.limits import nested_too_deeply
from stagegraph.projects.locations import target_link


@attrs.frozen
class Inheritance:
    """The targets by name, before anything is inherited."""

    targets: Mapping[str, Target]

    def draft(self, name: str) -> Draft:
        """The draft of a target with all that it inherits, and with a fault if its links go in a circle.

        Targets that inherit from each other are no fault: the one that is asked for again adds nothing.
        """
        own = self.targets[name].draft
        try:
            draft = self._inherited(name, {})
            circle = self._circle(name)
        except RecursionError:
            return attrs.evolve(own, faults=(*own.faults, Fault(nested_too_deeply().message, own.declared_at)))
        if draft is None or circle is None:
            return draft or own
        fault = Fault(f"the targets link to each other: {' to '.join(circle)}", own.declared_at)
        return attrs.evolve(draft, faults=(*draft.faults, fault))

    def _inherited(self, name: str, visited: dict[str, Draft | None]) -> Draft | None:
        if name in visited:
            return visited[name]
        visited[name] = None
        own = self.targets[name]
        result: Draft | None = None
        for parent in own.inherits:
            if parent not in self.targets:
                fault = Fault(f"there is no target {parent} to inherit from", own.draft.declared_at)
                result = _upon(result, attrs.evolve(own.draft, faults=(*own.draft.faults, fault)))
                continue
            inherited = self._inherited(parent, visited)
            result = result if inherited is None else _upon(result, inherited)
        visited[name] = _upon(result, own.draft)
        return visited[name]

    def _circle(self, name: str) -> list[str] | None:
        """The links from a target back to one on the way, if there are any."""
        way: list[str] = []
        done: set[str] = set()

        def follow(one: str) -> list[str] | None:
            if one in way:
                return [*way[way.index(one) :], one]
            if one in done or one not in self.targets:
                return None
            way.append(one)
            for link in self._links(one):
                circle = follow(link)
                if circle is not None:
                    return circle
            done.add(way.pop())
            return None

        return follow(name)

    def _links(self, name: str) -> list[str]:
        draft = self._inherited(name, {})
        slots = draft.contexts.values() if draft is not None else ()
        return [link for slot in slots if (link := target_link(slot)) is not None]


def _upon(before: Draft | None, draft: Draft) -> Draft:
    return draft if before is None else before.overlaid_by(draft)
