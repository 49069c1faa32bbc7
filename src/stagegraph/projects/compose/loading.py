"""Compose files → services: several files merged, `include` and `extends` followed (compose-go's `loader`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import attrs

from stagegraph.projects.compose.dotenv import read_dotenv
from stagegraph.projects.compose.interpolation import Environment, interpolate_tree
from stagegraph.projects.compose.merging import canonical_service, merge, with_context, without_resets
from stagegraph.projects.compose.scalars import text_of
from stagegraph.projects.declared import Place
from stagegraph.projects.files import Files, absolute
from stagegraph.projects.limits import MAX_FILES
from stagegraph.projects.remote import is_remote
from stagegraph.projects.trees import Listing, Reset, Scalar, Table, Tree, read_yaml
from stagegraph.projects.unknowable import Unknowable

Services = dict[str, Tree]
Report = Callable[[str, Unknowable, Place], None]


@attrs.frozen
class Setup:
    """Where a set of Compose files stands: its project directory, its variables, the files that include it."""

    directory: Path
    environment: Environment
    chain: tuple[Path, ...] = ()


class Loader:
    """Loads the Compose files of one project; what cannot be followed goes to `report`."""

    def __init__(self, files: Files, report: Report) -> None:
        self._files = files
        self._report = report
        self._loads = 0

    def load(self, paths: Sequence[Path], directory: Path, given: Mapping[str, str]) -> tuple[Services, Environment]:
        """The services of `paths`, later ones merged over earlier ones, and the variables they see."""
        environment = self._environment([directory / ".env"], Environment(given))
        setup = Setup(directory, environment)
        services = self._load(paths, setup)
        kept = {name: without_resets(one) for name, one in services.items() if not isinstance(one, Reset)}
        return kept, environment

    def _load(self, paths: Sequence[Path], setup: Setup) -> Services:
        services: Services = {}
        for path in paths:
            try:
                documents = self._documents(path, setup.environment)
            except Unknowable as unknowable:
                self._report(self._files.show(path), unknowable, Place(path, 1))
                continue
            inner = attrs.evolve(setup, chain=(*setup.chain, path))
            for document in documents:
                services = _merged(services, self._services(document, path, inner))
        return {name: with_context(service, setup.directory) for name, service in services.items()}

    def _documents(self, path: Path, environment: Environment) -> list[Table]:
        self._loads += 1
        if self._loads > MAX_FILES:
            raise Unknowable(f"more than {MAX_FILES} files are loaded, a limit of stagegraph")
        documents = [interpolate_tree(tree, environment) for tree in self._files.parsed(path, read_yaml)]
        tables = [document for document in documents if isinstance(document, Table)]
        if len(tables) < len(documents):
            raise Unknowable("it is no mapping at the top")
        return tables

    def _services(self, document: Table, path: Path, setup: Setup) -> Services:
        """The services of one document: those of its includes, and over them its own, each extended."""
        services: Services = {}
        for included in self._includes(document, setup):
            services = _merged(services, included)
        own = _canonical_services(document, setup.directory)
        services = _merged(services, own)
        for name in services:
            services[name] = self._extend(name, services, path, setup, ())
        return services

    # -- include -----------------------------------------------------------------------------

    def _includes(self, document: Table, setup: Setup) -> Iterator[Services]:
        listed = document.get("include")
        if listed is None:
            return
        for entry in listed.items if isinstance(listed, Listing) else (listed,):
            try:
                yield self._include(entry, setup)
            except Unknowable as unknowable:
                self._report("include", unknowable, unknowable.place or entry.place)

    def _include(self, entry: Tree, setup: Setup) -> Services:
        table = entry if isinstance(entry, Table) else Table({"path": entry}, entry.place)
        paths = [self._local(text, setup.directory) for text in _texts(table.get("path"), entry.place)]
        if not paths:
            raise Unknowable("it names no file", entry.place)
        if set(paths) & set(setup.chain):
            raise Unknowable(f"{self._files.show(paths[0])} includes itself", entry.place)
        for path in paths:
            self._files.read(path)  # what is not there is said at the place of the include
        chosen = _texts(table.get("project_directory"), entry.place)
        directory = absolute(setup.directory, chosen[0]) if chosen else paths[0].parent
        env_files = [absolute(setup.directory, text) for text in _texts(table.get("env_file"), entry.place)]
        environment = self._environment(env_files or [directory / ".env"], setup.environment, required=bool(env_files))
        return self._load(paths, Setup(directory, environment, setup.chain))

    def _environment(self, paths: Sequence[Path], given: Environment, *, required: bool = False) -> Environment:
        for path in paths:
            if path == Path("/dev/null") or not (required or self._files.is_file(path)):
                continue
            try:
                given = attrs.evolve(given, values=read_dotenv(self._files.read(path), given.values))
            except Unknowable as unknowable:
                given = attrs.evolve(given, gap=f"{self._files.show(path)} cannot be read: {unknowable.reason}")
        return given

    def _local(self, text: str, directory: Path) -> Path:
        if is_remote(text) or "://" in text:
            raise Unknowable(f"{text} is not on this disk")
        return absolute(directory, text)

    # -- extends -----------------------------------------------------------------------------

    def _extend(self, name: str, services: Services, path: Path, setup: Setup, chain: tuple[object, ...]) -> Tree:
        """The service with what it extends; where that cannot be had, `extends` stays and says why."""
        service = services[name]
        extends = service.get("extends") if isinstance(service, Table) else None
        if extends is None or (isinstance(extends, Scalar) and extends.why is not None):
            return service
        assert isinstance(service, Table)
        try:
            base = self._base(extends, services, path, setup, (*chain, (path, name)))
        except Unknowable as unknowable:
            why = f"what it extends is not known: {unknowable.reason}"
            return service.with_entry("extends", Scalar("", "", extends.place, why=why))
        rest = attrs.evolve(service, entries={k: v for k, v in service.entries.items() if k != "extends"})
        merged = merge(base, rest)
        services[name] = merged
        return merged

    def _base(self, extends: Tree, services: Services, path: Path, setup: Setup, chain: tuple[object, ...]) -> Tree:
        if chain[-1] in chain[:-1]:
            raise Unknowable("it extends itself", extends.place)
        file = extends.get("file") if isinstance(extends, Table) else None
        wanted = extends.get("service") if isinstance(extends, Table) else extends
        name = text_of(wanted) if wanted is not None else None
        if file is not None:
            path = self._local(text_of(file) or "", setup.directory)
            setup = attrs.evolve(setup, directory=path.parent)
            services = {}
            for document in self._documents(path, setup.environment):
                services = _merged(services, _canonical_services(document, setup.directory))
        if name is None or name not in services:
            raise Unknowable(f"there is no service {name or ''} in {self._files.show(path)}", extends.place)
        return self._extend(name, services, path, setup, chain)


def _canonical_services(document: Table, directory: Path) -> Services:
    services = document.get("services")
    if not isinstance(services, Table):
        return {}
    return {name: canonical_service(service, directory) for name, service in services.entries.items()}


def _merged(base: Services, over: Services) -> Services:
    return {**base, **{name: merge(base.get(name), service) for name, service in over.items()}}


def _texts(tree: Tree | None, place: Place) -> list[str]:
    if tree is None:
        return []
    found = [text_of(item) for item in (tree.items if isinstance(tree, Listing) else (tree,))]
    if None in found:
        raise Unknowable("a path is missing", place)
    return [text for text in found if text is not None]
