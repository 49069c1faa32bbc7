"""`stagegraph compare`."""

from __future__ import annotations

import click

import stagegraph
from stagegraph.cli.options import TARGET, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.rendering.graph_diagram import comparison_diagram


@click.command("compare")
@TARGET
@format_option("text", "json", "dot", "mermaid")
@takes_build
def command(request: Request, output: Output, format_: str) -> None:
    """Both builders side by side: what only one of them runs, and where they disagree.

    An error of either builder is a part of the answer, and the exit code is 0.
    """
    comparison = stagegraph.compare(request.content, **request.options)
    if format_ == "json":
        output.dump(comparison.to_dict())
    elif format_ == "dot":
        output.write(comparison_diagram(comparison).to_dot())
    elif format_ == "mermaid":
        output.write(comparison_diagram(comparison).to_mermaid())
    else:
        output.write(output.pages.comparison(comparison))
