"""The command line; no logic of its own. Importing it imports nothing but the standard library."""

from __future__ import annotations

import sys

from stagegraph.cli.exit_codes import ExitCode


def main() -> None:
    """Runs `stagegraph` with the arguments of the process, and ends it with one of `ExitCode`."""
    try:
        from stagegraph.cli.application import application

        application(prog_name="stagegraph")
    except KeyboardInterrupt:  # while modules were being imported
        sys.exit(ExitCode.INTERRUPTED)
