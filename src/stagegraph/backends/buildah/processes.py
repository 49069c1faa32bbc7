"""Processes: a program is called with a vector of arguments, and its output is read line by line."""

from __future__ import annotations

import os
import signal
import subprocess
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import IO, Protocol

import attrs

from stagegraph.backends.containers.engine import Tell
from stagegraph.backends.containers.lines import LineSplitter
from stagegraph.backends.progress import Cancellation, CancelledError

_GRACE = 10.0  # seconds
_CHUNK = 1 << 16


@attrs.frozen
class Ending:
    """How a program ended; a negative exit code is the signal that ended it."""

    exit_code: int
    output: bytes = b""
    error: str = ""


class Runner(Protocol):
    """That which runs programs."""

    def call(
        self, argv: Sequence[str], environment: Mapping[str, str], cancellation: Cancellation | None = None
    ) -> Ending:
        """Runs a program to its end; nothing is read from standard input.

        Raises:
            FileNotFoundError: there is no such program.
            CancelledError: the build was cancelled, and the program stopped.
        """
        ...

    def stream(
        self, argv: Sequence[str], environment: Mapping[str, str], tell: Tell, cancellation: Cancellation
    ) -> int:
        """Runs a program, tells of its lines as they come, and gives its exit code.

        Raises:
            FileNotFoundError: there is no such program.
            CancelledError: the build was cancelled, and the program stopped.
        """
        ...


class ProcessRunner:
    """Runs programs as processes of this machine.

    Each has a process group of its own: Ctrl-C in a terminal reaches stagegraph alone, which then
    stops them in order.
    """

    def call(
        self, argv: Sequence[str], environment: Mapping[str, str], cancellation: Cancellation | None = None
    ) -> Ending:
        """See `Runner.call`."""
        with _running(argv, environment, cancellation) as process:
            output, error = process.communicate()
        return Ending(process.returncode, output, error.decode("utf-8", "replace"))

    def stream(
        self, argv: Sequence[str], environment: Mapping[str, str], tell: Tell, cancellation: Cancellation
    ) -> int:
        """See `Runner.stream`."""
        with _running(argv, environment, cancellation) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            errors = threading.Thread(target=_read, args=(process.stderr, lambda line: tell(line, "stderr")))
            errors.start()
            _read(process.stdout, lambda line: tell(line, "stdout"))
            errors.join()
        return process.returncode


@contextmanager
def _running(
    argv: Sequence[str], environment: Mapping[str, str], cancellation: Cancellation | None
) -> Iterator[subprocess.Popen[bytes]]:
    """A process, which has ended when the block has."""
    if cancellation is None:
        with _started(argv, environment) as process:
            yield process
        return
    cancellation.check()
    with _started(argv, environment) as process:
        try:
            with cancellation.stopped_by(lambda: _stop(process)):
                yield process
        except CancelledError:
            _stop(process)  # it was cancelled before anybody could be told
            raise


def _started(argv: Sequence[str], environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - a vector of arguments, and no shell
        argv,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Asks a process and its children to end; those that do not are ended."""
    _signal(process, signal.SIGTERM)
    timer = threading.Timer(_GRACE, _signal, (process, signal.SIGKILL))
    timer.daemon = True
    timer.start()


def _signal(process: subprocess.Popen[bytes], number: signal.Signals) -> None:
    if process.poll() is None:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, number)


def _read(stream: IO[bytes], tell: Callable[[str], None]) -> None:
    lines = LineSplitter()
    while chunk := os.read(stream.fileno(), _CHUNK):
        for line in lines.feed(chunk):
            tell(line)
    for line in lines.rest():
        tell(line)
