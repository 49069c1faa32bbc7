"""The command lines of both builders: `docker buildx build`, and `docker build` without BuildKit."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from stagegraph.backends.protocol import Build
from stagegraph.errors import BackendError
from stagegraph.stages.options import BuildOptions
from stagegraph.values.secret_names import sounds_secret

_STANDARD_INPUT = "-"
LEGACY: Mapping[str, str] = {"DOCKER_BUILDKIT": "0"}
"""With this in its environment, `docker build` asks the engine's legacy builder."""


@attrs.frozen
class Command:
    """What is run: the words, the variables beside those of this process, and the Dockerfile on its standard input."""

    words: tuple[str, ...]
    variables: Mapping[str, str]
    dockerfile: bytes


def command_of(build: Build, program: str, context: Path, image_file: Path) -> Command:
    """BuildKit's command for a build; the id of the image goes into `image_file`."""
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
        *_asked_of_both(build, options),
        *(["--load"] if build.tags else []),
        str(context),
    )
    return Command(words, variables, text)


def legacy_command_of(build: Build, program: str, context: Path, image_file: Path) -> Command:
    """The legacy builder's command for a build; the id of the image goes into `image_file`.

    A platform is asked for where it is not the builder's own: an older builder refuses to be asked.
    """
    options = build.plan.graph.resolved.options
    text = build.plan.graph.resolved.cut.dockerfile.to_bytes()
    arguments, variables = _build_args(options)
    platform = options.platform.full_text if options.platform != options.build_platform else None
    words = (
        *(program, "build", "--force-rm", f"--iidfile={image_file}", f"--file={_file(build, text)}"),
        *_given("--target", options.target),
        *_given("--platform", platform),
        *arguments,
        *_asked_of_both(build, options),
        str(context),
    )
    return Command(words, {**variables, **LEGACY}, text)


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


def _asked_of_both(build: Build, options: BuildOptions) -> Iterator[str]:
    """What both commands take, in the same words."""
    yield from (f"--label={name}={value}" for name, value in options.labels.items())
    yield from _given("--network", build.network if build.network != "default" else None)
    if build.no_cache:
        yield "--no-cache"
    yield from (f"--tag={tag}" for tag in build.tags)


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
