"""How a `RUN` is said to Buildah."""

from __future__ import annotations

from collections.abc import Mapping

from stagegraph.backends.buildah.commands import PROGRAM, is_root
from stagegraph.planning.operations import RunOperation
from stagegraph.stages.options import Builder

CHROOT = "chroot"
"""The isolation that knows neither networks of its own nor a `/dev` of its own."""
_DOCKERS_CAPABILITIES = "CAP_AUDIT_WRITE,CAP_MKNOD,CAP_NET_RAW"  # those that Buildah leaves out
_BUILDKITS_HOST_NAME = "buildkitsandbox"
_NO_NETWORK = ("unshare", "--net")  # of util-linux


def run_words(
    container: str, run: RunOperation, builder: Builder, network: str, volumes: Mapping[str, str]
) -> tuple[str, ...]:
    """The command that runs a `RUN` in a container; `volumes` are places of this machine by path in it."""
    words = ["run", f"--cap-add={_DOCKERS_CAPABILITIES}", f"--workingdir={run.directory}"]
    if builder is Builder.BUILDKIT:
        words.append(f"--hostname={_BUILDKITS_HOST_NAME}")
    if run.user:
        words.append(f"--user={run.user}")
    if network != "default":
        words.append(f"--network={network}")
    words += [f"--env={name}={value}" for name, value in run.environment()]
    words += [f"--volume={place}:{path}" for path, place in volumes.items()]
    return (*words, container, "--", *run.words)


def network_of(run: RunOperation, network: str) -> str:
    """The network of a `RUN`: its own, or that of the build."""
    return run.network if run.network != "default" else network


def wrapper_of(isolation: str, network: str) -> tuple[str, ...]:
    """The program that starts Buildah: in a chroot a process has the network of Buildah itself."""
    if isolation != CHROOT or network != "none":
        return ()
    return _NO_NETWORK if is_root() else (PROGRAM, "unshare", *_NO_NETWORK)
