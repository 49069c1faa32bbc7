"""What a `RUN` stands on is left as the builder of the plan leaves it."""

from __future__ import annotations

import pytest

from stagegraph.backends.buildah.roots import MountedRoot
from stagegraph.backends.buildah.stubs import Stubs
from stagegraph.stages.options import Builder

MADE_BY_BUILDAH = ("dev/", "proc/", "sys/", "etc/hosts", "etc/resolv.conf", "etc/hostname", "run/.containerenv")


def make(folder, paths):
    for path in paths:
        place = folder / path
        (place if path.endswith("/") else place.parent).mkdir(parents=True, exist_ok=True)
        if not path.endswith("/"):
            place.touch()


def names(folder):
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


@pytest.mark.parametrize(("builder", "left"), [(Builder.BUILDKIT, ["dev", "proc", "sys"]), (Builder.LEGACY, [])])
def test_what_was_not_there_goes(builder, left, tmp_path):
    stubs = Stubs(MountedRoot(tmp_path), builder)
    make(tmp_path, MADE_BY_BUILDAH)
    stubs.remove()
    assert names(tmp_path) == left


@pytest.mark.parametrize("builder", Builder)
def test_what_was_there_stays(builder, tmp_path):
    make(tmp_path, MADE_BY_BUILDAH)
    before = names(tmp_path)
    Stubs(MountedRoot(tmp_path), builder).remove()
    assert names(tmp_path) == before


@pytest.mark.parametrize("builder", Builder)
def test_what_the_command_wrote_stays(builder, tmp_path):
    stubs = Stubs(MountedRoot(tmp_path), builder)
    make(tmp_path, ("etc/mine", "run/lock/", "dev/null"))
    stubs.remove()
    assert names(tmp_path) == ["dev", "dev/null", "etc", "etc/mine", "run", "run/lock"]
