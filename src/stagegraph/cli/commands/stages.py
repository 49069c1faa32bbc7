"""`stagegraph stages`."""

from __future__ import annotations

import click

import stagegraph
from stagegraph.cli.options import format_option, takes_dockerfile
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.rendering.listings import list_stages, stages_dump
from stagegraph.stages.cutting import cut


@click.command("stages")
@format_option("text", "json")
@takes_dockerfile
def command(request: Request, output: Output, format_: str) -> None:
    """The stages that can be a target: name, base, platform, description, line.

    Bases and platforms stand as written, and the description is what a comment above the stage
    says: `# name what it is for`.
    """
    listings = list_stages(cut(stagegraph.parse(request.content)))
    if format_ == "json":
        output.dump(stages_dump(listings))
    else:
        output.write(output.pages.stages(listings))
