"""Processes of this machine."""

from __future__ import annotations

import os
import subprocess
import sys

from stagegraph.backends.containers.processes import is_alive


def test_this_process_is_alive() -> None:
    assert is_alive(os.getpid())


def test_one_that_has_ended_is_not() -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    assert not is_alive(ended.pid)


def test_one_of_somebody_else_is(monkeypatch) -> None:
    def forbidden(*_: int) -> None:
        raise PermissionError

    monkeypatch.setattr("os.kill", forbidden)
    assert is_alive(1)
