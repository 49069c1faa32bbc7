"""Ends that are nobody's fault: Ctrl-C, and a reader that has seen enough."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from stagegraph.cli.exit_codes import ExitCode


@contextmanager
def quiet_endings() -> Iterator[None]:
    """Ends the process without a word on Ctrl-C, and where the reader of its output has gone."""
    try:
        yield
    except KeyboardInterrupt:
        raise click.exceptions.Exit(ExitCode.INTERRUPTED) from None
    except BrokenPipeError:
        abandon_output()
        raise click.exceptions.Exit(ExitCode.BROKEN_PIPE) from None


def abandon_output() -> None:
    """Lets the interpreter flush what is left of standard output to nowhere when it ends."""
    try:
        descriptor = sys.stdout.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
