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
    assert (found.mode, found.owner.text, found.content.read()) == (0o751, "0:0", b"hello")
    assert found.content.digest == hashlib.sha256(b"hello").hexdigest()


def test_no_context_is_empty():
    assert tree_of_context(None).entries == {}


def test_a_file_that_goes_away(tmp_path):
    (tmp_path / "f").write_text("x")
    tree = tree_of_context(ContextDirectory.open(tmp_path))
    (tmp_path / "f").unlink()
    content = tree.entries["/f"].node.content
    with pytest.raises(InputError, match="no such file"):
        content.read()
    with pytest.raises(InputError, match="no such file"):
        _ = content.digest
