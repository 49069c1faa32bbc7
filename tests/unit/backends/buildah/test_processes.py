"""Processes that really run: Python itself."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from stagegraph.backends.buildah.processes import ProcessRunner
from stagegraph.backends.progress import Cancellation, CancelledError

RUNNER = ProcessRunner()
HERE = {"PATH": os.environ.get("PATH", ""), "GREETING": "hello"}
SLEEPS = "import time; print('here', flush=True); time.sleep(600)"
STUBBORN = f"import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); {SLEEPS}"


def python(code: str) -> tuple[str, ...]:
    return (sys.executable, "-c", code)


def test_a_call_gives_what_was_printed_and_the_exit_code():
    ending = RUNNER.call(python("import os, sys; print(os.environ['GREETING']); sys.exit('oh no')"), HERE)
    assert (ending.exit_code, ending.output, ending.error) == (1, b"hello\n", "oh no\n")


def test_a_signal_is_a_negative_exit_code():
    ending = RUNNER.call(python("import os, signal; os.kill(os.getpid(), signal.SIGKILL)"), HERE)
    assert ending.exit_code == -signal.SIGKILL


def test_nothing_is_read_from_standard_input():
    assert RUNNER.call(python("import sys; print(repr(sys.stdin.read()))"), HERE).output == b"''\n"


def test_a_program_that_is_not_there():
    with pytest.raises(FileNotFoundError):
        RUNNER.call(("there-is-no-such-program",), HERE)
    with pytest.raises(FileNotFoundError):
        RUNNER.stream(("there-is-no-such-program",), HERE, lambda *_: None, Cancellation())


def test_lines_are_told_as_they_come_with_their_streams():
    told = []
    code = "import sys; print('one'); print('two', file=sys.stderr); sys.stdout.write('three'); sys.exit(4)"
    assert RUNNER.stream(python(code), HERE, lambda *line: told.append(line), Cancellation()) == 4
    assert sorted(told) == [("one", "stdout"), ("three", "stdout"), ("two", "stderr")]


def test_a_process_has_a_group_of_its_own():
    ending = RUNNER.call(python("import os; print(os.getpgid(0) == os.getpid())"), HERE)
    assert ending.output == b"True\n"


def test_cancelling_stops_a_process_while_it_is_followed(tmp_path):
    after = tmp_path / "after"
    code = f"import pathlib, time; print('here', flush=True); time.sleep(60); pathlib.Path({str(after)!r}).touch()"
    cancellation = Cancellation()
    with pytest.raises(CancelledError):
        RUNNER.stream(python(code), HERE, lambda *_: cancellation.cancel(), cancellation)
    assert not after.exists()


def test_cancelling_stops_a_call():
    cancellation = Cancellation()
    timer = threading.Timer(0.2, cancellation.cancel)
    timer.start()
    with pytest.raises(CancelledError):
        RUNNER.call(python(SLEEPS), HERE, cancellation)
    timer.join()


def test_a_process_that_does_not_stop_is_ended(monkeypatch):
    monkeypatch.setattr("stagegraph.backends.buildah.processes._GRACE", 0.2)
    cancellation = Cancellation()
    with pytest.raises(CancelledError):
        RUNNER.stream(python(STUBBORN), HERE, lambda *_: cancellation.cancel(), cancellation)


def test_nothing_begins_after_cancelling():
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        RUNNER.call(("there-is-no-such-program",), HERE, cancellation)
