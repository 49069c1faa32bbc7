"""An engine that is none, and a connection to it."""

from __future__ import annotations

from contextlib import closing

import pytest

from .fake import FakeClient, connection_to
from .fake_containers import ContainerClient


@pytest.fixture
def client():
    return FakeClient()


@pytest.fixture
def connection(client, monkeypatch):
    with closing(connection_to(client, monkeypatch)) as connection:
        yield connection


@pytest.fixture
def engine(monkeypatch):
    """A client with containers, which whoever connects is given; it has one image."""
    client = ContainerClient()
    client.add_image("docker.io/library/alpine:latest", "sha256:alpine")
    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", lambda **_: client)
    return client
