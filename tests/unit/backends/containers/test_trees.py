"""The files of a container as a tree."""

from __future__ import annotations

import pytest

from stagegraph.backends.containers.trees import ContainerTree
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link

NODES = {
    "/d": Folder(0o750),
    "/d/a": File(Bytes(b"1")),
    "/d/e": Folder(),
    "/d/e/b": File(Bytes(b"2")),
    "/link": Link("/d"),
    "/dd": File(Bytes(b"3")),
}


class Asked:
    """An engine that knows some nodes, and a record of what it was asked."""

    def __init__(self):
        self.looked = []
        self.fetched = []
        self.tree = ContainerTree(self.look, self.fetch)

    def look(self, path):
        self.looked.append(path)
        node = NODES.get(path)
        return File(Bytes(b"")) if isinstance(node, File) else node

    def fetch(self, path):
        self.fetched.append(path)
        return [(one, node) for one, node in NODES.items() if one == path or one.startswith(f"{path}/")]


@pytest.fixture
def asked():
    return Asked()


@pytest.mark.parametrize("path", ["/d", "/link", "/none"])
def test_folders_links_and_nothing_are_looked_at_once(asked, path):
    expected = Entry(NODES[path]) if path in NODES else None
    assert [asked.tree.get(path), asked.tree.kind(path), asked.tree.get(path)] == [expected] * 3
    assert (asked.looked, asked.fetched) == ([path], [])


def test_what_a_file_holds_is_fetched_once(asked):
    assert asked.tree.kind("/d/a") == Entry(File(Bytes(b"")))
    assert asked.fetched == []
    assert [asked.tree.get("/d/a")] * 2 == [Entry(NODES["/d/a"])] * 2
    assert asked.fetched == ["/d/a"]


def test_a_folder_is_fetched_as_a_whole_and_once(asked):
    below = {path: entry.node for path, entry in asked.tree.below("/d")}
    assert below == {"a": NODES["/d/a"], "e": NODES["/d/e"], "e/b": NODES["/d/e/b"]}
    assert asked.tree.names("/d") == ["a", "e"]
    assert asked.fetched == ["/d"]


def test_the_root_is_a_folder_and_nobody_is_asked(asked):
    assert asked.tree.get("/") == Entry(Folder())
    assert asked.looked == []


def test_links_on_the_way_are_followed(asked):
    assert asked.tree.resolve("/link/e/../a") == "/d/a"


def test_what_is_not_there_nobody_can_have_made(asked):
    assert asked.tree.perhaps("/none") == ()
