"""The command line; no logic of its own. Importing it imports nothing but the standard library."""

from __future__ import annotations


def main() -> None:
    """Runs `stagegraph` with the arguments of the process, and ends it with one of `ExitCode`."""
    from stagegraph.cli.application import application  # noqa: PLC0415 - click is imported when it is needed

    application(prog_name="stagegraph")
