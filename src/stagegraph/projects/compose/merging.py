"""Services of Compose files in one form, and how one is merged over another (`override`, `extends`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import attrs

from stagegraph.projects.compose.scalars import text_of
from stagegraph.projects.files import absolute
from stagegraph.projects.remote import is_remote
from stagegraph.projects.trees import Listing, Reset, Scalar, Table, Tree
from stagegraph.projects.unknowable import Unknowable

LOOKUP = "lookup"
"""The kind of a scalar that stands for a name without a value: the environment has the value."""

_KEPT = ("build", "environment", "env_file", "extends")
_PAIRS = ("args", "additional_contexts", "labels")


def canonical_service(tree: Tree, directory: Path) -> Tree:
    """What is asked of a service here, in one form: `build` a mapping, pairs as mappings, local paths absolute."""
    if not isinstance(tree, Table):
        return tree
    entries = {key: value for key, value in tree.entries.items() if key in _KEPT}
    if "build" in entries:
        entries["build"] = _canonical_build(entries["build"], directory)
    if "environment" in entries:
        entries["environment"] = _pairs(entries["environment"])
    return attrs.evolve(tree, entries=entries)


def _canonical_build(tree: Tree, directory: Path) -> Tree:
    if isinstance(tree, Scalar) and tree.kind != "null":
        tree = Table({"context": tree}, tree.place)
    if not isinstance(tree, Table):
        return tree
    entries = dict(tree.entries)
    for key in _PAIRS:
        if key in entries:
            entries[key] = _pairs(entries[key])
    if "context" in entries:
        entries["context"] = _map_text(entries["context"], lambda text: absolute_context(text, directory))
    contexts = entries.get("additional_contexts")
    if isinstance(contexts, Table):
        mapped = {
            key: _map_text(value, lambda text: absolute_context(text, directory))
            for key, value in contexts.entries.items()
        }
        entries["additional_contexts"] = attrs.evolve(contexts, entries=mapped)
    return attrs.evolve(tree, entries=entries)


def with_context(service: Tree, directory: Path) -> Tree:
    """A service with all its files merged, whose `build` has the directory for its context if it names none.

    What it may have from a service that could not be read is left open.
    """
    build = service.get("build") if isinstance(service, Table) and "extends" not in service.entries else None
    if not isinstance(build, Table) or not isinstance(service, Table):
        return service
    if build.get("context") is not None and not isinstance(build.entries["context"], Reset):
        return service
    return service.with_entry("build", build.with_entry("context", Scalar(str(directory), "str", build.place)))


def absolute_context(text: str, directory: Path) -> str:
    """A context as it is seen from anywhere.

    Raises:
        Unknowable: it is in somebody's home directory.
    """
    if text.startswith("~"):
        raise Unknowable(f"{text} is in a home directory")
    if "://" in text or text.startswith(("service:", "target:")) or is_remote(text):
        return text
    return str(absolute(directory, text))


def _map_text(tree: Tree, change: Callable[[str], str]) -> Tree:
    """A scalar with another text; one that has none, or whose change fails, says why when it is asked."""
    if not isinstance(tree, Scalar):
        return tree
    try:
        text = text_of(tree)
        return tree if text is None else attrs.evolve(tree, text=change(text), kind="str")
    except Unknowable as unknowable:
        return attrs.evolve(tree, why=unknowable.reason)


def _pairs(tree: Tree) -> Tree:
    """`[A=b, C]` or `{A: b, C: }` as a mapping; a name without a value is a `LOOKUP`."""
    if isinstance(tree, Table):
        return attrs.evolve(tree, entries={key: _lookup_if_null(value) for key, value in tree.entries.items()})
    if not isinstance(tree, Listing):
        return tree
    try:
        return Table(dict(map(_pair, tree.items)), tree.place, tree.replaces)
    except Unknowable as unknowable:
        return Scalar("", "", unknowable.place or tree.place, why=unknowable.reason, variables=_variables(tree))


def _pair(item: Tree) -> tuple[str, Tree]:
    if isinstance(item, Scalar) and item.why is not None and "$" not in item.text.partition("=")[0]:
        return item.text.partition("=")[0], item
    text = text_of(item) or ""
    assert isinstance(item, Scalar)
    name, separator, value = text.partition("=")
    return name, attrs.evolve(item, text=value, kind="str" if separator else LOOKUP)


def _lookup_if_null(tree: Tree) -> Tree:
    return attrs.evolve(tree, kind=LOOKUP) if isinstance(tree, Scalar) and tree.kind == "null" else tree


def _variables(listing: Listing) -> frozenset[str]:
    return frozenset().union(*(item.variables for item in listing.items if isinstance(item, Scalar)))


def merge(base: Tree | None, over: Tree) -> Tree:
    """`over` merged over `base`: mappings key by key, sequences one behind the other, scalars replaced.

    A `Reset` stays, for what the result may be merged over in its turn; `without_resets` ends that.
    """
    if base is None or isinstance(base, Reset) or isinstance(over, Reset):
        return over
    if isinstance(over, Scalar):
        return base if over.kind == "null" else over
    if over.replaces or type(base) is not type(over):
        is_open = isinstance(base, Scalar) and base.why is not None and not over.replaces
        return base if is_open else over
    if isinstance(base, Listing) and isinstance(over, Listing):
        return attrs.evolve(over, items=base.items + over.items)
    assert isinstance(base, Table)
    assert isinstance(over, Table)
    entries = {key: merge(base.entries.get(key), value) for key, value in over.entries.items()}
    return attrs.evolve(base, entries={**base.entries, **entries})


def without_resets(tree: Tree) -> Tree:
    """A tree that is merged over nothing more."""
    if not isinstance(tree, Table):
        return tree
    entries = {key: without_resets(value) for key, value in tree.entries.items() if not isinstance(value, Reset)}
    return attrs.evolve(tree, entries=entries)
