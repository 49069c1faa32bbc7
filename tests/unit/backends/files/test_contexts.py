"""The build context as a tree."""

from __future__ import annotations

import hashlib

import pytest

from stagegraph.backends.files.contexts import tree_of_context
from stagegraph.backends.files.nodes import File, Folder, Link
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import InputError


def test_everything_belongs_to_root(tmp_path):
    (tmp_path / "d").mkdir(mode=0o700)
    (tmp_path / "d/f").write_text("hello")
    (tmp_path / "d/f").chmod(0o751)
    (tmp_path / "l").symlink_to("d")
    nodes = {path: entry.node for path, entry in tree_of_context(ContextDirectory.open(tmp_path)).entries.items()}
    assert nodes["/d"] == Folder(0o700)
    assert nodes["/l"] == Link("d")
    found = nodes["/d/f"]
    assert isinstance(found, File)
    with found.content.open() as stream:
        assert (found.mode, found.owner.text, stream.read()) == (0o751, "0:0", b"hello")
    assert found.content.digest == hashlib.sha256(b"hello").hexdigest()


def test_no_context_is_empty():
    assert tree_of_context(None).entries == {}


def test_a_link_that_has_taken_the_place_of_a_file_is_not_followed(tmp_path):
    (tmp_path / "f").write_text("x")
    content = tree_of_context(ContextDirectory.open(tmp_path)).entries["/f"].node.content
    (tmp_path / "f").unlink()
    (tmp_path / "f").symlink_to("/etc/hostname")
    with pytest.raises(InputError, match="too many levels of symbolic links"):
        content.open()


def test_a_file_that_goes_away(tmp_path):
    (tmp_path / "f").write_text("x")
    tree = tree_of_context(ContextDirectory.open(tmp_path))
    (tmp_path / "f").unlink()
    content = tree.entries["/f"].node.content
    with pytest.raises(InputError, match="no such file"):
        content.open()
    with pytest.raises(InputError, match="no such file"):
        _ = content.digest
