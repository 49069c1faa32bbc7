"""`LintRun`: Dockerfiles put to the linter, and what becomes of its findings."""

from __future__ import annotations

from collections.abc import Iterable

import click

from stagegraph import __version__
from stagegraph.cli.dockerfiles import Read
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.cli.failures import report_failure
from stagegraph.cli.lint_options import Form
from stagegraph.cli.mending import Mending, unwritten
from stagegraph.cli.output import Output, write_file
from stagegraph.errors import StageGraphError
from stagegraph.linting.declarations import InlineInFile
from stagegraph.linting.files import FileLinter, LintedFile
from stagegraph.linting.findings import Severity
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.reports import FORMS, WITHOUT_SILENCES
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.reports.summary import silence_lines
from stagegraph.source import SourceFile


class LintRun:
    """One run; `code` is what the process ends with."""

    def __init__(self, linter: FileLinter, output: Output) -> None:
        self._linter = linter
        self._output = output
        self.code = ExitCode.FINE

    def report(
        self, files: Iterable[Read], inline: Iterable[InlineInFile], form: Form, least: Severity, *, fixing: bool
    ) -> None:
        """Says what is found, after mending what can be."""
        linted = [self._linted(path, source, fixing=fixing) for path, source in files]
        for one in inline:
            if fixing:
                self._say_what_is_not_written(one)
            linted.append(self._linter.lint_inline(one))
        report = Report(linted, __version__)
        self._write(report, form)
        self._judge(report, least)

    def filter(self, files: Iterable[Read], least: Severity) -> None:
        """Gives standard input back, mended; what is found beside is said on standard error."""
        for path, source in files:
            try:
                mending = self._mending(path, source)
            except StageGraphError as error:
                self._end_with(report_failure(error, path))
                return
            self._output.write(mending.fixed.text)
            report = Report([self._linter.lint(path, SourceFile(mending.fixed.text, path))])
            click.echo(mending.account + PlainPages().findings(report), err=True, nl=False)
            self._judge(report, least)

    def show_differences(self, files: Iterable[Read], inline: Iterable[InlineInFile]) -> None:
        """Says what would be mended."""
        for path, source in files:
            try:
                difference = self._mending(path, source).difference
            except StageGraphError as error:
                self._end_with(report_failure(error, path))
                continue
            if difference:
                self._output.write(difference)
                self._end_with(ExitCode.FOUND)
        for one in inline:
            self._say_what_is_not_written(one)

    def _linted(self, path: str, source: SourceFile | StageGraphError, *, fixing: bool) -> LintedFile:
        try:
            if fixing:
                source = self._mended(path, source)
            elif isinstance(source, StageGraphError):
                raise source
        except StageGraphError as error:
            return LintedFile(path, error)
        return self._linter.lint(path, source)

    def _mended(self, path: str, source: SourceFile | StageGraphError) -> SourceFile:
        mending = self._mending(path, source)
        mending.write()
        click.echo(mending.account, err=True, nl=False)
        return SourceFile(mending.fixed.text, path)

    def _mending(self, path: str, source: SourceFile | StageGraphError) -> Mending:
        if isinstance(source, StageGraphError):
            raise source
        return Mending(path, self._linter.fix(path, source))

    def _say_what_is_not_written(self, one: InlineInFile) -> None:
        try:
            account = unwritten(one, self._linter.fix_inline(one))
        except StageGraphError:
            return  # which the report says
        click.echo(account, err=True, nl=False)

    def _write(self, report: Report, form: Form) -> None:
        """Writes the report; where it goes to a file, the text for people goes to standard output."""
        is_text = form.name not in FORMS
        if form.file is not None:
            write_file(form.file, PlainPages().findings(report) if is_text else FORMS[form.name](report))
        if form.file is not None or is_text:
            self._output.write(self._output.pages.findings(report))
        else:
            self._output.write(FORMS[form.name](report))
            if form.name in WITHOUT_SILENCES:
                lines = (line for file in report.files for line in silence_lines(file))
                click.echo("".join(f"{line}\n" for line in lines), err=True, nl=False)

    def _judge(self, report: Report, least: Severity) -> None:
        if any(finding.severity.rank <= least.rank for _, _, finding in report):
            self._end_with(ExitCode.FOUND)
        for file in report.files:
            if file.error is not None:
                self._end_with(report_failure(file.error, file.path))

    def _end_with(self, code: ExitCode) -> None:
        """Ends with the gravest code of all."""
        self.code = max(self.code, code)
