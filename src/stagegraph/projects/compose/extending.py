"""The services of one compose file, each with what it `extends` (compose-go's `loader.ApplyExtends`)."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping
from functools import reduce

import attrs

from stagegraph.projects.compose.including import fixed_text, local_path
from stagegraph.projects.compose.scalars import is_null, is_text
from stagegraph.projects.compose.sections import Surroundings, draft_of, is_removed, is_reset
from stagegraph.projects.compose.yaml_nodes import Mapping as MappingNode
from stagegraph.projects.compose.yaml_nodes import Node, Scalar, Sequence, entries
from stagegraph.projects.declared import Declarer, Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated

_NAME = re.compile(r"[a-zA-Z0-9._-]+")


@attrs.frozen
class _Base:
    """What a service extends: a service, of another file if `file` is said."""

    service: str
    file: str | None
    place: Place


@attrs.frozen
class Services:
    """The services that `own` writes in the file at `path`, upon those that it includes.

    Paths of the drafts are as seen from `top`. `documents` reads other files.
    """

    documents: Callable[[str, Place], list[Node]]
    path: str
    top: str
    around: Surroundings
    own: Mapping[str, tuple[Place, Node]]
    included: Mapping[str, Draft]
    _known: dict[str, Draft] = attrs.field(factory=dict, init=False)

    def all(self) -> dict[str, Draft]:
        """All of them. One that cannot be worked out has `faults`."""
        found = dict(self.included)
        for name, (place, _) in self.own.items():
            try:
                found[name] = self.draft(name, ())
            except NotEvaluated as refusal:
                found[name] = Draft(name, Declarer.SERVICE, place, faults=(refusal.fault,))
        return found

    def draft(self, name: str, within: tuple[tuple[str, str], ...]) -> Draft:
        """The draft of one service; `within` are the services that extend it, by file and name.

        Raises:
            NotEvaluated: they extend each other, or what is extended is not there.
        """
        if name not in self.own:
            return self.included[name]
        if _NAME.fullmatch(name) is None:
            raise NotEvaluated(Fault(f"{name} is no name of a service", self.own[name][0]))
        if name not in self._known:
            fields = self._fields(name)
            drafts = [self._extended(fields["extends"], name, within)] if "extends" in fields else []
            drafts += [self.included[name]] if name in self.included else []
            self._known[name] = reduce(_upon, [*drafts, self._own(name, fields)])
        return self._known[name]

    def _fields(self, name: str) -> dict[str, Node]:
        _, node = self.own[name]
        if is_null(node):
            return {}
        if not isinstance(node, MappingNode):
            raise NotEvaluated(Fault(f"the service {name} is no mapping", node.place))
        return {key: value for key, (_, value) in entries(node).items()}

    def _own(self, name: str, fields: Mapping[str, Node]) -> Draft:
        """What the file itself says."""
        place, service = self.own[name]
        build = fields.get("build")
        removed = (
            frozenset({"build"}) if is_removed(service) or (build is not None and is_removed(build)) else frozenset()
        )
        if build is None or is_null(build) or is_reset(build) or is_reset(service):
            return Draft(name, Declarer.SERVICE, place, removed=removed, built=False)
        draft = draft_of(name, place, build, attrs.evolve(self.around, own=frozenset(_variables(fields))))
        return attrs.evolve(draft, removed=draft.removed | removed)

    def _extended(self, node: Node, name: str, within: tuple[tuple[str, str], ...]) -> Draft:
        base = self._base(node)
        here = (self.path, name)
        if here in within:
            circle = " extends ".join(service for _, service in (*within[within.index(here) :], here))
            raise NotEvaluated(Fault(f"the services extend each other: {circle}", base.place))
        services = self if base.file is None else self._of_file(base.file, base.place)
        if base.service not in services.own and base.service not in services.included:
            where = f" in {services.path}" if base.file is not None else ""
            raise NotEvaluated(Fault(f"there is no service {base.service}{where} to extend", base.place))
        return services.draft(base.service, (*within, here))

    def _base(self, node: Node) -> _Base:
        if isinstance(node, Scalar) and is_text(node):
            return _Base(fixed_text(node, self.around), None, node.place)
        fields = {key: value for key, (_, value) in entries(node).items()} if isinstance(node, MappingNode) else {}
        service, file = fields.get("service"), fields.get("file")
        if service is None:
            raise NotEvaluated(Fault("extends names no service", node.place))
        path = local_path(file, self.around) if file is not None and not is_null(file) else None
        return _Base(fixed_text(service, self.around), path, node.place)

    def _of_file(self, file: str, place: Place) -> Services:
        """The services of another file; what it includes does not count, and its paths begin at its directory."""
        path = posixpath.normpath(posixpath.join(self.top, self.around.directory, file))
        below = posixpath.normpath(posixpath.join(self.around.directory, posixpath.dirname(file)))
        own: dict[str, tuple[Place, Node]] = {}
        for document in self.documents(path, place):
            services = dict(entries(document)).get("services") if isinstance(document, MappingNode) else None
            if services is not None and isinstance(services[1], MappingNode):
                own |= entries(services[1])
        if not own:
            raise NotEvaluated(Fault(f"there are no services in {path}", place))
        return attrs.evolve(self, path=path, around=attrs.evolve(self.around, directory=below), own=own, included={})


def _variables(fields: Mapping[str, Node]) -> Iterator[str]:
    """The names of the variables that a service has when it runs, `*` where a file says them."""
    if "env_file" in fields:
        yield "*"
    said = fields.get("environment")
    if isinstance(said, MappingNode):
        yield from entries(said)
    elif isinstance(said, Sequence):
        yield from (item.text.partition("=")[0] for item in said.items if isinstance(item, Scalar))


def _upon(before: Draft, draft: Draft) -> Draft:
    return before.overlaid_by(draft, more_platforms=True)
