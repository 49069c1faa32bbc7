"""The group of commands; each is imported when it is run, none for `--help` or `--version`."""

from __future__ import annotations

from importlib import import_module
from typing import NamedTuple

import click

from stagegraph import __version__
from stagegraph.cli.endings import quiet_endings


class _Entry(NamedTuple):
    """A command that may not be imported yet: its module, and its line in `--help`."""

    module: str
    summary: str


_COMMANDS = {
    "plan": _Entry("stagegraph.cli.commands.plan", "The steps a builder runs for a target, in order, and why."),
    "graph": _Entry("stagegraph.cli.commands.graph", "The stages, and what each of them needs."),
    "compare": _Entry(
        "stagegraph.cli.commands.compare",
        "Both builders side by side: what only one of them runs, and where they disagree.",
    ),
    "why": _Entry("stagegraph.cli.commands.why", "Why a stage runs for the target, or why it does not."),
    "stages": _Entry(
        "stagegraph.cli.commands.stages", "The stages that can be a target: name, base, platform, description, line."
    ),
    "images": _Entry("stagegraph.cli.commands.images", "The external images a target needs, and where."),
    "targets": _Entry(
        "stagegraph.cli.commands.targets",
        "What a repository builds: its Dockerfiles, their targets, and who declares them.",
    ),
    "dead": _Entry("stagegraph.cli.commands.dead", "The stages that no target needs."),
    "build": _Entry("stagegraph.cli.commands.build", "Carry out the plan: simulate it, or run it on an engine."),
    "scan": _Entry("stagegraph.cli.commands.scan", "What both builders make of every Dockerfile under some paths."),
}

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}

_EPILOG = """\b
Exit codes
  0    the answer is on standard output
  1    dead --exit-code found dead stages
  2    the command line is wrong
  3    the Dockerfile, an image config or the directory cannot be read
  4    the builder would refuse the Dockerfile, the target or an option
  5    a limit of stagegraph
  6    standard output cannot be written
  7    a step of a build failed
  8    the backend or its engine is not there, or cannot do that
  130  interrupted
  141  the reader of standard output has stopped
"""


class LazyGroup(click.Group):
    """A group whose commands are imported when they are run; Ctrl-C and a closed pipe end it quietly."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, in the order of the documentation."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of this name, imported now."""
        entry = _COMMANDS.get(cmd_name)
        if entry is None:
            return None
        command: click.Command = import_module(entry.module).command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands in `--help`, without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in _COMMANDS.items()])

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: object
    ) -> click.Context:
        """Reads the options before the command, `--help` and `--version` among them."""
        with quiet_endings():
            return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Runs the command."""
        with quiet_endings():
            return super().invoke(ctx)


@click.group(cls=LazyGroup, epilog=_EPILOG, context_settings=_SETTINGS)
@click.version_option(__version__, prog_name="stagegraph")
def application() -> None:
    """Says what a Docker build will do, without Docker and before anything runs."""
