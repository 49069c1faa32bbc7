"""A build context on disk."""

from __future__ import annotations

import os
import socket

import pytest

from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import InputError


@pytest.fixture
def root(tmp_path):
    for name in ("a.txt", "b/c.txt", "b/d/e.txt", "empty/.keep"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "empty/.keep").unlink()
    return tmp_path


def paths(directory: ContextDirectory) -> list[str]:
    return [entry.path for entry in directory.entries()]


def test_everything_is_seen_in_order(root):
    assert paths(ContextDirectory.open(root)) == ["a.txt", "b", "b/c.txt", "b/d", "b/d/e.txt", "empty"]


def test_what_is_known_of_an_entry(root):
    (root / "a.txt").chmod(0o640)
    (root / "link").symlink_to("../outside")
    entries = {entry.path: entry for entry in ContextDirectory.open(root).entries()}
    assert (entries["a.txt"].mode, entries["a.txt"].size, entries["a.txt"].is_folder) == (0o640, 5, False)
    assert entries["b"].is_folder
    assert entries["link"].is_link
    assert entries["link"].target == "../outside"


def test_links_are_not_followed(root, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret").write_text("s")
    (root / "link").symlink_to(outside)
    assert [path for path in paths(ContextDirectory.open(root)) if "secret" in path] == []


def test_ignored_files_are_not_there(root):
    (root / ".dockerignore").write_text("b\n!b/d/e.txt\nempty\n")
    assert paths(ContextDirectory.open(root)) == [".dockerignore", "a.txt", "b", "b/d", "b/d/e.txt"]


def test_an_ignored_folder_is_not_read(root):
    (root / ".dockerignore").write_text("b\n")
    (root / "b").chmod(0)
    try:
        assert paths(ContextDirectory.open(root)) == [".dockerignore", "a.txt", "empty"]
    finally:
        (root / "b").chmod(0o700)


def test_the_ignore_file_of_a_dockerfile_comes_first(root):
    (root / ".dockerignore").write_text("a.txt\n")
    (root / "x.Dockerfile.dockerignore").write_text("b\nx.*\n.docker*\n")
    assert paths(ContextDirectory.open(root, root / "x.Dockerfile")) == ["a.txt", "empty"]
    assert "a.txt" not in paths(ContextDirectory.open(root, root / "Dockerfile"))


def test_sockets_and_pipes_are_left_out(root):
    os.mkfifo(root / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "socket"))
        assert {"pipe", "socket"}.isdisjoint(paths(ContextDirectory.open(root)))


@pytest.mark.parametrize(("name", "reason"), [("nothing", "no such file or directory"), ("a.txt", "not a directory")])
def test_a_context_that_is_none(root, name, reason):
    with pytest.raises(InputError, match=f"the build context .*{name}: {reason}"):
        ContextDirectory.open(root / name)


def test_a_malformed_ignore_file(root):
    (root / ".dockerignore").write_text("[\n")
    with pytest.raises(InputError, match=r"error from \.dockerignore: syntax error in pattern"):
        ContextDirectory.open(root)


def test_a_folder_that_vanishes(root):
    context = ContextDirectory.open(root)
    entries = context.entries()
    next(entries)
    for name in ("b/d/e.txt", "b/c.txt"):
        (root / name).unlink()
    (root / "b/d").rmdir()
    (root / "b").rmdir()
    with pytest.raises(InputError, match="no such file or directory"):
        list(entries)
