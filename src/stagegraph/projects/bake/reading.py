"""Bake files, and the compose files they are read with → the drafts of all targets (`bake.ReadTargets`)."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.bake.definitions import define
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.expressions import Body
from stagegraph.projects.bake.inheriting import Inheritance
from stagegraph.projects.bake.names import BakeNames
from stagegraph.projects.bake.targets import Target, targets_of
from stagegraph.projects.bake.values import to_items, to_text
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated, Said, Slot
from stagegraph.projects.files import Files
from stagegraph.projects.limits import Allowance, nested_too_deeply
from stagegraph.projects.locations import target_link

_LINK = "target:"
_PRIVATE = "_"


@attrs.frozen
class BakeReader:
    """Reads bake files of a project; `given` are variables with values from outside."""

    files: Files
    given: Mapping[str, str]
    allowance: Allowance

    def read(self, paths: Sequence[str], services: Mapping[str, Draft]) -> list[Draft]:
        """The targets that are declared when these files are read together, after the compose files of `services`.

        Raises:
            NotEvaluated: a file cannot be read as a whole.
        """
        names = BakeNames(define(map(self._body, paths)), self.given, self.allowance)
        targets = {name: Target(draft) for name, draft in _as_targets(services)}
        labels: dict[str, set[str]] = {}
        for label, target in targets_of(names):
            name = target.draft.name
            labels.setdefault(label, set()).add(name)
            targets[name] = _upon(targets[name], target) if name in targets else target
        inheritance = Inheritance(targets)
        drafts = [inheritance.draft(name) for name in targets]
        asked = _asked_for(names, drafts)
        asked |= {name for label in asked & set(labels) for name in labels[label]}
        return [draft for draft in drafts if not self._is_only_inherited(draft.name, targets, asked)]

    def _body(self, path: str) -> Body:
        try:
            text = self.files.read(path)
        except Complaint as complaint:
            raise NotEvaluated(Fault(complaint.message, Place(path, 1))) from None
        try:
            if posixpath.splitext(path)[1].lower() == ".json":
                from stagegraph.projects.bake.json_bodies import parse_json

                return parse_json(text, path)
            from stagegraph.projects.bake.hcl import parse_hcl

            return parse_hcl(text, path)
        except RecursionError:
            raise NotEvaluated(Fault(nested_too_deeply().message, Place(path, 1))) from None

    @staticmethod
    def _is_only_inherited(name: str, targets: Mapping[str, Target], asked: set[str]) -> bool:
        """Whether a target is there for others alone: `_name` that is inherited, and in no group."""
        inherited = any(name in target.inherits for target in targets.values())
        return name.startswith(_PRIVATE) and inherited and name not in asked


def _as_targets(services: Mapping[str, Draft]) -> Iterable[tuple[str, Draft]]:
    """Services as bake takes them: their names without dots, and so the links to them."""
    for draft in services.values():
        if draft.built or draft.faults:
            contexts = {name: _as_link(slot) for name, slot in draft.contexts.items()}
            name = draft.name.replace(".", "_")
            yield name, attrs.evolve(draft, name=name, contexts=contexts)


def _as_link(slot: Slot) -> Slot:
    if isinstance(slot, Said) and slot.text.value.startswith(_LINK):
        return attrs.evolve(slot, text=attrs.evolve(slot.text, value=slot.text.value.replace(".", "_")))
    return slot


def _upon(before: Target, target: Target) -> Target:
    draft = attrs.evolve(before.draft.overlaid_by(target.draft), declared_at=before.draft.declared_at)
    return Target(draft, (*before.inherits, *target.inherits))


def _asked_for(names: BakeNames, drafts: Iterable[Draft]) -> set[str]:
    """The targets that groups name and that contexts link to."""
    found = {link for draft in drafts for slot in draft.contexts.values() if (link := target_link(slot)) is not None}
    for group in names.definitions.groups:
        attribute = group.attributes.get("targets")
        if attribute is None:
            continue
        try:
            found |= {to_text(item).value for item in to_items(Scope(names).value(attribute.value))}
        except (NotEvaluated, Complaint, RecursionError):
            continue  # a group decides no build, only whether a target is there for others alone
    return found
