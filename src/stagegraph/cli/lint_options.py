"""The options of `stagegraph lint`, and `Wanted`: what they ask for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import attrs
import click

from stagegraph.cli import values
from stagegraph.cli.options import Body, format_option, stacked
from stagegraph.cli.request import Request
from stagegraph.linting.declaring_files import is_declaring_file
from stagegraph.linting.files import STANDARD_INPUT, Asked
from stagegraph.linting.findings import Severity
from stagegraph.linting.request import LintOptions
from stagegraph.rendering.reports import FORMS

_TEXT = "text"


@attrs.frozen
class Form:
    """How findings are reported: the name of the form, and the file it goes to, if not to standard output."""

    name: str
    file: Path | None = None


@attrs.frozen
class Wanted:
    """What `lint` is asked beyond what a build is given; the fields are the options."""

    paths: Sequence[str]
    exclude: Sequence[str]
    targets: Sequence[str]
    select: Sequence[str]
    ignore: Sequence[str]
    fixing: bool
    differing: bool
    format_: str
    destination: Path | None
    fail_on: str
    dockerignore: Path | None
    project: Path | None
    environment: Mapping[str, str]

    @property
    def places(self) -> Sequence[str]:
        """Where to look: the current directory if nothing is named."""
        return self.paths or (".",)

    @property
    def is_filter(self) -> bool:
        """Whether standard input is mended on its way to standard output."""
        return self.fixing and STANDARD_INPUT in self.paths

    @property
    def form(self) -> Form:
        """How findings are reported."""
        return Form(self.format_, self.destination)

    @property
    def least(self) -> Severity:
        """The least severity that counts for the exit code."""
        return Severity(self.fail_on)

    def check(self) -> None:
        """Refuses options that do not go together.

        Raises:
            UsageError: there are such.
        """
        if self.differing and (self.fixing or self.format_ != _TEXT):
            raise click.UsageError("--diff is an answer of its own; leave --fix and --format out.")
        if self.is_filter and (len(self.paths) > 1 or self.format_ != _TEXT):
            raise click.UsageError("--fix of standard input writes the text to standard output, and nothing else.")

    def asked(self, request: Request) -> Asked:
        """What the linter is asked for a build like `request`."""
        return Asked(
            select=tuple(self.select),
            ignore=tuple(self.ignore),
            targets=tuple(self.targets),
            dockerignore=self.dockerignore,
            project=self.project,
            declaring=tuple(filter(is_declaring_file, self.paths)),
            tops=tuple(place for place in map(Path, self.places) if place.is_dir()),
            environment=self.environment,
            options=_options_of(request),
        )


_OPTIONS = (
    click.option("--exclude", metavar="GLOB", multiple=True, help="Files and directories to leave out. Repeatable."),
    click.option("--target", "targets", metavar="STAGE", multiple=True, help="A target that is built. Repeatable."),
    click.option("--select", metavar="RULES", multiple=True, callback=values.rules, help="The only rules to use."),
    click.option("--ignore", metavar="RULES", multiple=True, callback=values.rules, help="Rules not to use."),
    click.option("--fix", "fixing", is_flag=True, help="Mend what can be mended safely, and write the files."),
    click.option("--diff", "differing", is_flag=True, help="Show what --fix would do; write nothing."),
    format_option(_TEXT, *FORMS),
    click.option(
        "-o",
        "--output",
        "destination",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="Where to write the report.",
    ),
    click.option(
        "--fail-on",
        type=click.Choice([severity.value for severity in Severity]),
        default=Severity.INFO.value,
        show_default=True,
        help="The least severity that makes the process end with 1.",
    ),
    click.option(
        "--dockerignore",
        metavar="FILE",
        type=click.Path(path_type=Path),
        help="The .dockerignore of the build context; the one beside the Dockerfile if absent.",
    ),
    click.option(
        "--project",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="Where compose and bake files declare what is built; the repository of each Dockerfile if absent.",
    ),
    click.option(
        "--env",
        "environment",
        metavar="NAME[=VALUE]",
        multiple=True,
        callback=values.build_args,
        help="A variable of the compose and bake files; without a value, the one in the environment. Repeatable.",
    ),
)


def takes_wanted(body: Body) -> Body:
    """Gives a command `wanted`, made of its paths and of all options of `lint`."""

    @wraps(body)
    def command(**given: object) -> None:
        wanted: dict[str, Any] = {field.name: given.pop(field.name) for field in attrs.fields(Wanted)}
        body(wanted=Wanted(**wanted), **given)

    return stacked(_OPTIONS, command)


def _options_of(request: Request) -> LintOptions:
    given = request.options
    options = LintOptions(build_args=given["build_args"], contexts=given["contexts"], images=given["images"])
    if "platform" in given:
        options["platform"] = given["platform"]
    return options
