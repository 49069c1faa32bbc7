"""A `docker` that is none, first on PATH."""

from __future__ import annotations

import pytest

from .fake import FakeDocker

HELP = "Usage:  docker build [OPTIONS] PATH | URL | -\n      --force-rm     Always remove intermediate containers\n"


@pytest.fixture
def docker(tmp_path_factory, monkeypatch):
    """It has a legacy builder and an engine without images."""
    folder = tmp_path_factory.mktemp("docker")
    monkeypatch.setenv("PATH", str(folder))
    fake = FakeDocker(folder)
    fake.answer("version", output="28.5\n")
    fake.answer("image", "ls")
    fake.answer("image", "inspect", code=1)
    fake.answer("image", "rm")
    fake.answer("container", "rm")
    fake.answer("build", "--help", output=HELP)
    return fake
