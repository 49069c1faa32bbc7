"""How a `RUN` is said: everything is a word of its own."""

from __future__ import annotations

import pytest

from stagegraph.backends.buildah.invocations import network_of, run_words, wrapper_of
from stagegraph.planning.operations import RunOperation
from stagegraph.stages.options import Builder

from .conftest import build_of


def run_of(text: str, builder: str = "buildkit") -> RunOperation:
    (run,) = (
        one for step in build_of(text, builder).plan.steps for one in step.operations if isinstance(one, RunOperation)
    )
    return run


def test_a_run_of_buildkits():
    run = run_of("FROM scratch\nENV A='x y;$(z)'\nUSER me:us\nWORKDIR /w\nRUN echo \"$A\" && rm -rf /\n")
    assert run_words("c", run, Builder.BUILDKIT, "none", {"/in": "/out"}) == (
        "run",
        "--cap-add=CAP_AUDIT_WRITE,CAP_MKNOD,CAP_NET_RAW",
        "--workingdir=/w",
        "--hostname=buildkitsandbox",
        "--user=me:us",
        "--network=none",
        "--env=PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "--env=A=x y;$(z)",
        "--volume=/out:/in",
        "c",
        "--",
        "/bin/sh",
        "-c",
        'echo "$A" && rm -rf /',
    )


def test_a_run_of_the_legacy_builders_has_the_name_of_its_container_and_the_usual_network():
    words = run_words("c", run_of('FROM scratch\nRUN ["--version"]\n', "legacy"), Builder.LEGACY, "default", {})
    assert [word for word in words if word.startswith(("--hostname", "--user", "--network"))] == []
    assert words[-3:] == ("c", "--", "--version")


def test_the_network_of_a_run_comes_before_that_of_the_build():
    assert network_of(run_of("FROM scratch\nRUN --network=host x\n"), "none") == "host"
    assert network_of(run_of("FROM scratch\nRUN x\n"), "none") == "none"


@pytest.mark.parametrize(
    ("isolation", "network", "user", "wrapper"),
    [
        ("oci", "none", 0, ()),
        ("chroot", "default", 0, ()),
        ("chroot", "none", 0, ("unshare", "--net")),
        ("chroot", "none", 1, ("buildah", "unshare", "unshare", "--net")),
    ],
)
def test_a_chroot_has_a_network_only_through_unshare(isolation, network, user, wrapper, monkeypatch):
    monkeypatch.setattr("os.geteuid", lambda: user)
    assert wrapper_of(isolation, network) == wrapper
