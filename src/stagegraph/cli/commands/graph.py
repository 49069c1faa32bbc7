"""`stagegraph graph`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

import stagegraph
from stagegraph.cli.options import BUILDER, TARGET, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.diagrams import Diagram
from stagegraph.rendering.graph_diagram import graph_diagram

if TYPE_CHECKING:
    from stagegraph.model.graph import StageGraph


@click.command("graph")
@TARGET
@BUILDER
@format_option("text", "json", "dot", "mermaid")
@takes_build
def command(request: Request, output: Output, format_: str) -> None:
    """The stages, and what each of them needs.

    The diagrams (dot and mermaid) say of every stage which of the builders runs it for the target.
    """
    graph = stagegraph.graph(request.content, builder=request.builder, **request.options)
    if format_ == "json":
        output.dump(graph.to_dict())
    elif format_ == "dot":
        output.write(_diagram(graph, request).to_dot())
    elif format_ == "mermaid":
        output.write(_diagram(graph, request).to_mermaid())
    else:
        output.write(output.pages.graph(graph))


def _diagram(graph: StageGraph, request: Request) -> Diagram:
    comparison = stagegraph.compare(graph.resolved.cut.dockerfile, **request.options)
    return graph_diagram(graph, comparison)
