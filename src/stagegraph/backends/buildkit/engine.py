"""Small things that the command line of Docker is asked for beside a build."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Collection, Sequence

import attrs

from stagegraph.backends.buildkit.command import LEGACY
from stagegraph.errors import BackendError, UnsupportedError

_SHORT = 12
_OF_THE_LEGACY_BUILDER = "--force-rm"  # BuildKit's command hides it
_LOG = 'time="'
_PREFIXES = ("ERROR: ", "Error response from daemon: ", "Error: ")


@attrs.frozen
class DockerCommand:
    """The program `docker`, by its path."""

    program: str

    def require_legacy_builder(self) -> None:
        """Sees that `docker build` can be the legacy builder's.

        Raises:
            UnsupportedError: this command knows BuildKit alone.
        """
        if _OF_THE_LEGACY_BUILDER not in self._ask("build", "--help").stdout:
            raise UnsupportedError(
                "this command docker has no legacy builder any more; its plans run with the backend docker or buildah"
            )

    def images(self) -> frozenset[str]:
        """The short ids of all images of the engine, those without names included.

        Raises:
            BackendError: there is no engine.
        """
        done = self._ask("image", "ls", "--all", "--quiet", "--no-trunc")
        if done.returncode:
            raise BackendError(reason_in(done.stderr))
        return frozenset(map(short_id, done.stdout.split()))

    def answers(self) -> bool:
        """Whether the engine is there."""
        return not self._ask("version").returncode

    def remove_containers(self, containers: Sequence[str]) -> None:
        """Removes containers, whatever they do; those that are gone are no matter."""
        if containers:
            self._ask("container", "rm", "--force", "--volumes", *containers)

    def remove_images(self, images: Sequence[str], spared: Collection[str]) -> None:
        """Removes images, the last first, but for those `spared`; one that another is built upon stays."""
        wanted = [image for image in reversed(tuple(dict.fromkeys(images))) if image not in spared]
        if wanted:
            self._ask("image", "rm", "--no-prune", *wanted)

    def _ask(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603 - words, and no shell
            (self.program, *words),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env={**os.environ, **LEGACY},
            text=True,
            errors="replace",
            check=False,
        )


def short_id(image: str) -> str:
    """The twelve digits by which the legacy builder calls an image."""
    return image.removeprefix("sha256:")[:_SHORT]


def reason_in(said: str) -> str:
    """Why a command failed, of what it wrote to standard error; empty where it wrote nothing.

    A note that the legacy builder is deprecated may stand before, a paragraph of its own; so may lines of a log.
    """
    if said.startswith("DEPRECATED: "):
        said = said.partition("\n\n")[2]
    reason = "\n".join(line for line in said.splitlines() if not line.startswith(_LOG)).strip()
    for prefix in _PREFIXES:
        reason = reason.removeprefix(prefix)
    return reason
