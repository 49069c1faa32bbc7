"""Docker daemons that a test may kill, or let run out of disk: none of them is the one that all tests share."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import frozen

from .engines import DockerEngine, Engines

MACHINE = Path(__file__).parent / "machine"
SECONDS = 60.0


@frozen
class OwnDaemon:
    """A daemon in a folder of its own; `disk` is the size of a disk in memory for its data (`64m`), if it has one."""

    engines: Engines
    folder: Path
    disk: str = ""

    @property
    def run_folder(self) -> Path:
        """Where its sockets and its pid are."""
        return (self.folder / "docker/run").resolve()

    @property
    def engine(self) -> DockerEngine:
        """How it is reached."""
        host = f"unix://{self.run_folder}/docker.sock"
        environment = {**self.engines.environment, "DOCKER_HOST": host}
        return DockerEngine(self.engines.docker.program, environment, host)

    def start(self) -> None:
        """Starts it, if it does not run. What it had is still there, unless that was on a disk in memory."""
        self._run("daemon.sh")

    def stop(self) -> None:
        """Asks it to end, and waits."""
        self._run("stop.sh")

    def kill(self) -> None:
        """Ends it and all that runs in it, at once."""
        os.kill(int((self.run_folder / "pid").read_text()), signal.SIGKILL)

    def load(self, *images: str) -> None:
        """Gives it images of the daemon that all tests share."""
        archive = self.folder / "images.tar"
        self.engines.docker.run("image", "save", "--output", archive, *images)
        self.engine.run("image", "load", "--input", archive)
        archive.unlink()

    def _run(self, script: str) -> None:
        given = {
            "ENGINES": str(self.folder),
            "ENGINES_PREFIX": str(self.engines.prefix),
            "ENGINES_DISK": self.disk,
        }
        subprocess.run(
            ["/usr/bin/env", "bash", MACHINE / script],
            env={**self.engines.environment, **given},
            timeout=SECONDS,
            check=True,
        )


@contextmanager
def own_daemon(engines: Engines, disk: str = "") -> Iterator[OwnDaemon]:
    """A daemon that has started, with `alpine`; it is gone with all it had when the block ends."""
    with TemporaryDirectory(prefix="engine-") as folder:
        daemon = OwnDaemon(engines, Path(folder), disk)
        try:
            daemon.start()
            daemon.load("alpine:latest")
            yield daemon
        finally:
            daemon.stop()
