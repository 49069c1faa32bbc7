"""A container of somebody who is not root: Python is started inside, here without a user namespace."""

from __future__ import annotations

import os
import subprocess

import pytest

from stagegraph.backends.buildah.processes import Ending
from stagegraph.backends.buildah.roots import MountedRoot
from stagegraph.backends.buildah.unshared import UnsharedRoot
from stagegraph.backends.files.nodes import File, Folder, Link


@pytest.fixture
def folder(tmp_path):
    root = tmp_path / "root"
    (root / "d").mkdir(parents=True)
    (root / "d/f").write_text("hello")
    (root / "d/f").chmod(0o640)
    (root / "empty").touch()
    (root / "l\udcff").symlink_to("d/\udcff")
    return root


@pytest.fixture
def inside(fake, folder):
    """What is called inside, word for word."""
    calls = []

    def unshare(words):
        _, mounted, *command = words
        name, _, container = mounted.removeprefix("--mount=").partition("=")
        assert container == "c"
        calls.append(command[4:])
        done = subprocess.run(command, env={**os.environ, name: str(folder)}, capture_output=True, check=False)
        return Ending(done.returncode, done.stdout, done.stderr.decode())

    fake.answers["unshare"] = unshare
    return calls


@pytest.fixture
def root(buildah, inside):
    assert inside == []
    return UnsharedRoot(buildah, "c")


def test_it_sees_what_a_root_that_is_mounted_sees(root, folder, inside):
    mounted = MountedRoot(folder)
    file, seen = mounted.look("/d/f"), root.look("/d/f")
    assert isinstance(seen, File)
    assert (seen.mode, seen.modified, seen.content.size) == (file.mode, file.modified, 5)
    assert isinstance(root.look("/d"), Folder)
    assert root.look("/l\udcff") == Link("d/\udcff")
    assert root.look("/none") is None
    assert isinstance(root.look("/"), Folder)
    assert inside == [["list"]]


def test_files_come_with_their_bytes_and_are_not_lent(root, folder):
    found = dict(root.fetch("/d"))
    assert set(found) == {"/d", "/d/f"}
    (folder / "d/f").unlink()
    with found["/d/f"].content.open() as stream:
        assert stream.read() == b"hello"
    assert found["/d/f"].owner.user == os.stat(folder).st_uid  # noqa: PTH116 - as it is seen outside
    assert not root.lends


def test_what_is_not_there_is_nothing(root):
    assert dict(root.fetch("/none")) == {}


def test_what_is_removed_is_not_remembered(root, folder):
    assert root.look("/empty") is not None
    root.remove_empty(["/empty", "/d"])
    assert root.look("/empty") is None
    assert (folder / "d").exists()
