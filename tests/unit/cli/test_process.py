"""The command as a process of its own: pipes, signals, encodings."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from stagegraph.cli.exit_codes import ExitCode

STAGEGRAPH = [sys.executable, "-m", "stagegraph"]
pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and signals as POSIX has them")


def stagegraph(*arguments, **options):
    return subprocess.run([*STAGEGRAPH, *arguments], capture_output=True, check=False, **options)


@contextmanager
def started(*arguments, folder):
    """A process that reads the named pipe `pipe` by now, and the end of it to write to."""
    os.mkfifo(folder / "pipe")
    command = [*STAGEGRAPH, *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        yield process, opened(folder / "pipe", process)


def opened(pipe, process):
    """The end of a named pipe to write to, once `process` has opened the other one."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    pytest.fail(f"it ended before it read: {process.stderr.read()}")


@pytest.mark.usefixtures("folder")
def test_an_answer():
    done = stagegraph("dead", "--target", "stage2")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"not needed for stage2:\n  line 5  stage1\n", b"")


def test_a_failure(folder):
    (folder / "x").write_text("FROM alpine\nXYZ\n")
    done = stagegraph("plan", "-f", "x")
    assert (done.returncode, done.stdout) == (ExitCode.REFUSED, b"")
    assert done.stderr == b"x:2:1: unknown instruction: XYZ\n 2 | XYZ\n   | ^^^\n"


@pytest.mark.parametrize("arguments", [["plan"], ["compare", "--format", "json"], ["--help"], ["plan", "--help"]])
@pytest.mark.usefixtures("folder")
def test_a_reader_that_has_gone(arguments):
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run([*STAGEGRAPH, *arguments], stdout=write, stderr=subprocess.PIPE, check=False)
    finally:
        os.close(write)
    assert (done.returncode, done.stderr) == (ExitCode.BROKEN_PIPE, b"")


@pytest.mark.usefixtures("folder")
def test_a_closed_standard_output():
    done = subprocess.run(["/bin/sh", "-c", '"$@" >&-', "sh", *STAGEGRAPH, "plan"], check=False, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.usefixtures("folder")
def test_a_closed_standard_input():
    done = subprocess.run(
        ["/bin/sh", "-c", '"$@" <&-', "sh", *STAGEGRAPH, "plan", "-f", "-"],
        check=False,
        capture_output=True,
    )
    assert (done.returncode, done.stderr) == (ExitCode.UNREADABLE, b"stagegraph: standard input is closed\n")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.usefixtures("folder")
def test_a_full_disk():
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([*STAGEGRAPH, "plan"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (
        ExitCode.UNWRITABLE,
        b"stagegraph: standard output: no space left on device\n",
    )


def test_ctrl_c(folder):
    with started("plan", "-f", "pipe", folder=folder) as (process, pipe):
        process.send_signal(signal.SIGINT)  # while it reads
        output = process.communicate()
        os.close(pipe)
    assert (process.returncode, *output) == (ExitCode.INTERRUPTED, b"", b"")


@pytest.mark.parametrize("colour", ["never", "always"])
@pytest.mark.parametrize("command", ["plan", "graph", "compare", "stages"])
def test_a_standard_output_that_is_not_utf8(folder, command, colour):
    (folder / "Dockerfile").write_bytes("# a caf\u00e9\nFROM alpine AS a\nRUN echo \u591a\u968e\u6bb5 \xff\n".encode())
    done = stagegraph(command, "--color", colour, env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()


def test_bytes_that_are_no_utf8(folder):
    (folder / "Dockerfile").write_bytes(b"FROM alpine\nRUN echo \xff\n")
    done = stagegraph("plan", "--builder", "legacy", "--transcript", env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.stdout.decode().splitlines()[2] == "Step 2/2 : RUN echo \ufffd"


@pytest.mark.parametrize(
    "arguments", [["compare"], ["graph", "--format", "dot"], ["dead", "--target", "base", "--target", "stage1"]]
)
def test_a_dockerfile_that_can_be_read_but_once(folder, arguments):
    with started(*arguments, "-f", "pipe", folder=folder) as (process, pipe):
        os.write(pipe, (folder / "Dockerfile").read_bytes())
        os.close(pipe)
        output, errors = process.communicate()
    assert (process.returncode, errors) == (0, b"")
    assert b"stage2" in output
