"""The files of a container as a tree: looked at one by one, and fetched where they are copied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from stagegraph.backends.files.nodes import Entry, File, Folder, Node
from stagegraph.backends.files.tree import Tree, entries_below

Look = Callable[[str], Node | None]
"""What stands at a path: its kind, and where a link leads."""
Fetch = Callable[[str], Iterable[tuple[str, Node]]]
"""Everything at a path that is there, and below it, by absolute path."""


class ContainerTree(Tree):
    """A complete tree of which an engine knows the entries. What it said is remembered."""

    def __init__(self, look: Look, fetch: Fetch) -> None:
        self._look = look
        self._fetch = fetch
        self._kinds: dict[str, Node | None] = {"/": Folder()}
        self._fetched: dict[str, dict[str, Entry]] = {}

    def kind(self, path: str) -> Entry | None:
        if path not in self._kinds:
            self._kinds[path] = self._look(path)
        node = self._kinds[path]
        return None if node is None else Entry(node)

    def get(self, path: str) -> Entry | None:
        known = self.kind(path)
        if known is None or not isinstance(known.node, File):
            return known
        return self._entries(path).get(path)

    def below(self, folder: str) -> Iterator[tuple[str, Entry]]:
        return entries_below(self._entries(folder), folder)

    def perhaps(self, path: str) -> tuple[int, ...]:  # noqa: ARG002 - what the engine does not know is not there
        return ()

    def _entries(self, path: str) -> dict[str, Entry]:
        if path not in self._fetched:
            self._fetched[path] = {one: Entry(node) for one, node in self._fetch(path)}
        return self._fetched[path]
