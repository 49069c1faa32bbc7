"""Errors of stagegraph as messages on standard error, each kind with its exit code."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from stagegraph.cli.exit_codes import ExitCode
from stagegraph.errors import BackendError, InputError, LimitError, StageGraphError
from stagegraph.rendering.failures import failure_text


@contextmanager
def reported(file_name: str) -> Iterator[None]:
    """Ends the process with a message where stagegraph raises; it calls the Dockerfile `file_name`."""
    try:
        yield
    except StageGraphError as error:
        click.echo(failure_text(error, file_name), err=True, nl=False)
        raise click.exceptions.Exit(_exit_code(error)) from None


def _exit_code(error: StageGraphError) -> ExitCode:
    if isinstance(error, InputError):
        return ExitCode.UNREADABLE
    if isinstance(error, BackendError):
        return ExitCode.UNAVAILABLE
    return ExitCode.LIMIT if isinstance(error, LimitError) else ExitCode.REFUSED
