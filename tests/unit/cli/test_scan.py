import json
import os
import pty
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from stagegraph import find_dockerfiles
from stagegraph.cli.commands import scan
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.scanning.reading import read_records

STAGEGRAPH = [sys.executable, "-m", "stagegraph", "scan"]
posix = pytest.mark.skipif(os.name != "posix", reason="pipes, signals and terminals as POSIX has them")


@pytest.fixture
def fleet(folder):
    """A directory of so many Dockerfiles, one of ten with a mistake."""

    def fleet(count, root="fleet"):
        for number in range(count):
            path = folder / root / f"{number:05}" / "Dockerfile"
            path.parent.mkdir(parents=True)
            path.write_text(f"FROM alpine AS a\n{'RUN x' if number % 10 else 'XYZ'}\nFROM a\nRUN echo {number}\n")
        return root

    return fleet


def records(text):
    return [json.loads(line) for line in text.splitlines()]


def test_a_line_for_each_file(run, fleet):
    root = fleet(12)
    result = run("scan", root)
    assert result.exit_code == 0
    assert records(result.stdout) == [record.to_dict() for record in read_records(list(find_dockerfiles(root)))]
    assert result.stderr.startswith("stagegraph: 12 files in ")
    assert result.stderr.endswith(" s: 0 unreadable, 2 refused by BuildKit, 2 by the legacy builder\n")


def test_what_cannot_be_read_is_a_record_and_no_exit_code(run):
    result = run("scan", "nothing", "Dockerfile")
    assert result.exit_code == 0
    assert [record["error"] and record["error"]["kind"] for record in records(result.stdout)] == ["InputError", None]
    assert "2 files in " in result.stderr
    assert ": 1 unreadable, " in result.stderr


def test_nothing_found(run, folder):
    (folder / "empty").mkdir()
    result = run("scan", "empty")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "stagegraph: no Dockerfile found\n")


def test_no_path(run):
    assert run("scan").exit_code == ExitCode.USAGE


def test_patterns_and_ignore_files(run, write, folder):
    (folder / ".git").mkdir()
    (folder / "old").mkdir()
    write("a.docker\n", ".gitignore")
    for name in ("a.docker", "b.docker", "old/c.docker"):
        write("FROM a\n", name)

    def paths(*arguments):
        return [record["path"] for record in records(run("scan", ".", *arguments).stdout)]

    assert paths() == ["Dockerfile"]
    assert paths("--include", "*.docker") == ["b.docker", "old/c.docker"]
    assert paths("--include", "*.docker", "--include", "Dockerfile", "--exclude", "old/") == ["Dockerfile", "b.docker"]
    assert paths("--include", "*.docker", "--no-ignore") == ["a.docker", "b.docker", "old/c.docker"]


def test_jobs_change_nothing_but_the_time(run, fleet):
    root = fleet(300)
    assert run("scan", root, "--jobs", "2").stdout == run("scan", root, "-j", "1").stdout


def test_jobs_are_at_least_one(run):
    assert run("scan", ".", "--jobs", "0").exit_code == ExitCode.USAGE


# -- files -------------------------------------------------------------------------------------


def test_lines_in_a_file(run, fleet, folder):
    root = fleet(3)
    result = run("scan", root, "-o", "out.jsonl")
    assert (result.exit_code, result.stdout) == (0, "")
    assert (folder / "out.jsonl").read_text() == run("scan", root).stdout


def test_parquet(run, fleet, folder):
    root = fleet(12)
    assert run("scan", root, "--format", "parquet", "--output", "out.parquet").exit_code == 0
    table = pq.read_table(folder / "out.parquet")
    assert table.column("path").to_pylist() == [found.path for found in find_dockerfiles(root)]


def test_parquet_needs_a_file(run):
    result = run("scan", ".", "--format", "parquet")
    assert result.exit_code == ExitCode.USAGE
    assert "--output FILE" in result.stderr


def test_parquet_needs_pyarrow(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "stagegraph.scanning.parquet", None)
    result = run("scan", ".", "--format", "parquet", "-o", "x")
    assert result.exit_code == ExitCode.USAGE
    assert "pip install 'stagegraph[parquet]'" in result.stderr


@pytest.mark.parametrize("format_", ["jsonl", "parquet"])
def test_a_file_that_cannot_be_written(run, format_):
    result = run("scan", ".", "--format", format_, "-o", "no/file")
    assert result.exit_code == ExitCode.UNWRITABLE
    assert result.stderr.startswith("stagegraph: no/file: ")
    assert result.stderr.count("\n") == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk(run):
    result = run("scan", ".", "-o", "/dev/full")
    assert (result.exit_code, result.stderr) == (6, "stagegraph: /dev/full: no space left on device\n")


# -- ends --------------------------------------------------------------------------------------


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_reader_that_has_seen_enough(fleet, jobs):
    root = fleet(600)
    with subprocess.Popen(
        [*STAGEGRAPH, root, "--jobs", jobs], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert json.loads(process.stdout.readline())["path"] == f"{root}/00000/Dockerfile"
        process.stdout.close()
        errors = process.stderr.read()
    assert (process.returncode, errors) == (ExitCode.BROKEN_PIPE, b"")


@posix
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_leaves_whole_records(fleet, jobs):
    root = fleet(2_000)
    with subprocess.Popen(
        [*STAGEGRAPH, root, "--jobs", jobs],
        bufsize=0,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        first = process.stdout.readline()
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to the workers too
        output, errors = process.communicate()
    assert (process.returncode, errors) == (ExitCode.INTERRUPTED, b"")
    text = (first + output).decode()
    assert text.endswith("\n")
    paths = [record["path"] for record in records(text)]
    assert paths == [f"{root}/{number:05}/Dockerfile" for number in range(len(paths))]
    assert len(paths) < 2_000


def opened(pipe, process):
    """The end of a named pipe to write to, once `process` has opened the other one."""
    while process.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody reads yet
            time.sleep(0.01)
    pytest.fail(f"it ended before it read: {process.stderr.read()}")


@posix
def test_ctrl_c_leaves_a_whole_parquet_file(fleet, folder):
    root = fleet(2_000)
    os.mkfifo(folder / "pipe")
    arguments = [root, "pipe", "--jobs", "1", "--format", "parquet", "-o", "out.parquet"]
    with subprocess.Popen([*STAGEGRAPH, *arguments], stderr=subprocess.PIPE) as process:
        pipe = opened(folder / "pipe", process)  # once the last file is being read
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
        os.close(pipe)
    assert (process.returncode, errors) == (ExitCode.INTERRUPTED, b"")
    assert pq.read_table(folder / "out.parquet").num_rows == 2_000


def test_a_record_is_written_to_its_end_before_ctrl_c_counts():
    written = []

    def write():
        with scan._HeldBack() as interrupts, interrupts.held():
            written.append("begun")
            signal.raise_signal(signal.SIGINT)
            written.append("ended")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert written == ["begun", "ended"]
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_a_second_ctrl_c_counts_at_once():
    written = []

    def write():
        with scan._HeldBack() as interrupts, interrupts.held():
            signal.raise_signal(signal.SIGINT)
            written.append("begun")
            signal.raise_signal(signal.SIGINT)
            written.append("ended")

    with pytest.raises(KeyboardInterrupt):
        write()
    assert written == ["begun"]


def test_ctrl_c_that_is_ignored_stays_ignored():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        with scan._HeldBack():
            assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN
    finally:
        signal.signal(signal.SIGINT, before)


# -- progress ----------------------------------------------------------------------------------


def on_a_terminal(*arguments, stdout):
    """Runs `stagegraph scan` with standard error on a terminal; gives its exit code and what was shown."""
    reader, terminal = pty.openpty()
    shown = bytearray()

    def watch():
        try:
            while block := os.read(reader, 65_536):
                shown.extend(block)
        except OSError:  # the other end is closed
            pass

    watcher = threading.Thread(target=watch)
    watcher.start()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    done = subprocess.run(
        [*STAGEGRAPH, *arguments], stdout=stdout or terminal, stderr=terminal, check=False, env=environment
    )
    os.close(terminal)
    watcher.join()
    os.close(reader)
    return done.returncode, shown.decode()


@posix
def test_a_bar_on_a_terminal(fleet):
    code, shown = on_a_terminal(fleet(1_500), "--jobs", "1", stdout=subprocess.DEVNULL)
    assert code == 0
    assert "/1500" in shown
    assert "files/s" in shown
    assert "stagegraph: 1,500 files in " in shown


@posix
def test_no_bar_where_the_records_are_shown(fleet):
    code, shown = on_a_terminal(fleet(20), stdout=None)
    assert code == 0
    assert "files/s" not in shown
    assert shown.count('{"schema"') == 20


@posix
def test_no_bar_in_a_pipe(fleet):
    done = subprocess.run([*STAGEGRAPH, fleet(20)], capture_output=True, check=True)
    assert done.stderr.count(b"\n") == 1
    assert b"\x1b" not in done.stderr
