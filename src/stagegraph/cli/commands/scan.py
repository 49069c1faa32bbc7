"""`stagegraph scan`."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, Self, TypeVar

import click

from stagegraph.cli.options import format_option
from stagegraph.cli.output import Output, reporting_unwritable
from stagegraph.scanning.discovery import Found, find_dockerfiles
from stagegraph.scanning.json_lines import LINES, JsonLine
from stagegraph.scanning.local import answers_here, usable_cores
from stagegraph.scanning.pools import spare_collector
from stagegraph.scanning.records import ScanRecord
from stagegraph.scanning.running import Job
from stagegraph.scanning.scan import RECORDS

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_BETWEEN_UPDATES = 0.1


class _Answer(Protocol):
    """What a scan makes of a file: a record, or its line."""

    @property
    def failures(self) -> tuple[str, ...]: ...


Answer = TypeVar("Answer", bound=_Answer)
Discover = Callable[[], Iterator[Found]]


@click.command("scan")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path())
@click.option("--include", metavar="GLOB", multiple=True, help="Files that count, instead of the usual names.")
@click.option("--exclude", metavar="GLOB", multiple=True, help="Files and directories to leave out.")
@click.option("--no-ignore", is_flag=True, help="Look at what .gitignore files leave out, too.")
@click.option(
    "-j", "--jobs", metavar="N", type=click.IntRange(min=1), help="How many processes; as many as cores if absent."
)
@format_option("jsonl", "parquet")
@click.option("-o", "--output", "file", metavar="FILE", type=click.Path(path_type=Path), help="Where to write.")
def command(
    paths: Sequence[str],
    include: Sequence[str],
    exclude: Sequence[str],
    jobs: int | None,
    format_: str,
    file: Path | None,
    *,
    no_ignore: bool,
) -> None:
    """What both builders make of every Dockerfile under some paths.

    There is one record for each. A PATH is a directory to look through, or a Dockerfile whatever it
    is called. GLOBs are written as in .gitignore, seen from PATH, and can be repeated. Errors stand
    in the records; a summary is on standard error.
    """

    def discover() -> Iterator[Found]:
        return find_dockerfiles(paths, include=include, exclude=exclude, ignore_files=not no_ignore)

    spare_collector()
    run = _Run(discover, jobs or usable_cores(), shows_progress=_is_watched(file))
    if format_ == "parquet":
        with _parquet_writer(file) as write:
            run.write_all(RECORDS, write)
    else:
        with _lines_writer(file) as write_line:
            run.write_all(LINES, write_line)
    click.echo(f"stagegraph: {run.summary}", err=True)


class _Run:
    """One run: finds, reads, writes, counts."""

    def __init__(self, discover: Discover, jobs: int, *, shows_progress: bool) -> None:
        self._discover = discover
        self._jobs = jobs
        self._shows_progress = shows_progress
        self._files = 0
        self._failures: Counter[str] = Counter()
        self._begin = time.monotonic()

    def write_all(self, job: Job[Found, Answer], write: Callable[[Answer], None]) -> None:
        """Writes what `job` makes of every file. Ctrl-C comes between two records, never within one."""
        with (
            _HeldBack() as interrupts,
            _progress(self._discover, shown=self._shows_progress) as advance,
            closing(answers_here(job, self._discover(), self._jobs)) as answers,
        ):
            for answer in answers:
                with interrupts.held():
                    write(answer)
                    self._files += 1
                    self._failures.update(answer.failures)
                advance(self._files)

    @property
    def summary(self) -> str:
        """How it went."""
        if not self._files:
            return "no Dockerfile found"
        files = "1 file" if self._files == 1 else f"{self._files:,} files"
        errors = (
            f"{self._failures['file']:,} unreadable",
            f"{self._failures['buildkit']:,} refused by BuildKit",
            f"{self._failures['legacy']:,} by the legacy builder",
        )
        return f"{files} in {time.monotonic() - self._begin:.1f} s: {', '.join(errors)}"


# -- writing -----------------------------------------------------------------------------------


@contextmanager
def _lines_writer(file: Path | None) -> Iterator[Callable[[JsonLine], None]]:
    if file is None:
        output = Output()
        yield lambda line: output.write(line.text)
        return
    with reporting_unwritable(file), file.open("w", encoding="ascii", newline="\n") as stream:
        yield lambda line: _write_through(stream, line.text)


def _write_through(stream: IO[str], text: str) -> None:
    stream.write(text)
    stream.flush()


@contextmanager
def _parquet_writer(file: Path | None) -> Iterator[Callable[[ScanRecord], None]]:
    if file is None:
        raise click.UsageError("--format parquet needs a file to write: --output FILE.")
    try:
        from stagegraph.scanning.parquet import ParquetFile
    except ImportError:
        raise click.UsageError("--format parquet needs pyarrow: pip install 'stagegraph[parquet]'.") from None
    with reporting_unwritable(file), ParquetFile(file) as parquet:
        yield parquet.write


class _HeldBack:
    """Ctrl-C, held back while a record is written; a second one is not."""

    def __init__(self) -> None:
        self._holding = self._came = False

    def __enter__(self) -> Self:
        is_usual = signal.getsignal(signal.SIGINT) is signal.default_int_handler  # not so behind nohup
        if is_usual and threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._interrupt)
        return self

    def __exit__(self, *_: object) -> None:
        if signal.getsignal(signal.SIGINT) == self._interrupt:
            signal.signal(signal.SIGINT, signal.default_int_handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Lets it in at the end."""
        self._holding = True
        try:
            yield
        finally:
            self._holding = False
        if self._came:
            raise KeyboardInterrupt

    def _interrupt(self, *_: object) -> None:
        if not self._holding or self._came:
            raise KeyboardInterrupt
        self._came = True


# -- progress ----------------------------------------------------------------------------------


def _is_watched(file: Path | None) -> bool:
    """Whether somebody looks at standard error, and no records run through what he sees."""
    if sys.stderr is None or not sys.stderr.isatty():
        return False
    return file is not None or not (sys.stdout is not None and sys.stdout.isatty())


@contextmanager
def _progress(discover: Discover, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, told the number of files so far; how many there are is counted beside it."""
    if not shown:
        yield lambda _: None
        return
    with _bar() as bar:
        task = bar.add_task("scan", total=None)
        counting = threading.Event()
        counting.set()
        counter = threading.Thread(target=_count, args=(discover, bar, task, counting), daemon=True)
        counter.start()
        try:
            yield _now_and_then(lambda done: bar.update(task, completed=done))
        finally:
            counting.clear()
            counter.join()


def _count(discover: Discover, bar: Progress, task: TaskID, counting: threading.Event) -> None:
    """Tells the bar how many files there will be, once that is known."""
    total = 0
    for _ in discover():
        if not counting.is_set():
            return
        total += 1
    bar.update(task, total=total)


def _now_and_then(update: Callable[[int], None]) -> Callable[[int], None]:
    """The same update, but as often only as somebody can see."""
    due = time.monotonic()

    def advance(done: int) -> None:
        nonlocal due
        now = time.monotonic()
        if now >= due:
            due = now + _BETWEEN_UPDATES
            update(done)

    return advance


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Files a second."""

        def render(self, task: Task) -> Text:
            return Text("" if task.speed is None else f"{task.speed:,.0f} files/s")

    columns = (BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
