"""Processes that really run, with Python in the place of `docker`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time

import pytest

from stagegraph.backends.buildkit.command import Command
from stagegraph.backends.buildkit.processes import interrupt, printing, saying

HERE = "print('here', file=sys.stderr, flush=True)"
WAITS = f"import signal, sys\n{HERE}\nsignal.pause()"
OBEDIENT = f"""\
import pathlib, signal, sys
def clear_away(*_):
    pathlib.Path(sys.argv[1]).touch()
    sys.exit(5)
signal.signal(signal.SIGINT, clear_away)
{HERE}
signal.pause()
"""
STUBBORN = f"""\
import signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
{HERE}
while True:
    signal.pause()
"""


def python(code: str, *words: str, dockerfile: bytes = b"", **variables: str) -> Command:
    return Command((sys.executable, "-c", code, *words), variables, dockerfile)


def test_what_is_said_on_standard_error_and_how_it_ends():
    with saying(python("import sys; print('nobody reads it'); print('oh', file=sys.stderr); sys.exit(3)")) as (
        one,
        said,
    ):
        assert said.read() == b"oh\n"
        assert one.wait() == 3
    assert said.closed


def test_what_is_printed_while_errors_go_into_a_file():
    code = "import sys; print('out'); print('err', file=sys.stderr)"
    with tempfile.TemporaryFile() as errors:
        with printing(python(code), errors) as (one, printed):
            assert printed.read() == b"out\n"
            assert one.wait() == 0
        errors.seek(0)
        assert errors.read() == b"err\n"
    assert printed.closed


def test_the_dockerfile_is_on_standard_input_which_ends():
    text = b"FROM a\n" * 50_000
    code = "import hashlib, sys; sys.stderr.write(str(len(sys.stdin.buffer.read())))"
    with saying(python(code, dockerfile=text)) as (_, said):
        assert said.read() == str(len(text)).encode()


def test_whoever_does_not_read_the_dockerfile_may_end():
    with saying(python("import os; os.close(0)", dockerfile=b"x" * 1_000_000)) as (one, _):
        assert one.wait() == 0


def test_variables_stand_beside_those_of_this_process(monkeypatch):
    monkeypatch.setenv("OURS", "kept")
    monkeypatch.setenv("BOTH", "ours")
    code = "import os, sys; sys.stderr.write(' '.join(os.environ[one] for one in ('OURS', 'BOTH', 'ITS')))"
    with saying(python(code, BOTH="its", ITS="own")) as (_, said):
        assert said.read() == b"kept its own"


def test_ctrl_c_is_ours_to_pass_on():
    with saying(python("import os, sys; sys.stderr.write(str(os.getsid(0) == os.getpid()))")) as (_, said):
        assert said.read() == b"True"


def test_a_program_that_is_not_there():
    with pytest.raises(FileNotFoundError), saying(Command(("there-is-no-such-program",), {}, b"")):
        pytest.fail("it is not there")


def test_a_process_that_is_left_clears_away_before_the_block_is_over(tmp_path):
    away = tmp_path / "away"
    with saying(python(OBEDIENT, str(away))) as (one, said):
        assert said.readline() == b"here\n"
    assert away.exists()
    assert one.returncode == 5


def test_it_is_stopped_whatever_happens(tmp_path):
    away = tmp_path / "away"
    seen: list[subprocess.Popen[bytes]] = []

    def fail() -> None:
        with saying(python(OBEDIENT, str(away))) as (one, said):
            seen.append(one)
            said.readline()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert (away.exists(), seen[0].returncode) == (True, 5)


def test_a_process_that_does_not_stop_is_made_to(monkeypatch):
    monkeypatch.setattr("stagegraph.backends.buildkit.processes._PATIENCE", 0.2)
    with saying(python(STUBBORN)) as (one, said):
        said.readline()
        began = time.monotonic()
    assert one.returncode == -signal.SIGKILL
    assert time.monotonic() - began >= 0.2


def test_a_process_that_is_over_is_sent_nothing(monkeypatch):
    with saying(python("pass")) as (one, _):
        one.wait()
        monkeypatch.setattr(one, "send_signal", lambda _signal: pytest.fail("it is over"))
    assert one.returncode == 0


def test_interrupting_waits_for_nothing_and_is_heard():
    with saying(python(WAITS)) as (one, said):
        said.readline()
        interrupt(one)
        assert one.wait(10) in (1, -signal.SIGINT)  # Python ends by the signal itself
        assert b"KeyboardInterrupt" in said.read()


def test_whoever_does_not_hear_it_is_killed(monkeypatch):
    monkeypatch.setattr("stagegraph.backends.buildkit.processes._PATIENCE", 0.2)
    with saying(python(STUBBORN)) as (one, said):
        said.readline()
        interrupt(one)
        assert one.poll() is None
        assert one.wait(10) == -signal.SIGKILL


def test_nobody_is_left_behind():
    with saying(python(WAITS)) as (one, said):
        said.readline()
        os.kill(one.pid, 0)
    with pytest.raises(ProcessLookupError):
        os.kill(one.pid, 0)
