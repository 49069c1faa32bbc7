"""An engine that is none, and a connection to it."""

from __future__ import annotations

from contextlib import closing

import pytest

from .fake import FakeClient, connection_to


@pytest.fixture
def client():
    return FakeClient()


@pytest.fixture
def connection(client, monkeypatch):
    with closing(connection_to(client, monkeypatch)) as connection:
        yield connection
