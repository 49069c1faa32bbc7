"""`stagegraph dead`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

import stagegraph
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.options import BUILDER, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.rendering.listings import dead_dump
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.api import Content
    from stagegraph.model.graph import StageGraph


@click.command("dead")
@click.option("--target", "targets", metavar="STAGE", multiple=True, help="A target; the last stage if absent.")
@BUILDER
@format_option("text", "json")
@click.option("--exit-code", is_flag=True, help="End with 1 if there is a dead stage.")
@takes_build
def command(request: Request, output: Output, format_: str, targets: Sequence[str], *, exit_code: bool) -> None:
    """The stages that no target needs.

    --target can be repeated.
    """
    graphs = _graphs(request, targets)
    dead = _dead_in_all(graphs)
    names = [graph.target.display_name for graph in graphs]
    if format_ == "json":
        output.dump(dead_dump(dead, names))
    else:
        output.write(output.pages.dead(dead, names))
    if exit_code and dead:
        raise click.exceptions.Exit(ExitCode.FOUND)


def _graphs(request: Request, targets: Sequence[str]) -> list[StageGraph]:
    """The graph of each target; it is the builder that says what is a target."""
    first, *others = targets or (None,)
    graph = _graph(request.content, request, first)
    tree = graph.resolved.cut.dockerfile  # read once: the file may be a pipe
    return [graph, *(_graph(tree, request, target) for target in others)]


def _graph(content: Content, request: Request, target: str | None) -> StageGraph:
    options = request.options.copy()
    options["target"] = target
    return stagegraph.graph(content, builder=request.builder, **options)


def _dead_in_all(graphs: Sequence[StageGraph]) -> tuple[Stage, ...]:
    dead = [frozenset(stage.index for stage in graph.dead_stages()) for graph in graphs]
    return tuple(stage for stage in graphs[0].stages if all(stage.index in one for one in dead))
