"""A build on a terminal, carried out by a real engine: a line for each step, drawn over while it runs."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Mapping
from pathlib import Path

import pytest

from .engines import Engines

TEXT = """\
FROM alpine AS one
RUN echo of-one
FROM alpine AS dead
RUN echo of-dead
FROM alpine AS two
RUN echo of-two; {end}
FROM one
COPY --from=two /etc/passwd /
"""
# BuildKit tells of several steps at once, so that one which ends at once was never seen to run.
LASTS = "sleep 1"
FAILS = "exit 3"
WAYS = [
    pytest.param("docker", "buildkit"),
    pytest.param("docker", "legacy"),
    pytest.param("buildkit", "buildkit", marks=pytest.mark.xdist_group("buildkit")),
    pytest.param("buildkit", "legacy"),
]
_CONTROL = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
_LINE_UP = "\x1b[1A"


def on_terminal(engines: Engines, *words: str | Path) -> tuple[int, str]:
    """Runs a process on a terminal of 100 columns; gives its exit code and all it writes, controls included."""
    ours, its = pty.openpty()
    fcntl.ioctl(its, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    environment: Mapping[str, str] = {**engines.environment, "TERM": "xterm"}
    written = b""
    with subprocess.Popen(list(map(str, words)), stdin=its, stdout=its, stderr=its, env=environment) as process:
        os.close(its)
        with os.fdopen(ours, "rb", buffering=0) as terminal:
            try:
                while chunk := terminal.read(1 << 16):
                    written += chunk
            except OSError:  # a terminal that nobody has any more cannot be read
                pass
        code = process.wait()
    return code, written.decode()


def last_picture(written: str) -> list[str]:
    """The lines of the last picture that was drawn over those before, without controls, and what stands below it."""
    return [line.rstrip() for line in _CONTROL.sub("", written.rpartition(_LINE_UP)[2]).splitlines()]


def build(engines: Engines, context: Path, backend: str, builder: str, end: str) -> tuple[int, str]:
    (context / "Dockerfile").write_text(TEXT.format(end=end), encoding="utf-8")
    command = (sys.executable, "-m", "stagegraph", "build", context, "--network=none", "--no-cache")
    return on_terminal(engines, *command, f"--backend={backend}", f"--builder={builder}")


def state_of(picture: list[str], step: str) -> str:
    """How it is with a step: its line is `   0.3s  done    [one 2/2] RUN …`."""
    (line,) = (line for line in picture if step in line and re.match(r" *[0-9.]+s  ", line))
    return line.split()[1]


@pytest.mark.parametrize(("backend", "builder"), WAYS)
@pytest.mark.usefixtures("buildkit_alone")
def test_a_build_that_goes_well(backend: str, builder: str, engines: Engines, context: Path) -> None:
    code, written = build(engines, context, backend, builder, LASTS)
    picture = last_picture(written)
    assert code == 0
    assert _LINE_UP in written
    assert re.search(r"[0-9.]+s  running ", _CONTROL.sub("", written))
    assert {state_of(picture, step) for step in ("RUN echo of-one", "RUN echo of-two", "COPY --from=two")} == {"done"}
    is_skipped = any("skipped dead: " in line for line in picture)
    assert is_skipped is (builder == "buildkit")


@pytest.mark.parametrize(("backend", "builder"), WAYS)
@pytest.mark.usefixtures("buildkit_alone")
def test_a_build_that_fails(backend: str, builder: str, engines: Engines, context: Path) -> None:
    code, written = build(engines, context, backend, builder, FAILS)
    picture = last_picture(written)
    assert code == 7
    assert state_of(picture, FAILS) == "failed"
    assert state_of(picture, "COPY --from=two") == "skipped"
    assert any(line.startswith(f"{context}/Dockerfile:6:1: ") and FAILS in line for line in picture)
    assert " > of-two" in picture
