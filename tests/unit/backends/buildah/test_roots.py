"""The files of a container, looked at from this machine."""

from __future__ import annotations

import os

import pytest

from stagegraph.backends.buildah.roots import MountedRoot
from stagegraph.backends.files.nodes import File, Folder, Link


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "root"
    (root / "d/e").mkdir(parents=True)
    (root / "d/f").write_text("hello")
    (root / "d/f").chmod(0o640)
    (root / "d/e").chmod(0o2750)
    (root / "away").symlink_to("/d/")
    (root / "dots").symlink_to(".//d/./f")
    os.mkfifo(root / "fifo")
    (tmp_path / "secret").write_text("no")
    (root / "out").symlink_to(tmp_path)
    (root / "up").symlink_to("..")
    return root


@pytest.fixture
def root(folder):
    return MountedRoot(folder)


def test_what_stands_at_a_path(root):
    assert isinstance(root.look("/"), Folder)
    file = root.look("/d/f")
    assert isinstance(file, File)
    assert (file.mode, file.content.size, file.owner.user) == (0o640, 5, os.getuid())
    assert root.look("/d/e").mode == 0o2750
    assert root.look("/away").target == "/d/"
    assert root.look("/dots").target == ".//d/./f"


@pytest.mark.parametrize("path", ["/none", "/d/f/x", "/fifo"])
def test_what_is_not_there(path, root):
    assert root.look(path) is None
    assert list(root.fetch(path)) == []


@pytest.mark.parametrize("path", ["/out/secret", "/up/secret", "/away/f", "/out/root/d/f"])
def test_nothing_is_seen_through_a_link(path, root):
    assert root.look(path) is None
    assert list(root.fetch(path)) == []
    root.remove_empty([path])


def test_everything_below_a_folder_comes_after_it(root):
    found = dict(root.fetch("/d"))
    assert list(found) == ["/d", "/d/e", "/d/f"]
    with found["/d/f"].content.open() as stream:
        assert stream.read() == b"hello"
    assert [path for path, node in root.fetch("/") if isinstance(node, Link)] == ["/away", "/dots", "/out", "/up"]


def test_only_what_is_empty_is_removed(root, folder):
    (folder / "empty").write_text("")
    (folder / "d/e/empty").write_text("")
    root.remove_empty(["/empty", "/d", "/d/f", "/none", "/away", "/d/e", "/d/e/empty", "/d/e", "/d"])
    assert sorted(path.name for path in folder.rglob("*")) == ["away", "d", "dots", "f", "fifo", "out", "up"]


def test_a_root_that_is_reached_through_a_link(folder, tmp_path):
    (tmp_path / "alias").symlink_to(folder)
    assert MountedRoot(tmp_path / "alias").look("/d/f") is not None
