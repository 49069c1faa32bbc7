"""`stagegraph lint`."""

from __future__ import annotations

import click

from stagegraph.cli.dockerfiles import read_dockerfiles, read_inline
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.lint_options import Wanted, takes_wanted
from stagegraph.cli.linting import LintRun
from stagegraph.cli.options import takes_environment
from stagegraph.cli.output import Output
from stagegraph.cli.request import Request
from stagegraph.linting.files import FileLinter


@click.command("lint")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@takes_wanted
@takes_environment
def command(request: Request, output: Output, wanted: Wanted) -> None:
    """What is wrong with Dockerfiles: build checks, rules on stages.

    PATH is a Dockerfile, a directory to look through (the current one if absent), - for standard
    input, or a compose or bake file (.yaml, .yml, .hcl, .json): the Dockerfiles that it declares, by
    its targets. Else what is built is what compose and bake files of the repository declare, what is
    configured, and what --target says; the last stage where nobody says anything.
    RULES are names with commas between them; stagegraph explain tells about each.
    """
    wanted.check()
    linter = FileLinter(wanted.asked(request))
    run = LintRun(linter, output)
    files = read_dockerfiles(wanted.places, wanted.exclude, linter)
    inline = read_inline(wanted.places, wanted.exclude, linter)
    if wanted.differing:
        run.show_differences(files, inline)
    elif wanted.is_filter:
        run.filter(files, wanted.least)
    else:
        run.report(files, inline, wanted.form, wanted.least, fixing=wanted.fixing)
    if run.code is not ExitCode.FINE:
        raise click.exceptions.Exit(run.code)
