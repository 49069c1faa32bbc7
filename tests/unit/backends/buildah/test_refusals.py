"""What is refused, with the instruction and its place."""

from __future__ import annotations

import pytest

from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.buildah.refusals import refuse
from stagegraph.backends.progress import Cancellation
from stagegraph.errors import UnsupportedError

from .conftest import build_of

SCRIPT = "FROM scratch\nRUN <<E\n#!/bin/awk -f\nE\n"


def refused(text: str, fake, folder, builder: str = "buildkit", **options) -> UnsupportedError:
    with pytest.raises(UnsupportedError) as caught:
        refuse(build_of(text, builder, **options), Buildah(fake, folder, Cancellation()), "buildah")
    return caught.value


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("RUN --mount=type=secret,id=x true", "there is no --mount=type=secret"),
        ("RUN --mount=type=cache,target=/c true", "there is no --mount=type=cache"),
        ("RUN --security=insecure true", "there is no --security=insecure"),
        ("ADD https://h/f /", "nothing is fetched"),
    ],
)
def test_what_every_engine_with_containers_refuses(instruction, reason, fake, tmp_path):
    error = refused(f"FROM scratch AS a\nCOPY x /\nFROM a\n{instruction}\n", fake, tmp_path)
    assert error.message.endswith(f": {reason}")
    assert error.span is not None
    assert error.span.first_line == 4


def test_what_the_legacy_builder_would_fetch(fake, tmp_path):
    error = refused("FROM scratch\nADD https://h/f /\n", fake, tmp_path, "legacy")
    assert error.message == "the backend buildah cannot carry out Step 2/2 : ADD https://h/f /: nothing is fetched"


def test_a_script_has_no_place_in_a_chroot(fake, tmp_path, monkeypatch):
    refuse(build_of(SCRIPT), Buildah(fake, tmp_path, Cancellation()), "buildah")
    monkeypatch.setenv("BUILDAH_ISOLATION", "chroot")
    assert "BUILDAH_ISOLATION=chroot" in refused(SCRIPT, fake, tmp_path).message


def test_a_chroot_without_a_network_needs_a_program(fake, tmp_path, monkeypatch):
    monkeypatch.setenv("BUILDAH_ISOLATION", "chroot")
    monkeypatch.setenv("PATH", str(tmp_path))
    text = "FROM scratch\nRUN true\n"
    error = refused(text, fake, tmp_path, network="none")
    assert error.message.endswith(": without a network it needs the program unshare")
    refuse(build_of(text), Buildah(fake, tmp_path, Cancellation()), "buildah")
