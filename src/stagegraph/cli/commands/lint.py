"""`stagegraph lint`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import attrs
import click

from stagegraph import __version__
from stagegraph.cli import values
from stagegraph.cli.dockerfiles import Read, read_dockerfiles
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.failures import report_failure
from stagegraph.cli.mending import Mending
from stagegraph.cli.options import format_option, takes_environment
from stagegraph.cli.output import Output, write_file
from stagegraph.cli.request import Request
from stagegraph.errors import StageGraphError
from stagegraph.linting.files import STANDARD_INPUT, Asked, FileLinter, LintedFile
from stagegraph.linting.findings import Severity
from stagegraph.linting.linter import LintOptions
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.reports import FORMS
from stagegraph.rendering.reports.report import Report
from stagegraph.source import SourceFile


@click.command("lint")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path())
@click.option("--exclude", metavar="GLOB", multiple=True, help="Files and directories to leave out. Repeatable.")
@click.option("--target", "targets", metavar="STAGE", multiple=True, help="A target that is built. Repeatable.")
@click.option("--select", metavar="RULES", multiple=True, callback=values.rules, help="The only rules to use.")
@click.option("--ignore", metavar="RULES", multiple=True, callback=values.rules, help="Rules not to use.")
@click.option("--fix", "fixing", is_flag=True, help="Mend what can be mended safely, and write the files.")
@click.option("--diff", "differing", is_flag=True, help="Show what --fix would do; write nothing.")
@format_option("text", *FORMS)
@click.option(
    "-o", "--output", "destination", metavar="FILE", type=click.Path(path_type=Path), help="Where to write the report."
)
@click.option(
    "--fail-on",
    type=click.Choice([severity.value for severity in Severity]),
    default=Severity.INFO.value,
    show_default=True,
    help="The least severity that makes the process end with 1.",
)
@click.option(
    "--dockerignore",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The .dockerignore of the build context; the one beside the Dockerfile if absent.",
)
@click.option(
    "--project",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="Where compose and bake files declare what is built; the repository of each Dockerfile if absent.",
)
@click.option(
    "--env",
    "environment",
    metavar="NAME[=VALUE]",
    multiple=True,
    callback=values.build_args,
    help="A variable of the compose and bake files; without a value, the one in the environment. Repeatable.",
)
@takes_environment
def command(
    request: Request,
    output: Output,
    paths: Sequence[str],
    exclude: Sequence[str],
    targets: Sequence[str],
    select: Sequence[str],
    ignore: Sequence[str],
    format_: str,
    destination: Path | None,
    fail_on: str,
    dockerignore: Path | None,
    project: Path | None,
    environment: Mapping[str, str],
    *,
    fixing: bool,
    differing: bool,
) -> None:
    """What is wrong with Dockerfiles: build checks, rules on stages.

    PATH is a Dockerfile, a directory to look through (the current one if absent), or - for standard
    input. What is built is what compose and bake files of its repository declare, what is configured,
    and what --target says; the last stage where nobody says anything.
    RULES are names with commas between them; stagegraph explain tells about each.
    """
    if differing and (fixing or format_ != "text"):
        raise click.UsageError("--diff is an answer of its own; leave --fix and --format out.")
    is_filter = fixing and STANDARD_INPUT in paths
    if is_filter and (len(paths) > 1 or format_ != "text"):
        raise click.UsageError("--fix of standard input writes the text to standard output, and nothing else.")
    places = paths or (".",)
    asked = Asked(
        select=tuple(select),
        ignore=tuple(ignore),
        targets=tuple(targets),
        dockerignore=dockerignore,
        project=project,
        tops=tuple(place for place in map(Path, places) if place.is_dir()),
        environment=environment,
        options=_options_of(request),
    )
    linter = FileLinter(asked)
    run = _Run(linter, output)
    files = read_dockerfiles(places, exclude, linter.declared_below)
    if differing:
        run.show_differences(files)
    elif is_filter:
        run.filter(files, Severity(fail_on))
    else:
        run.report(files, Form(format_, destination), Severity(fail_on), fixing=fixing)
    if run.code is not ExitCode.FINE:
        raise click.exceptions.Exit(run.code)


def _options_of(request: Request) -> LintOptions:
    given = request.options
    options = LintOptions(build_args=given["build_args"], contexts=given["contexts"], images=given["images"])
    if "platform" in given:
        options["platform"] = given["platform"]
    return options


@attrs.frozen
class Form:
    """How findings are reported: the name of the form, and the file it goes to, if not to standard output."""

    name: str
    file: Path | None = None

    def write(self, report: Report, output: Output) -> None:
        """Writes the report; where it goes to a file, the text for people goes to standard output."""
        if self.file is not None:
            write_file(self.file, PlainPages().findings(report) if self.name == "text" else FORMS[self.name](report))
        if self.file is not None or self.name == "text":
            output.write(output.pages.findings(report))
        else:
            output.write(FORMS[self.name](report))


class _Run:
    """One run; `code` is what the process ends with."""

    def __init__(self, linter: FileLinter, output: Output) -> None:
        self._linter = linter
        self._output = output
        self.code = ExitCode.FINE

    def report(self, files: Iterable[Read], form: Form, least: Severity, *, fixing: bool) -> None:
        """Says what is found, after mending what can be."""
        report = Report([self._linted(path, source, fixing=fixing) for path, source in files], __version__)
        form.write(report, self._output)
        self._judge(report, least)

    def filter(self, files: Iterable[Read], least: Severity) -> None:
        """Gives standard input back, mended; what is found beside is said on standard error."""
        for path, source in files:
            try:
                if isinstance(source, StageGraphError):
                    raise source
                mending = Mending(path, self._linter.fix(path, source))
            except StageGraphError as error:
                self._end_with(report_failure(error, path))
                return
            self._output.write(mending.fixed.text)
            report = Report([self._linter.lint(path, SourceFile(mending.fixed.text, path))])
            click.echo(mending.account + PlainPages().findings(report), err=True, nl=False)
            self._judge(report, least)

    def _judge(self, report: Report, least: Severity) -> None:
        if any(finding.severity.rank <= least.rank for _, _, finding in report):
            self._end_with(ExitCode.FOUND)
        for file in report.files:
            if file.error is not None:
                self._end_with(report_failure(file.error, file.path))

    def show_differences(self, files: Iterable[Read]) -> None:
        """Says what would be mended."""
        for path, source in files:
            try:
                if isinstance(source, StageGraphError):
                    raise source
                difference = Mending(path, self._linter.fix(path, source)).difference
            except StageGraphError as error:
                self._end_with(report_failure(error, path))
                continue
            if difference:
                self._output.write(difference)
                self._end_with(ExitCode.FOUND)

    def _linted(self, path: str, source: SourceFile | StageGraphError, *, fixing: bool) -> LintedFile:
        if isinstance(source, StageGraphError):
            return LintedFile(path, source)
        if fixing:
            try:
                source = self._mended(path, source)
            except StageGraphError as error:
                return LintedFile(path, error)
        return self._linter.lint(path, source)

    def _mended(self, path: str, source: SourceFile) -> SourceFile:
        mending = Mending(path, self._linter.fix(path, source))
        mending.write()
        click.echo(mending.account, err=True, nl=False)
        return SourceFile(mending.fixed.text, path)

    def _end_with(self, code: ExitCode) -> None:
        """Ends with the gravest code of all."""
        self.code = max(self.code, code)
