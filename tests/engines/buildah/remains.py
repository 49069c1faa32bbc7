"""What a build has left behind: containers, images that only a build wants, processes, temporary files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

from stagegraph.backends.buildah.names import owned_prefix

from ..engines import Buildah  # noqa: TID252 - the tests here are no package

_ATTEMPTS = 5


@frozen
class Remains:
    """Looks for what carries the names of this process; the folder is that of temporary files."""

    buildah: Buildah
    folder: Path
    environment: Mapping[str, str]

    def left_behind(self) -> list[str]:
        """Names of containers and images, of temporary files, and command lines of processes."""
        named = [name for name in self.everything() if owned_prefix() in name]
        return [*named, *(str(path) for path in self.folder.iterdir()), *self.processes()]

    def everything(self) -> list[str]:
        """The names of all containers and images."""
        return [*(str(one["containername"]) for one in self._listed("containers")), *self.names("")]

    def processes(self) -> list[str]:
        """Processes that have the temporary files of this test's builds in their environment."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if str(self.folder).encode() in (process / "environ").read_bytes():
                    found.append((process / "cmdline").read_text().replace("\0", " "))
            except OSError:
                continue  # it has ended meanwhile
        return found

    def names(self, part: str) -> list[str]:
        """The names of images that hold `part`."""
        return [name for one in self._listed("images") for name in one.get("names") or () if part in name]

    def _listed(self, what: str) -> list[dict[str, list[str]]]:
        """What Buildah lists; it does not do so at one moment, and fails over what goes away meanwhile."""
        for _ in range(_ATTEMPTS):
            done = self.buildah.run(what, "--json", check=False, environment=self.environment)
            if "not known" not in done.stderr:
                break
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout or "[]") or []
