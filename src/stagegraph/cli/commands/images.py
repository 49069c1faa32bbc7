"""`stagegraph images`."""

from __future__ import annotations

import click

import stagegraph
from stagegraph.cli.options import BUILDER, TARGET, format_option, takes_build
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.rendering.listings import images_dump, list_images


@click.command("images")
@TARGET
@BUILDER
@format_option("text", "json")
@takes_build
def command(request: Request, output: Output, format_: str) -> None:
    """The external images a target needs, and where.

    Named contexts stand behind the images. For the legacy builder the images are those of every
    stage up to the target.
    """
    graph = stagegraph.graph(request.content, builder=request.builder, **request.options)
    images = list_images(graph)
    if format_ == "json":
        output.dump(images_dump(graph, images))
    else:
        output.write(output.pages.images(graph, images))
