"""Clearing away: what a build made on its way, and what a build that was killed has left behind."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir, mkdtemp

from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.buildah.names import is_abandoned, owned_prefix
from stagegraph.backends.buildah.processes import Ending

_LARGE = "/var/tmp"  # noqa: S108 - where Buildah itself puts what may be large
_ATTEMPTS = 2


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder for the temporary files of one build, Buildah's own included."""
    parent = Path(os.environ.get("TMPDIR") or (_LARGE if os.access(_LARGE, os.W_OK) else gettempdir()))
    for left in parent.glob("stagegraph-*"):
        if is_abandoned(left.name):
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(mkdtemp(prefix=owned_prefix(), dir=parent))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def cleared_away(buildah: Buildah, made: Sequence[str], lent: Sequence[str], *, keep: bool) -> Iterator[None]:
    """When the block ends, containers that are `lent` and images that were `made` go; with `keep` images stay."""
    try:
        yield
    finally:
        end_processes(buildah)
        remove(buildah, "rm", lent)
        if not keep:
            remove(buildah, "rmi", tuple(reversed(made)))


def end_processes(buildah: Buildah) -> None:
    """Ends processes of a Buildah that was killed: it leaves the folder from which its runtime began them."""
    for bundle in buildah.folder.glob("buildah[0-9]*"):
        if (bundle / "config.json").is_file():
            buildah.end_process(f"buildah-{bundle.name}")


def sweep(buildah: Buildah) -> None:
    """Removes containers and images of builds on this machine whose process is gone."""
    containers = [str(one["containername"]) for one in _listed(buildah.attempt("containers", "--json"))]
    remove(buildah, "rm", [name for name in containers if is_abandoned(name)])
    images = [one.get("names") for one in _listed(buildah.attempt("images", "--json"))]
    names = [str(name) for all_of_one in images if isinstance(all_of_one, list) for name in all_of_one]
    remove(buildah, "rmi", [name for name in names if is_abandoned(name)])


def remove(buildah: Buildah, command: str, things: Sequence[str], *options: str) -> None:
    """Removes things, one by one where that cannot be done in one go; what is gone is no matter.

    On a full disk Buildah makes room, cannot write down that it has, and can when it is asked again.
    """
    if things and buildah.attempt(command, *options, *things).exit_code:
        for thing in things:
            any(not buildah.attempt(command, *options, thing).exit_code for _ in range(_ATTEMPTS))


def _listed(ending: Ending) -> list[dict[str, object]]:
    with suppress(ValueError):
        things = json.loads(ending.output or b"[]")
        if isinstance(things, list):
            return [one for one in things if isinstance(one, dict)]
    return []
