"""YAML text → trees with places: bounded, with anchors and merge keys followed, nothing constructed.

The text is read by ruamel.yaml as YAML 1.2 and only composed: no tag of a file makes an object.
Aliases share their nodes, and what they multiply is counted against `MAX_NODES`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from stagegraph.projects.declared import Place
from stagegraph.projects.limits import MAX_DEPTH, MAX_NODES
from stagegraph.projects.unknowable import Unknowable

_CORE = "tag:yaml.org,2002:"
_MERGE = _CORE + "merge"


@attrs.frozen
class Scalar:
    """One value as it is written, with the tag that YAML 1.2 gives it (`str`, `int`, `bool`, `null`, …).

    `why` says why the text is not known; `variables` are those of the environment that can change it.
    """

    text: str
    kind: str
    place: Place
    why: str | None = None
    variables: frozenset[str] = frozenset()


@attrs.frozen
class Listing:
    """A sequence; with `replaces`, one that takes the place of what it is merged over (`!override`)."""

    items: tuple[Tree, ...]
    place: Place
    replaces: bool = False


@attrs.frozen
class Table:
    """A mapping, merge keys followed; `replaces` as in `Listing`."""

    entries: Mapping[str, Tree]
    place: Place
    replaces: bool = False

    def get(self, key: str) -> Tree | None:
        """The value under `key`, None if there is none or it is `null`."""
        found = self.entries.get(key)
        return None if isinstance(found, Scalar) and found.kind == "null" else found

    def with_entry(self, key: str, value: Tree) -> Table:
        """The same with another value under `key`."""
        return attrs.evolve(self, entries={**self.entries, key: value})


@attrs.frozen
class Reset:
    """A value with `!reset`: what it is merged over is taken away."""

    place: Place


Tree = Scalar | Listing | Table | Reset


def read_yaml(text: str, path: Path) -> tuple[Tree, ...]:
    """The documents of a YAML text.

    Raises:
        Unknowable: it is no YAML, says a key twice, or goes beyond a limit.
    """
    return tuple(_Converter(path).convert(node) for node in _compose(text, path))


def _compose(text: str, path: Path) -> list[Any]:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    try:
        return [node for node in YAML(typ="safe", pure=True).compose_all(text) if node is not None]
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        raise Unknowable(f"it is not YAML: {error.problem or error.context}", Place(path, line)) from None
    except (YAMLError, ValueError) as error:
        raise Unknowable(f"it is not YAML: {str(error).splitlines()[0]}", Place(path, 1)) from None
    except RecursionError:
        raise Unknowable("it is nested too deeply, a limit of stagegraph", Place(path, 1)) from None


class _Converter:
    """One file's nodes → trees; counts them."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._left = MAX_NODES

    def convert(self, node: Any, depth: int = 0, place: Place | None = None) -> Tree:  # noqa: ANN401 -- ruamel has no types for its nodes
        """The tree of a node, at `place` (its key's, if it has one) or where it begins."""
        place = place or self._place(node)
        self._left -= 1
        if self._left < 0:
            raise Unknowable(f"it has more than {MAX_NODES} values, a limit of stagegraph", place)
        if depth > MAX_DEPTH:
            raise Unknowable(f"it is nested more than {MAX_DEPTH} deep, a limit of stagegraph", place)
        tag = str(node.tag or "")
        if tag == "!reset":
            return Reset(place)
        if node.id == "scalar":
            return Scalar(node.value, tag.removeprefix(_CORE), place)
        replaces = tag == "!override"
        if node.id == "sequence":
            return Listing(tuple(self.convert(item, depth + 1) for item in node.value), place, replaces)
        return Table(self._entries(node, place, depth), place, replaces)

    def _place(self, node: Any) -> Place:  # noqa: ANN401
        return Place(self._path, node.start_mark.line + 1)

    def _entries(self, node: Any, place: Place, depth: int) -> dict[str, Tree]:  # noqa: ANN401
        written: dict[str, Tree] = {}
        merged: dict[str, Tree] = {}
        for key, value in node.value:
            if key.id != "scalar":
                raise Unknowable("a key is no scalar", place)
            if key.tag == _MERGE:
                for table in self._merged_tables(value, place, depth):
                    merged = {**table.entries, **merged}
            elif key.value in written:
                raise Unknowable(f"the key {key.value} is there twice", self._place(key))
            else:
                written[key.value] = self.convert(value, depth + 1, self._place(key))
        return {**merged, **written}

    def _merged_tables(self, value: Any, place: Place, depth: int) -> Iterator[Table]:  # noqa: ANN401
        for node in value.value if value.id == "sequence" else [value]:
            table = self.convert(node, depth + 1)
            if not isinstance(table, Table):
                raise Unknowable("<< asks for a mapping", place)
            yield table
