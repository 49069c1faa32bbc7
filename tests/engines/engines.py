"""The engines as values: where they are, and how their command lines are called."""

from __future__ import annotations

import fcntl
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Self

from attrs import field, frozen

REPOSITORY = Path(__file__).parents[2]
SECONDS = 120.0
_HELD: set[Path] = set()  # the folders of the engines that this process has for itself


class EnginesMissing(Exception):  # noqa: N818 - a state of the machine
    """No engines are there; the message says what to do."""


@frozen
class CommandLine:
    """A command that is run in the engines' environment and never through a shell."""

    program: str
    environment: Mapping[str, str] = field(repr=False)

    def run(
        self, *arguments: str | Path, check: bool = True, environment: Mapping[str, str] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Its output as text; fails with what it said when it fails, unless it may."""
        done = subprocess.run(
            [self.program, *map(str, arguments)],
            env={**self.environment, **(environment or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        if check:
            assert done.returncode == 0, f"{done.args} failed:\n{done.stdout}{done.stderr}"
        return done


@frozen
class DockerEngine(CommandLine):
    """The `docker` command, and where the Engine API is."""

    host: str

    def build_legacy(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`docker build` by the legacy builder."""
        return self.run("build", *arguments, check=check, environment={"DOCKER_BUILDKIT": "0"})

    def build_buildkit(self, *arguments: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
        """`docker buildx build`, which stands for BuildKit, `alone`."""
        with self.alone():
            return self.run("buildx", "build", *arguments, check=check)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else who asks for this builds with BuildKit meanwhile, in whatever process.

        Builds at the same time share the vertices that they have in common, with the names of the first
        of them, and each of them announces what another does for it. Who has it may ask for it again.
        """
        folder = Path(self.host.removeprefix("unix://")).parent
        if folder in _HELD:
            yield
            return
        lock = os.open(folder, os.O_RDONLY)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            _HELD.add(folder)
            yield
        finally:
            _HELD.discard(folder)
            os.close(lock)


@frozen
class Buildah(CommandLine):
    """The `buildah` command with `--root` and `--runroot` given by its environment (vfs, chroot)."""

    root: Path
    runroot: Path


@frozen
class Engines:
    """Both engines, the environment in which any process reaches them, and the file that it is read from."""

    file: Path
    prefix: Path
    environment: Mapping[str, str] = field(repr=False)
    docker: DockerEngine
    buildah: Buildah

    @classmethod
    def started(cls) -> Self:
        """What `make engines` started, from the file that it writes when everything is there.

        Raises:
            EnginesMissing: nothing was started, or the daemon is gone.
        """
        file = Path(os.environ.get("ENGINES", REPOSITORY / ".engines")) / "environment"
        written = settings_in(file)
        environment = environment_with(written)
        docker = DockerEngine(
            program=f"{written['ENGINES_PATH'].partition(os.pathsep)[0]}/docker",
            environment=environment,
            host=written["DOCKER_HOST"],
        )
        if docker.run("version", check=False).returncode:
            raise EnginesMissing(f"no Docker daemon answers at {docker.host}: run `make engines` as root")
        return cls(
            file=file,
            prefix=Path(written["ENGINES_PREFIX"]),
            environment=environment,
            docker=docker,
            buildah=Buildah(
                program="buildah",
                environment=environment,
                root=Path(written["BUILDAH_ROOT"]),
                runroot=Path(written["BUILDAH_RUNROOT"]),
            ),
        )


def settings_in(file: Path) -> Mapping[str, str]:
    """The `NAME=value` lines of the file.

    Raises:
        EnginesMissing: there is no such file.
    """
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except OSError:
        raise EnginesMissing("no real engines are started: run `make engines` as root") from None
    return dict(line.split("=", 1) for line in lines)


def environment_with(written: Mapping[str, str]) -> Mapping[str, str]:
    """This process's environment with the settings, and with the engines' folders first on `PATH`."""
    settings = {name: value for name, value in written.items() if not name.startswith(("ENGINES_", "BUILDAH_R"))}
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DOCKER_", "BUILDX_"))}
    path = f"{written['ENGINES_PATH']}{os.pathsep}{inherited.get('PATH', os.defpath)}"
    return {**inherited, **settings, "PATH": path}
