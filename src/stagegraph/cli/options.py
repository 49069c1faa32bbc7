"""The options of the commands: Docker's own names, wherever Docker has the option too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any

import click

from stagegraph.cli import values
from stagegraph.cli.failures import reported
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request

Body = Callable[..., None]
Decorator = Callable[[Body], Body]

FILE = click.option("-f", "--file", metavar="FILE", help="The Dockerfile; ./Dockerfile if absent, - is standard input.")
TARGET = click.option("--target", metavar="STAGE", help="The stage to build; the last one if absent.")
BUILDER = click.option(
    "--builder",
    type=click.Choice(["buildkit", "legacy"], case_sensitive=False),
    default="buildkit",
    show_default=True,
    help="Whose rules count.",
)
_LABEL = click.option(
    "--label", "labels", metavar="NAME=VALUE", multiple=True, callback=values.labels, help="A label of the image."
)
_ENVIRONMENT = (
    click.option(
        "--build-arg",
        "build_args",
        metavar="NAME[=VALUE]",
        multiple=True,
        callback=values.build_args,
        help="A build argument; without a value, the one in the environment. Repeatable, as all below.",
    ),
    click.option(
        "--build-context",
        "contexts",
        metavar="NAME=VALUE",
        multiple=True,
        callback=values.contexts,
        help="A named context.",
    ),
    click.option(
        "--image-config",
        "image_files",
        metavar="REF=FILE",
        multiple=True,
        callback=values.image_files,
        help="The OCI image config (JSON) of an external image: environment, ONBUILD, layers.",
    ),
    click.option(
        "--platform",
        metavar="PLATFORM",
        callback=values.platform,
        help="The platform to build for; linux/amd64 if absent, on every host.",
    ),
)
_COLOUR = (
    click.option(
        "--color",
        "colour",
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        show_default=True,
        help="Whether text is coloured; auto asks the terminal and NO_COLOR.",
    ),
    click.option("--no-color", "no_colour", is_flag=True, help="The same as --color=never."),
)


def format_option(*formats: str) -> Decorator:
    """`--format`, with the formats that a command has."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats, case_sensitive=False),
        default=formats[0],
        show_default=True,
        help="The form of the answer.",
    )


def takes_dockerfile(body: Body) -> Body:
    """Gives a command `request` (the file alone) and `output`, and reports its errors."""
    return stacked((FILE, *_COLOUR), _prepared(body))


def takes_build(body: Body) -> Body:
    """Gives a command `request` (everything but target and builder) and `output`, and reports its errors.

    Target and builder are options of their own, `TARGET` and `BUILDER`, and come in the request.
    """
    return stacked((FILE, *_ENVIRONMENT, _LABEL, *_COLOUR), _prepared(body))


def takes_environment(body: Body) -> Body:
    """Gives a command `request` (what a build is given beside a Dockerfile) and `output`, and reports its errors."""
    return stacked((*_ENVIRONMENT, *_COLOUR), _prepared(body))


def coloured(body: Body) -> Body:
    """Gives a command `output`, and reports its errors."""

    @wraps(body)
    def command(colour: str, *, no_colour: bool, **given: object) -> None:
        with reported("stagegraph"):
            body(output=Output("never" if no_colour else colour), **given)

    return stacked(_COLOUR, command)


def _prepared(body: Body) -> Body:
    @wraps(body)
    def command(colour: str, *, no_colour: bool, **given: object) -> None:
        fields: dict[str, Any] = {name: given.pop(name) for name in _REQUEST_FIELDS if name in given}
        request = Request(**fields)
        with reported(request.file_name):
            body(request=request, output=Output("never" if no_colour else colour), **given)

    return command


_REQUEST_FIELDS = ("file", "builder", "target", "build_args", "contexts", "labels", "platform", "image_files")


def stacked(options: Sequence[Decorator], body: Body) -> Body:
    """The command with all the options, which help lists in this order."""
    for option in reversed(options):
        body = option(body)
    return body
