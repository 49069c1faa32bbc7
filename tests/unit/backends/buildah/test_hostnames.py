"""`/etc/hostname` belongs to the image while BuildKit runs a command."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from stagegraph.backends.buildah.hostnames import HostName
from stagegraph.backends.buildah.roots import MountedRoot


@pytest.fixture
def root(tmp_path):
    (tmp_path / "root/etc").mkdir(parents=True)
    return tmp_path / "root"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "build").mkdir()
    return tmp_path / "build"


def saved(name: HostName) -> list[tuple[str, int, bytes]]:
    found = []

    def extract(archive):
        with tarfile.open(fileobj=archive) as content:
            found.extend((member.name, member.mode, content.extractfile(member).read()) for member in content)

    name.save(extract)
    return found


def mounted(name: HostName) -> Path:
    return Path(name.volumes["/etc/hostname"])


@pytest.mark.parametrize("content", [None, "box\n"])
def test_a_file_that_is_left_alone_is_not_saved(content, root, folder):
    if content is not None:
        (root / "etc/hostname").write_text(content)
    name = HostName(MountedRoot(root), folder)
    assert mounted(name).read_text() == (content or "")
    assert saved(name) == []


@pytest.mark.parametrize(("before", "mode"), [(None, 0o644), ("box\n", 0o600)])
def test_what_a_command_writes_is_saved(before, mode, root, folder):
    if before is not None:
        (root / "etc/hostname").write_text(before)
        (root / "etc/hostname").chmod(mode)
    name = HostName(MountedRoot(root), folder)
    mounted(name).write_text("mine\n")
    assert saved(name) == [("etc/hostname", mode, b"mine\n")]
