"""A file that takes the place of one of the same size and second is dated later."""

from __future__ import annotations

import io
import os
import tarfile

import pytest

from stagegraph.backends.buildah.roots import MountedRoot
from stagegraph.backends.buildah.times import told_apart

SECOND = 1_600_000_000


def archive(**times: float) -> io.BytesIO:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.PAX_FORMAT) as content:
        for name, time in times.items():
            member = tarfile.TarInfo(name)
            member.size, member.mtime, member.uid = 3, time, 12
            content.addfile(member, io.BytesIO(b"new"))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "x" * 200
        content.addfile(link)
    stream.seek(0)
    return stream


@pytest.fixture
def root(tmp_path):
    (tmp_path / "x").write_text("old")
    os.utime(tmp_path / "x", (SECOND, SECOND))
    return MountedRoot(tmp_path)


@pytest.mark.parametrize("time", [SECOND, SECOND + 0.75])
def test_one_that_could_be_taken_for_the_other(time, root):
    with told_apart(archive(x=time, y=time), root) as apart, tarfile.open(fileobj=apart) as content:
        one, other, link = content.getmembers()
        assert (int(one.mtime), one.uid, one.size) == (SECOND + 1, 12, 3)
        assert other.mtime == time
        assert link.linkname == "x" * 200
        assert content.extractfile(one).read() == b"new"


@pytest.mark.parametrize("time", [SECOND - 1, SECOND + 1])
def test_others_come_as_they_are(time, root):
    given = archive(x=time)
    with told_apart(given, root) as apart:
        assert apart is given
        assert given.tell() == 0


def test_one_of_another_size_comes_as_it_is(root, tmp_path):
    (tmp_path / "x").write_text("older")
    os.utime(tmp_path / "x", (SECOND, SECOND))
    given = archive(x=SECOND)
    with told_apart(given, root) as apart:
        assert apart is given
