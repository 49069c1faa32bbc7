"""Runs `stagegraph` in a folder of its own, in this process."""

import pytest
from click.testing import CliRunner

from stagegraph.cli.application import application

SEED = """\
# syntax=docker/dockerfile:1
FROM ubuntu AS base
RUN echo "base"

FROM base AS stage1
RUN echo "stage1"

FROM base AS stage2
RUN echo "stage2"
"""


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder that the command runs in; its Dockerfile is the last one of the seed."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "Dockerfile").write_text(SEED)
    return tmp_path


@pytest.fixture
def run(folder):  # noqa: ARG001 - it runs there
    """Runs a command line and gives click's result: `exit_code`, `stdout`, `stderr`."""

    def run(*arguments, stdin=None, **environment):
        # An exception that is no click exception is a traceback to the user: let it out.
        return CliRunner().invoke(
            application, arguments, input=stdin, env=environment, prog_name="stagegraph", catch_exceptions=False
        )

    return run


@pytest.fixture
def write(folder):
    """Writes a file into the folder and gives its name."""

    def write(content, name="other.Dockerfile"):
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        return name

    return write
