"""A connection to a Docker Engine, and its errors as ours."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from uuid import uuid4

import attrs
import requests
from docker import APIClient
from docker.errors import APIError, DockerException, NotFound
from docker.types import CancellableStream
from docker.utils import kwargs_from_env
from urllib3.exceptions import HTTPError

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.containers.processes import is_alive
from stagegraph.errors import BackendError

_NO_LIMIT = 1_000_000  # seconds
OWNER_LABEL = "stagegraph.owner"
"""The label of what a build makes on its way: the machine, the process and the build that will clear it away."""

_at_work: set[str] = set()
"""The builds of this process that are not over."""


@attrs.frozen
class Streaming:
    """A client that reads what an engine says while it works."""

    client: APIClient
    answers: list[requests.Response] = attrs.field(factory=list)

    def break_off(self) -> None:
        """Breaks the connection, which tells the engine to stop; called from another thread."""
        for answer in self.answers:
            CancellableStream(iter(()), answer).close()


class Connection:
    """Clients of one engine, one for each thread, until it is closed."""

    def __init__(self) -> None:
        self._local = threading.local()
        self._clients: list[APIClient] = []
        self.owner = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex}"
        _at_work.add(self.owner)

    @property
    def api(self) -> APIClient:
        """The client of this thread.

        Raises:
            BackendError: there is no engine.
        """
        client = getattr(self._local, "client", None)
        if client is None:
            client = self._local.client = self.connect()
        return client

    def connect(self) -> APIClient:
        """A new client; waiting has no limit, for a `RUN` may be silent for long.

        Raises:
            BackendError: there is no engine.
        """
        try:
            client = APIClient(version="auto", timeout=_NO_LIMIT, **kwargs_from_env())
        except (DockerException, requests.RequestException) as fault:
            host = os.environ.get("DOCKER_HOST") or "unix:///var/run/docker.sock"
            raise BackendError(f"there is no Docker Engine at {host}: {reason_of(fault)}") from None
        self._clients.append(client)
        return client

    @contextmanager
    def streaming(self) -> Iterator[Streaming]:
        """A client of its own, whose answers are closed when the block ends, however much of them was read.

        Raises:
            BackendError: there is no engine.
        """
        stream = Streaming(self.connect())
        stream.client.hooks["response"] = [lambda answer, **_: stream.answers.append(answer)]
        try:
            yield stream
        finally:
            for answer in stream.answers:
                answer.close()
            stream.client.close()

    def close(self) -> None:
        """Closes every client; what the build still has is nobody's now."""
        _at_work.discard(self.owner)
        for client in self._clients:
            client.close()

    @property
    def labels(self) -> Mapping[str, str]:
        """The labels of what is made on the way."""
        return {OWNER_LABEL: self.owner}


def is_abandoned(owner: str) -> bool:
    """Whether the build that an owner label names was one of this machine, and is over."""
    host, process = (*owner.split(":"), "")[:2]
    if host != socket.gethostname() or not process.isdigit():
        return False
    return owner not in _at_work if int(process) == os.getpid() else not is_alive(int(process))


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the engine as `EngineError`; a connection that breaks as `BackendError`."""
    try:
        yield
    except APIError as fault:
        raise EngineError(reason_of(fault)) from None
    except (DockerException, requests.RequestException, HTTPError, OSError) as fault:
        raise BackendError(f"the Docker Engine has gone: {reason_of(fault)}") from None


def reason_of(fault: Exception) -> str:
    """What is wrong, in one line."""
    if isinstance(fault, APIError):
        return str(fault.explanation or fault)
    chain = [fault]
    while isinstance(chain[-1].__context__, Exception):
        chain.append(chain[-1].__context__)
    said = [one.strerror for one in chain if isinstance(one, OSError) and one.strerror]  # an error of requests has none
    if said:
        return said[0].lower()
    return str(fault) or type(fault).__name__


__all__ = ["OWNER_LABEL", "Connection", "NotFound", "is_abandoned", "reason_of", "translated"]
