"""A plan of the legacy builder's, carried out by that builder through the command line of Docker."""

from __future__ import annotations

import codecs
import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, BinaryIO

from stagegraph.backends.announcements import loading
from stagegraph.backends.buildkit.command import find_program, legacy_command_of, work_folder
from stagegraph.backends.buildkit.engine import DockerCommand, reason_in, short_id
from stagegraph.backends.buildkit.processes import interrupt, printing
from stagegraph.backends.containers.lines import chunks_of
from stagegraph.backends.containers.transcripts import BuildStream, Message, printed_messages
from stagegraph.backends.events import Event, Image, PlanFinished
from stagegraph.backends.progress import Progress
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import Task, schedule
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import BackendError, UnsupportedError

_exit_code = re.compile(r"returned a non-zero code: (\d+)\Z")


def run_legacy(build: Build) -> Iterator[Event]:
    """What `DOCKER_BUILDKIT=0 docker build` does, as events; its steps run one after the other.

    Raises:
        UnsupportedError: a builder instance is asked for, or the command has no legacy builder.
        BackendError: there is no command `docker`, or no engine that answers.
        InputError: the context cannot be read.
    """
    if build.instance is not None:
        raise UnsupportedError("a builder instance builds with BuildKit; the legacy builder is part of an engine")
    docker = DockerCommand(find_program())
    docker.require_legacy_builder()
    context = ContextDirectory.open(build.context) if build.context is not None else None
    spared = set(docker.images())
    began = time.monotonic()
    steps = build.plan.steps
    with work_folder(build) as (folder, image_file), _cleared_away(docker, spared, keep=build.keep) as made:
        work = _Work(build, docker, folder, image_file, made)
        yield from loading(build.plan, context, lambda: time.monotonic() - began)
        tasks = [Task(steps[0].id, steps)]
        succeeded = yield from schedule(tasks, work.work, jobs=1, clock=lambda: time.monotonic() - began)
        image = Image(image_file.read_text("utf-8").strip(), build.tags, build.plan.config) if succeeded else None
        if image is not None:
            spared.add(short_id(image.id))
    yield PlanFinished(succeeded, time.monotonic() - began, image, *work.differences)


@contextmanager
def _cleared_away(docker: DockerCommand, spared: set[str], *, keep: bool) -> Iterator[list[str]]:
    """When the block ends, the images in the list that it is given go, but for those `spared` (short ids)."""
    made: list[str] = []
    try:
        yield made
    finally:
        if not keep:
            docker.remove_images(made, spared)


class _Work:
    """The whole build as the work of one task."""

    def __init__(self, build: Build, docker: DockerCommand, context: Path, image_file: Path, made: list[str]) -> None:
        self._command = legacy_command_of(build, docker.program, context, image_file)
        self._docker = docker
        self._made = made
        self.differences: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def work(self, task: Task, progress: Progress) -> None:
        """Follows the build.

        Raises:
            StepError: a step fails.
            BackendError: what runs is not the legacy builder, or the engine has gone.
        """
        stream = BuildStream(task.steps, 0, progress)
        try:
            with (
                TemporaryFile() as errors,
                printing(self._command, errors) as (process, output),
                progress.cancellation.stopped_by(lambda: interrupt(process)),
            ):
                stream.follow(self._messages(stream, process, output, errors))
        except BaseException:  # the builder clears away too, but not before we have ended
            self._docker.remove_containers(stream.containers)
            raise
        finally:
            self._made += stream.images
        self.differences = stream.differences()

    def _messages(
        self, stream: BuildStream, process: subprocess.Popen[bytes], output: BinaryIO, errors: IO[bytes]
    ) -> Iterator[Message]:
        """What the builder prints, and why it failed."""
        yield from printed_messages(_texts(output))
        code = process.wait()
        if not code and stream.is_begun:
            return
        if not code:
            raise BackendError("docker build has announced no step: that is not the legacy builder")
        errors.seek(0)
        reason = reason_in(errors.read().decode("utf-8", "replace"))
        if not self._docker.answers():
            raise BackendError(f"the Docker Engine has gone: {reason}")
        exit_code = _exit_code.search(reason)
        yield {"error": reason, "errorDetail": {"code": int(exit_code[1]) if exit_code is not None else None}}


def _texts(stream: BinaryIO) -> Iterator[str]:
    decode = codecs.getincrementaldecoder("utf-8")("replace").decode
    yield from map(decode, chunks_of(stream))
