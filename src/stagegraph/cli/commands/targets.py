"""`stagegraph targets`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

import stagegraph
from stagegraph.cli.options import coloured, format_option
from stagegraph.cli.output import Output
from stagegraph.cli.values import build_args
from stagegraph.rendering.targets import targets_dump


@click.command("targets")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option(
    "--env",
    "environment",
    metavar="NAME[=VALUE]",
    multiple=True,
    callback=build_args,
    help="A variable of the compose and bake files; without a value, the one in the environment. Repeatable.",
)
@format_option("text", "json")
@coloured
def command(paths: Sequence[str], environment: Mapping[str, str], format_: str, output: Output) -> None:
    """What a repository builds: its Dockerfiles, their targets, and who declares them.

    PATH is a directory (the current one if absent); or compose and bake files, which are read
    together, as -f gives them to docker.
    """
    from stagegraph.projects.survey import survey

    surveyed = survey(stagegraph.project(*paths, environment=environment))
    if format_ == "json":
        output.dump(targets_dump(surveyed))
    else:
        output.write(output.pages.targets(surveyed))
