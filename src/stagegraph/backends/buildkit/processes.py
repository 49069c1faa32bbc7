"""Processes of `docker`, while they run."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, BinaryIO

from stagegraph.backends.buildkit.command import Command

_PATIENCE = 20  # seconds that a build has to clear away when it is cancelled


@contextmanager
def saying(command: Command) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """A process and its standard error; it is stopped when the block ends before it does."""
    with _running(command, subprocess.DEVNULL, subprocess.PIPE) as process:
        assert process.stderr is not None
        yield process, process.stderr  # type: ignore[misc]  # bytes are read


@contextmanager
def printing(command: Command, errors: IO[bytes]) -> Iterator[tuple[subprocess.Popen[bytes], BinaryIO]]:
    """A process and its standard output, as `saying`; what it writes to standard error goes into a file."""
    with _running(command, subprocess.PIPE, errors) as process:
        assert process.stdout is not None
        yield process, process.stdout  # type: ignore[misc]  # bytes are read


def interrupt(process: subprocess.Popen[bytes]) -> None:
    """Asks a process to stop, as Ctrl-C does; sees to it that it is stopped if it does not. Waits for nothing."""
    process.send_signal(signal.SIGINT)
    timer = threading.Timer(_PATIENCE, process.kill)
    timer.daemon = True
    timer.start()


@contextmanager
def _running(command: Command, output: int, errors: int | IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(  # noqa: S603 - words, and no shell
        command.words,
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=errors,
        env={**os.environ, **command.variables},
        start_new_session=True,  # Ctrl-C is ours to pass on
    )
    try:
        assert process.stdin is not None
        with suppress(BrokenPipeError), process.stdin:
            process.stdin.write(command.dockerfile)
        process.stdin = None  # nothing more is said to it
        yield process
    finally:
        _stop(process)
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks the process to stop, as Ctrl-C does, so that it clears away; makes it stop if it does not."""
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        try:
            process.communicate(timeout=_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
    process.wait()
