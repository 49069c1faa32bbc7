"""`--builder-instance` with the backend buildkit: a BuildKit elsewhere builds, as buildx reaches it.

There is no `buildkitd` here. The one inside a Docker Engine speaks the same protocol once a connection
is turned over to it, so that to buildx's driver `remote` it is a BuildKit like any other.
"""

from __future__ import annotations

import os
import shutil
import socket
import socketserver
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from .daemons import own_daemon
from .engines import Engines

_TURN_OVER = b"POST /grpc HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n"


class Door(socketserver.ThreadingUnixStreamServer):
    """A socket behind which the BuildKit of an engine is, and how often somebody came through."""

    def __init__(self, path: Path, engine: str) -> None:
        super().__init__(str(path), _Visit)
        self.endpoint = f"unix://{path}"
        self.engine = engine
        self.visits = 0


class _Visit(socketserver.BaseRequestHandler):
    """A connection, of which everything is passed on in both directions."""

    request: socket.socket
    server: Door

    def handle(self) -> None:
        self.server.visits += 1
        with socket.socket(socket.AF_UNIX) as inner:
            inner.connect(self.server.engine)
            inner.sendall(_TURN_OVER)
            head = b""
            while not head.endswith(b"\r\n\r\n"):
                head += inner.recv(1)
            back = threading.Thread(target=_pass_on, args=(inner, self.request))
            back.start()
            _pass_on(self.request, inner)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(1 << 16):
            target.sendall(data)
    for one in (source, target):
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def door(engines: Engines) -> Iterator[Door]:
    """The BuildKit of an engine that is not the one of the other tests."""
    with (
        own_daemon(engines) as daemon,
        TemporaryDirectory(prefix="door-") as folder,
        Door(Path(folder) / "buildkit.sock", daemon.engine.host.removeprefix("unix://")) as door,
    ):
        opened = threading.Thread(target=door.serve_forever)
        opened.start()
        yield door
        door.shutdown()
        opened.join()


@pytest.fixture
def environment(engines: Engines, tmp_path: Path) -> dict[str, str]:
    """Settings of Docker's command line for this test alone, in which instances are noted."""
    folder = tmp_path / "settings"
    shutil.copytree(engines.environment["DOCKER_CONFIG"], folder, symlinks=True)
    return {**engines.environment, "DOCKER_CONFIG": str(folder), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}


def build(environment: dict[str, str], context: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, "-m", "stagegraph", "build", str(context), "--backend=buildkit", "--network=none")
    return subprocess.run(
        [*command, "--no-cache", *options], env=environment, capture_output=True, text=True, check=False
    )


def test_a_remote_instance_builds(engines: Engines, environment: dict[str, str], context: Path, door: Door) -> None:
    (context / "file").write_text("sent\n", encoding="utf-8")
    (context / "Dockerfile").write_text("FROM scratch\nCOPY file /file\nWORKDIR /there\n", encoding="utf-8")
    create = ("buildx", "create", "--name=far", "--driver=remote", door.endpoint)
    engines.docker.run(*create, environment=environment)
    door.visits = 0
    done = build(environment, context, "--builder-instance=far")
    assert done.returncode == 0, done.stderr
    assert door.visits > 0
    assert "[1/2] COPY file /file\n" in done.stdout
    assert "[2/2] WORKDIR /there\n" in done.stdout
    assert done.stderr == ""  # what was predicted was seen, and nothing else
    door.visits = 0
    assert build(environment, context).returncode == 0
    assert door.visits == 0


def test_an_instance_that_nobody_knows(environment: dict[str, str], context: Path) -> None:
    (context / "Dockerfile").write_text("FROM alpine\n", encoding="utf-8")
    done = build(environment, context, "--builder-instance=nowhere")
    assert done.returncode == 8
    assert 'no builder "nowhere" found' in done.stderr
    assert "Traceback" not in done.stderr
