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
        raise click.exceptions.Exit(report_failure(error, file_name)) from None


def report_failure(error: StageGraphError, file_name: str) -> ExitCode:
    """Says an error on standard error, and gives the exit code it is worth."""
    click.echo(failure_text(error, file_name), err=True, nl=False)
    if isinstance(error, InputError):
        return ExitCode.UNREADABLE
    if isinstance(error, BackendError):
        return ExitCode.UNAVAILABLE
    return ExitCode.LIMIT if isinstance(error, LimitError) else ExitCode.REFUSED
