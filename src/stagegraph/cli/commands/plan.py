"""`stagegraph plan`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import stagegraph
from stagegraph.cli.options import BUILDER, TARGET, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.errors import StageGraphError
from stagegraph.rendering.spelling import visible
from stagegraph.rendering.transcript import broken_transcript
from stagegraph.rendering.transcript import transcript as transcript_of

if TYPE_CHECKING:
    from stagegraph.planning.plan import Plan


@click.command("plan")
@TARGET
@BUILDER
@format_option("text", "json", "dot", "mermaid")
@click.option("--transcript", is_flag=True, help="What the builder would print, without times.")
@takes_build
def command(request: Request, output: Output, format_: str, *, transcript: bool) -> None:
    """The steps a builder runs for a target, in order, and why.

    Where the legacy builder fails half way, the steps that it announces before stand on standard
    output (as text, not in the other formats) and the error on standard error.
    """
    if transcript and format_ != "text":
        raise click.UsageError("--transcript is a text of its own; leave --format out.")
    try:
        plan = stagegraph.plan(request.content, builder=request.builder, **request.options)
    except StageGraphError as error:
        if format_ == "text" and error.steps:
            output.write(_announced(error, transcript=transcript))
        raise
    if transcript:
        output.write(transcript_of(plan))
    else:
        _show(plan, format_, output)


def _announced(error: StageGraphError, *, transcript: bool) -> str:
    if transcript:
        return broken_transcript(error.steps)
    return "".join(f"{visible(step.name)}\n" for step in error.steps)


def _show(plan: Plan, format_: str, output: Output) -> None:
    if format_ == "json":
        output.dump(plan.to_dict())
    elif format_ == "dot":
        output.write(plan.to_dot())
    elif format_ == "mermaid":
        output.write(plan.to_mermaid())
    else:
        output.write(output.pages.plan(plan))
