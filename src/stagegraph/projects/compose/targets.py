"""Services with a `build` → drafts of targets, as bake's `ParseCompose` makes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from stagegraph.projects.compose.interpolation import Environment
from stagegraph.projects.compose.merging import LOOKUP
from stagegraph.projects.compose.scalars import text_of
from stagegraph.projects.declared import Field
from stagegraph.projects.drafts import Draft, Setting, Settings, all_unknown, merge_settings
from stagegraph.projects.trees import Listing, Scalar, Table, Tree
from stagegraph.projects.unknowable import Unknowable

_TEXTS = {
    "context": Field.CONTEXT,
    "dockerfile": Field.DOCKERFILE,
    "dockerfile_inline": Field.INLINE,
    "target": Field.TARGET,
}
_PAIRS = {"args": Field.ARGS, "additional_contexts": Field.CONTEXTS, "labels": Field.LABELS}
_target_name = re.compile(r"[a-zA-Z0-9_-]+")

Found = Iterator[tuple[tuple[Field, str | None], Setting]]


def target_name(service: str) -> str:
    """The name that bake gives the target of a service."""
    return service.replace(".", "_")


def is_target_name(name: str) -> bool:
    """Whether bake takes `name` as the name of a target."""
    return _target_name.fullmatch(name) is not None


def draft_of(name: str, service: Tree, environment: Environment) -> Draft | None:
    """The target of a service, None if nothing is built for it.

    Raises:
        Unknowable: whether something is built is not known.
    """
    if not isinstance(service, Table):
        return None
    build, extends = service.get("build"), service.entries.get("extends")
    below: Settings = {}
    if isinstance(extends, Scalar) and extends.why is not None:
        if build is None:
            raise Unknowable(extends.why, extends.place)
        below = all_unknown(Setting(extends.place, why=extends.why))
    if build is None:
        return None
    if not isinstance(build, Table):
        raise Unknowable("its build is neither a text nor a mapping", build.place)
    settings = dict(_Reader(service, environment).settings(build))
    return Draft(target_name(name), "service", service.place, merge_settings(below, settings))


class _Reader:
    """Reads the `build` of one service."""

    def __init__(self, service: Table, environment: Environment) -> None:
        self._service = service
        self._environment = environment

    def settings(self, build: Table) -> Found:
        for key, field in _TEXTS.items():
            if (tree := build.get(key)) is not None:
                yield (field, None), _setting(tree)
        platforms = [build.get("platforms")]
        extension = build.get("x-bake")
        if isinstance(extension, Table):
            platforms.append(_words(extension.get("platforms")))
            yield from self._pairs(Field.CONTEXTS, extension.get("contexts"))
        for key, field in _PAIRS.items():
            yield from self._pairs(field, build.get(key))
        found = [tree for tree in platforms if tree is not None]
        if found:
            yield (Field.PLATFORMS, None), _list_setting(found)

    def _pairs(self, field: Field, tree: Tree | None) -> Found:
        if isinstance(tree, Table):
            for key, value in tree.entries.items():
                looks = field is Field.ARGS and isinstance(value, Scalar) and value.kind == LOOKUP
                setting = self._looked_up(key, value) if looks else _setting(value)
                if setting is not None:
                    yield (field, key), _linked(setting) if field is Field.CONTEXTS else setting
        elif tree is not None:
            yield (field, None), Setting(tree.place, why=_why(tree), variables=_variables(tree))

    def _looked_up(self, name: str, tree: Tree) -> Setting | None:
        """An argument without a value, from the environment; None if it is not set there.

        Bake looks at the service's own environment first and Compose does not, so whatever the
        service may set is not known.
        """
        own = self._service.get("environment")
        may_be_set = (isinstance(own, Table) and name in own.entries) or (
            own is not None and not isinstance(own, Table)
        )
        if may_be_set or self._service.get("env_file") is not None:
            why = f"bake may take {name} from the environment of the service, Compose does not"
            return Setting(tree.place, why=why)
        try:
            value = self._environment.find(name)
        except Unknowable as unknowable:
            return Setting(tree.place, why=unknowable.reason)
        return None if value is None else Setting(tree.place, value, variables=frozenset({name}))


def _setting(tree: Tree) -> Setting:
    variables = _variables(tree)
    try:
        return Setting(tree.place, text_of(tree) or "", variables=variables)
    except Unknowable as unknowable:
        return Setting(unknowable.place or tree.place, why=unknowable.reason, variables=variables)


def _list_setting(trees: list[Tree]) -> Setting:
    items = [item for tree in trees for item in (tree.items if isinstance(tree, Listing) else (tree,))]
    variables = frozenset().union(*map(_variables, items))
    place = trees[0].place
    try:
        texts = [text_of(item) or "" for item in items]
    except Unknowable as unknowable:
        return Setting(unknowable.place or place, why=unknowable.reason, variables=variables)
    return Setting(place, tuple(texts), variables=variables)


def _words(tree: Tree | None) -> Tree | None:
    """A text of several words as the list that `x-bake` takes it for."""
    if not isinstance(tree, Scalar) or tree.why is not None:
        return tree
    return Listing(tuple(attrs.evolve(tree, text=word) for word in tree.text.split()), tree.place)


def _linked(setting: Setting) -> Setting:
    """A named context, with links to services under the names of their targets."""
    assert isinstance(setting.value, str)
    scheme, separator, name = setting.value.partition(":")
    if scheme not in ("service", "target") or not separator:
        return setting
    return Setting(setting.origin, f"target:{target_name(name)}", setting.why, setting.variables)


def _why(tree: Tree) -> str:
    if isinstance(tree, Scalar) and tree.why is not None:
        return tree.why
    return "it is neither a list nor a mapping"


def _variables(tree: Tree) -> frozenset[str]:
    return tree.variables if isinstance(tree, Scalar) else frozenset()
