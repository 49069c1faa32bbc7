"""Trees: paths, links, what may be there."""

from __future__ import annotations

import pytest

from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link, Unknown
from stagegraph.backends.files.tree import FileTree, LoopError

TREE = FileTree(
    {
        "/a": Entry(Folder()),
        "/a/f": Entry(File(Bytes(b""))),
        "/up": Entry(Link("..")),
        "/a/here": Entry(Link("f")),
        "/abs": Entry(Link("/a/f")),
        "/chain": Entry(Link("abs")),
        "/ring": Entry(Link("ring")),
    }
)


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/a/f", "/a/f"),
        ("/a/../a/./f", "/a/f"),
        ("/../../a", "/a"),
        ("/up/a", "/a"),
        ("/a/here", "/a/f"),
        ("/chain", "/a/f"),
        ("/nothing/at/all", "/nothing/at/all"),
        ("/", "/"),
    ],
)
def test_where_links_lead(path, place):
    assert TREE.resolve(path) == place


def test_a_ring():
    with pytest.raises(LoopError):
        TREE.resolve("/ring")


def test_what_stands_in_a_folder():
    assert TREE.names("/a") == ["f", "here"]
    assert TREE.names("/") == ["a", "abs", "chain", "ring", "up"]
    assert [path for path, _ in TREE.below("/a")] == ["f", "here"]


def test_the_root_is_a_folder():
    assert isinstance(TREE.get("/").node, Folder)
    assert TREE.get("/nothing") is None


def test_what_may_be_there():
    assert TREE.perhaps("/x") == ()
    assert FileTree(makers=(1, 2)).perhaps("/x") == (1, 2)
    tree = FileTree({"/d": Entry(Unknown(), (3,)), "/e": Entry(Folder()), "/e/*": Entry(Unknown(), (4,))})
    assert [tree.perhaps(path) for path in ("/d/x", "/d", "/e/x/y", "/e", "/f")] == [(3,), (3,), (4,), (), ()]


def test_a_run_may_change_everything():
    after = TREE.after_unknown_changes(5)
    assert after.makers == (5,)
    assert all(entry.uncertain == (5,) for entry in after.entries.values())
    unknown = FileTree({"/u": Entry(Unknown(), (1,))}).after_unknown_changes(5)
    assert unknown.entries["/u"] == Entry(Unknown(), (1, 5))
