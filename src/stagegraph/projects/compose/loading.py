"""Compose files → the drafts of their services, those of all the files that belong together (compose-go's `loader`)."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.compose.dotenv import read_dotenv
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.extending import Services
from stagegraph.projects.compose.including import Include, includes_of
from stagegraph.projects.compose.scalars import is_null
from stagegraph.projects.compose.sections import Surroundings
from stagegraph.projects.compose.yaml_nodes import Mapping as MappingNode
from stagegraph.projects.compose.yaml_nodes import Node, complain, documents, entries
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated
from stagegraph.projects.files import Files
from stagegraph.projects.limits import INCLUDE, MAX_NESTING, Allowance, nested_too_deeply

Drafts = dict[str, Draft]
"""Services by name."""


@attrs.frozen
class ComposeReader:
    """Reads compose files of a project; `environment` holds the variables that are given."""

    files: Files
    environment: Environment
    allowance: Allowance
    _documents_of: dict[str, list[Node]] = attrs.field(factory=dict)

    def read(self, paths: Sequence[str]) -> Drafts:
        """The services that are built when these files are given together, the first one first.

        Paths in the drafts are as seen from the directory of the first file.

        Raises:
            NotEvaluated: a file cannot be read, or compose would refuse what decides its services.
        """
        directory = posixpath.dirname(paths[0]) or "."
        return self._model(paths, directory, ".", self._environment_of(directory, self.environment), ())

    def _environment_of(self, directory: str, environment: Environment, names: Sequence[str] = ()) -> Environment:
        """With the `.env` file of a directory, or with files that are named instead."""
        named = [name for name in names if name != "/dev/null"]
        default = posixpath.join(directory, ".env")
        if not names and self.files.is_file(default):
            named = [default]
        found: dict[str, str] = {}
        for name in named:
            try:
                found |= read_dotenv(self.files.read(name), environment.with_defaults(found), self.allowance)
            except Complaint as complaint:
                raise complain(complaint, Place(posixpath.normpath(name), 1)) from None
        return environment.with_defaults(found)

    def _model(
        self, paths: Sequence[str], top: str, below: str, environment: Environment, within: tuple[str, ...]
    ) -> Drafts:
        """The services of files that are read together; their paths begin at `below`, as seen from `top`."""
        around = Surroundings(environment, below, self.allowance)
        model: Drafts = {}
        for path in paths:
            for document in self._documents(path):
                model = _overlaid(model, self._services(path, document, top, around, within))
        return model

    def _documents(self, path: str, asked_at: Place | None = None) -> list[Node]:
        """The documents of a file; `asked_at` is where another file names it."""
        path = posixpath.normpath(path)
        try:
            if path not in self._documents_of:
                self._documents_of[path] = documents(self.files.read(path), path)
            return self._documents_of[path]
        except Complaint as complaint:
            raise complain(complaint, asked_at or Place(path, 1)) from None

    def _services(self, path: str, document: Node, top: str, around: Surroundings, within: tuple[str, ...]) -> Drafts:
        """The services of one document, with those that it includes and extends."""
        parts = _parts(document)
        included: Drafts = {}
        for include in includes_of(parts.get("include"), around):
            included = _overlaid(included, self._included(include, path, top, around, within))
        own = _mapping(parts.get("services"), "services")
        return Services(self._documents, path, top, around, own, included).all()

    def _included(self, include: Include, path: str, top: str, around: Surroundings, within: tuple[str, ...]) -> Drafts:
        here = posixpath.join(top, around.directory)
        paths = [posixpath.normpath(posixpath.join(here, one)) for one in include.paths]
        inside = (*within, posixpath.normpath(path))
        if paths[0] in inside:
            raise NotEvaluated(
                Fault(f"the files include each other: {' includes '.join((*inside, paths[0]))}", include.place)
            )
        if len(inside) > MAX_NESTING:
            raise NotEvaluated(Fault(nested_too_deeply().message, include.place))
        self.allowance.spend(INCLUDE)
        directory = posixpath.dirname(include.paths[0]) if include.directory is None else include.directory
        below = posixpath.normpath(posixpath.join(around.directory, directory))
        names = [posixpath.join(here, name) for name in include.env_files]
        environment = self._environment_of(posixpath.join(top, below), around.environment, names)
        for one in paths:
            self._documents(one, include.place)
        return self._model(paths, top, below, environment, inside)


def _overlaid(model: Drafts, other: Drafts) -> Drafts:
    """The services of both; of one that both have, the other one's word counts."""
    merged = dict(model)
    for name, draft in other.items():
        if name in merged:
            both = merged[name].overlaid_by(draft, more_platforms=True)
            merged[name] = attrs.evolve(both, declared_at=merged[name].declared_at)
        else:
            merged[name] = draft
    return merged


def _parts(document: Node) -> Mapping[str, Node]:
    """The parts of a document.

    Raises:
        NotEvaluated: it is no mapping.
    """
    return {name: node for name, (_, node) in _mapping(document, "a compose file").items()}


def _mapping(node: Node | None, what: str) -> dict[str, tuple[Place, Node]]:
    if node is None or is_null(node):
        return {}
    if not isinstance(node, MappingNode):
        raise NotEvaluated(Fault(f"{what} must be a mapping", node.place))
    return entries(node)
