"""`read_project`: Compose and bake files → a project."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.hcl import read_hcl
from stagegraph.projects.bake.json_syntax import read_json
from stagegraph.projects.bake.module import Module
from stagegraph.projects.bake.targets import drafts_of, groups_of
from stagegraph.projects.compose.loading import Loader
from stagegraph.projects.compose.targets import draft_of, is_target_name
from stagegraph.projects.declared import DeclaredTarget, Place, Project, Unknown
from stagegraph.projects.drafts import Draft, merge_drafts
from stagegraph.projects.files import Files, absolute
from stagegraph.projects.resolving import Resolver
from stagegraph.projects.unknowable import Unknowable

COMPOSE_NAMES = ("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml")
BAKE_NAMES = ("docker-bake.json", "docker-bake.hcl", "docker-bake.override.json", "docker-bake.override.hcl")
DEFAULT_NAMES = COMPOSE_NAMES + BAKE_NAMES
"""What bake reads where nobody names a file, in this order, each merged over those before."""

_YAML = (".yaml", ".yml")


def read_project(
    root: str | Path,
    *,
    files: Sequence[str | Path] | None = None,
    directory: str | Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> Project:
    """The project of `files`, later ones merged over earlier ones, as `docker buildx bake -f …` merges them.

    Nothing outside `root` is read. `directory` (seen from `root`, which it is unless given) is
    where the builder would be started: paths in bake files are seen from there, paths in Compose
    files from the first of them. Without `files`, those of `DEFAULT_NAMES` that are in
    `directory`. `environment` is what variables find (nothing, unless given; `os.environ` for what
    would happen here and now); a `.env` beside the Compose files is read as Compose does.

    Never raises for what the files say: that is among the `unknowns`.
    """
    return ProjectReader(Path(root), directory, environment).read(files)


class ProjectReader:
    """Reads one project; `files` is shared with whoever reads several."""

    def __init__(
        self,
        root: Path,
        directory: str | Path | None = None,
        environment: Mapping[str, str] | None = None,
        files: Files | None = None,
    ) -> None:
        self._files = files or Files(root)
        self._directory = absolute(self._files.root, str(directory or "."))
        self._environment = dict(environment or {})
        self._unknowns: list[Unknown] = []

    def read(self, files: Sequence[str | Path] | None = None) -> Project:
        """The project of `files`, or of those with the default names."""
        paths = self._default_files() if files is None else [absolute(self._files.root, str(file)) for file in files]
        drafts, groups = self._compose([path for path in paths if path.suffix.lower() in _YAML])
        bake_drafts, bake_groups = self._bake([path for path in paths if path.suffix.lower() not in _YAML])
        for name, members in bake_groups.items():
            groups[name] = tuple(dict.fromkeys((*groups.get(name, ()), *members)))
        merged = merge_drafts([*drafts, *bake_drafts])
        resolver = Resolver(merged, self._directory, self._files)
        targets = []
        for draft in merged.values():
            target, unknowns = resolver.resolve(draft)
            targets.append(target)
            self._unknowns += unknowns
        return Project(tuple(targets), tuple(self._unknowns), _flat_groups(groups, merged), tuple(paths))

    def _default_files(self) -> list[Path]:
        paths = (self._directory / name for name in DEFAULT_NAMES)
        return [path for path in paths if self._files.is_file(path)]

    def _report(self, subject: str, unknowable: Unknowable, place: Place) -> None:
        self._unknowns.append(Unknown(subject, unknowable.place or place, unknowable.reason))

    # -- Compose -----------------------------------------------------------------------------

    def _compose(self, paths: list[Path]) -> tuple[list[Draft], dict[str, tuple[str, ...]]]:
        if not paths:
            return [], {}
        services, environment = Loader(self._files, self._report).load(paths, paths[0].parent, self._environment)
        drafts = []
        for name, service in services.items():
            subject = f'service "{name}"'
            try:
                draft = draft_of(name, service, environment)
            except Unknowable as unknowable:
                self._report(subject, unknowable, service.place)
                continue
            if draft is not None and is_target_name(draft.name):
                drafts.append(draft)
            elif draft is not None:
                self._report(subject, Unknowable("bake takes no target of this name"), service.place)
        return drafts, {"default": tuple(draft.name for draft in drafts)}

    # -- bake --------------------------------------------------------------------------------

    def _bake(self, paths: list[Path]) -> tuple[list[Draft], dict[str, tuple[str, ...]]]:
        bodies = []
        for path in paths:
            try:
                bodies.append(self._body(path))
            except Unknowable as unknowable:
                self._report(self._files.show(path), unknowable, Place(path, 1))
        module = Module(bodies, self._environment)
        return list(drafts_of(module)), groups_of(module, self._report_group)

    def _body(self, path: Path) -> ex.Body:
        return self._files.parsed(path, read_json if path.suffix.lower() == ".json" else read_hcl)

    def _report_group(self, subject: str, unknowable: Unknowable, block: ex.Block) -> None:
        """A group that is not known; its targets are declared all the same, so it concerns no Dockerfile."""
        unknown = Unknown(subject, unknowable.place or block.place, unknowable.reason, anywhere=False)
        self._unknowns.append(unknown)


def _flat_groups(groups: Mapping[str, tuple[str, ...]], drafts: Mapping[str, Draft]) -> dict[str, tuple[str, ...]]:
    """Groups with the targets of their inner groups in their place."""

    def members(name: str, seen: frozenset[str]) -> list[str]:
        if name not in groups or name in seen:
            return [name] if name in drafts else []
        return [target for member in groups[name] for target in members(member, seen | {name})]

    return {name: tuple(dict.fromkeys(members(name, frozenset()))) for name in groups}


def merge_projects(projects: Sequence[Project]) -> Project:
    """Several projects as one: what they agree in stands there once. Groups are left out."""
    targets: dict[tuple[str, Place], list[DeclaredTarget]] = {}
    for target in (target for project in projects for target in project.targets):
        alike = targets.setdefault((target.name, target.origin), [])
        if target not in alike:
            alike.append(target)
    unknowns = dict.fromkeys(unknown for project in projects for unknown in project.unknowns)
    files = dict.fromkeys(path for project in projects for path in project.files)
    return Project(tuple(one for alike in targets.values() for one in alike), tuple(unknowns), {}, tuple(files))
