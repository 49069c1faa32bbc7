"""The command line of `docker buildx build`, and the process that runs it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO

import attrs

from stagegraph.backends.protocol import Build
from stagegraph.errors import BackendError
from stagegraph.stages.options import BuildOptions
from stagegraph.values.secret_names import sounds_secret

_PATIENCE = 20  # seconds that a build has to clear away when it is cancelled
_STANDARD_INPUT = "-"


@attrs.frozen
class Command:
    """What is run: the words, the variables, and the Dockerfile on its standard input."""

    words: tuple[str, ...]
    variables: Mapping[str, str]
    dockerfile: bytes


def command_of(build: Build, program: str, context: Path, image_file: Path) -> Command:
    """The command for a build; the id of the image goes into `image_file`."""
    options = build.plan.graph.resolved.options
    text = build.plan.graph.resolved.cut.dockerfile.to_bytes()
    arguments, variables = _build_args(options)
    words = (
        *(program, "buildx", "build", "--progress=rawjson", f"--iidfile={image_file}", f"--file={_file(build, text)}"),
        *_given("--builder", build.instance),
        *_given("--target", options.target),
        f"--platform={options.platform.full_text}",
        *arguments,
        *(f"--build-context={name}={value}" for name, value in options.contexts.items()),
        *(f"--label={name}={value}" for name, value in options.labels.items()),
        *_given("--network", build.network if build.network != "default" else None),
        *(["--no-cache"] if build.no_cache else []),
        *(f"--tag={tag}" for tag in build.tags),
        *(["--load"] if build.tags else []),
        str(context),
    )
    return Command(words, variables, text)


def find_program() -> str:
    """The path of `docker`.

    Raises:
        BackendError: it is not installed.
    """
    program = shutil.which("docker")
    if program is None:
        raise BackendError("there is no command docker; install Docker's command line and its plugin buildx")
    return program


@contextmanager
def work_folder(build: Build) -> Iterator[tuple[Path, Path]]:
    """A directory for the context (an empty one where the build has none), and a file for the image's id."""
    with TemporaryDirectory(prefix="stagegraph-") as folder:
        empty = Path(folder) / "context"
        empty.mkdir()
        yield build.context or empty, Path(folder) / "image"


@contextmanager
def running(command: Command) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """The process and its standard error; it is stopped when the block ends before it does."""
    process = subprocess.Popen(  # noqa: S603 - words, and no shell
        command.words,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**os.environ, **command.variables},
        start_new_session=True,  # Ctrl-C is ours to pass on
    )
    assert process.stdin is not None
    assert process.stderr is not None
    with process.stderr:
        try:
            with suppress(BrokenPipeError), process.stdin:
                process.stdin.write(command.dockerfile)
            process.stdin = None  # nothing more is said to it
            yield process, process.stderr  # type: ignore[misc]  # bytes are read
        finally:
            _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to stop, as Ctrl-C does, so that it clears away; makes it stop if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()


def _given(flag: str, value: str | None) -> tuple[str, ...]:
    return () if value is None else (f"{flag}={value}",)


def _file(build: Build, text: bytes) -> str:
    """The Dockerfile where it stands, so that its ignore file counts; standard input where it is another."""
    path = build.dockerfile
    with suppress(OSError):
        if path is not None and path.read_bytes() == text:
            return str(path)
    return _STANDARD_INPUT


def _build_args(options: BuildOptions) -> tuple[list[str], dict[str, str]]:
    """Build arguments as words; what sounds secret goes by the environment, where no one can read it."""
    words: list[str] = []
    variables: dict[str, str] = {}
    for name, value in options.build_args.items():
        if sounds_secret(name) and name not in os.environ:
            variables[name] = value
            words.append(f"--build-arg={name}")
        else:
            words.append(f"--build-arg={name}={value}")
    return words, variables
