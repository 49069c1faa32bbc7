"""Connections and their errors."""

from __future__ import annotations

import socket
import threading
from contextlib import closing

import pytest
import requests
from docker.errors import DockerException
from urllib3.exceptions import ProtocolError

import stagegraph
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.connection import Connection, is_abandoned, reason_of, translated

from .fake import FakeClient, api_error


@pytest.fixture
def clients(monkeypatch):
    """Every client that is made."""
    made = []

    def make(**_options):
        made.append(FakeClient())
        return made[-1]

    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", make)
    return made


def test_each_thread_has_a_client_of_its_own(clients):
    with closing(Connection()) as connection:
        here = connection.api
        assert connection.api is here
        there = []
        thread = threading.Thread(target=lambda: there.append(connection.api))
        thread.start()
        thread.join()
        assert there[0] is not here
    assert all(client.closed for client in clients)


def test_what_streams_has_a_client_of_its_own_whose_answers_are_closed(clients):
    class Answer:
        closed = False

        def close(self):
            self.closed = True

    with closing(Connection()) as connection:
        answer = Answer()
        with connection.streaming() as stream:
            assert stream.client is not connection.api
            for hook in stream.client.hooks["response"]:
                hook(answer, timeout=1)
            assert not answer.closed
        assert answer.closed
        assert stream.client.closed
    assert len(clients) == 2


@pytest.mark.parametrize(("host", "named"), [("tcp://far:2375", "tcp://far:2375"), ("", "unix:///var/run/docker.sock")])
def test_no_engine(monkeypatch, host, named):
    def fail(**_options):
        try:
            raise FileNotFoundError(2, "No such file or directory")
        except OSError as fault:
            raise DockerException("Error while fetching server API version") from fault

    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", fail)
    monkeypatch.setattr("stagegraph.backends.docker.connection.kwargs_from_env", dict)
    monkeypatch.setenv("DOCKER_HOST", host)
    with closing(Connection()) as connection, pytest.raises(stagegraph.BackendError) as caught:
        _ = connection.api
    assert caught.value.message == f"there is no Docker Engine at {named}: no such file or directory"


@pytest.mark.parametrize(
    ("raised", "kind", "message"),
    [
        (api_error("no such container"), EngineError, "no such container"),
        (DockerException("odd"), stagegraph.BackendError, "the Docker Engine has gone: odd"),
        (requests.ConnectionError("broken"), stagegraph.BackendError, "the Docker Engine has gone: broken"),
        (ProtocolError("cut"), stagegraph.BackendError, "the Docker Engine has gone: cut"),
        (
            ConnectionResetError(104, "Connection reset by peer"),
            stagegraph.BackendError,
            "has gone: connection reset by peer",
        ),
    ],
)
def test_errors_are_ours(raised, kind, message):
    with pytest.raises(kind, match=message), translated():
        raise raised


def test_others_errors_are_theirs():
    with pytest.raises(ZeroDivisionError), translated():
        raise ZeroDivisionError


def test_the_reason_is_at_the_bottom():
    fault = DockerException("Error while fetching server API version")
    fault.__context__ = requests.ConnectionError("('Connection aborted.', …)")
    fault.__context__.__context__ = ConnectionRefusedError(111, "Connection refused")
    assert reason_of(fault) == "connection refused"


def test_an_error_without_words_has_a_name():
    assert reason_of(DockerException()) == "DockerException"


def test_owners_are_told_apart(clients):
    with closing(Connection()) as one, closing(Connection()) as other:
        assert one.owner != other.owner
        assert not is_abandoned(one.owner)
        assert one.owner.startswith(f"{socket.gethostname()}:")
    assert is_abandoned(one.owner)
    assert clients == []  # nothing is asked of an engine before it is needed
