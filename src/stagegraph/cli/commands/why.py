"""`stagegraph why`."""

from __future__ import annotations

import click

import stagegraph
from stagegraph.cli.options import BUILDER, TARGET, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.rendering.listings import why_dump


@click.command("why")
@click.argument("stage")
@TARGET
@BUILDER
@format_option("text", "json")
@takes_build
def command(request: Request, output: Output, format_: str, stage: str) -> None:
    """Why a stage runs for the target, or why it does not.

    STAGE is a name or an index.
    """
    plan = stagegraph.plan(request.content, builder=request.builder, **request.options)
    chain = plan.why(stage)
    if format_ == "json":
        output.dump(why_dump(plan, chain))
    else:
        output.write(output.pages.why(plan, chain))
