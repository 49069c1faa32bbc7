"""Many files: `stagegraph scan` beside linters, with one job and with two: `python -m benchmarks.scanning`.

`--write FILE` puts the tables between the marks of a document.
"""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

import attrs

from benchmarks.tables import Table, ratio
from benchmarks.texts import HERE

_FILES, _COPIES = 1_000, 20
_BEGIN, _END = "<!-- tables: begin -->", "<!-- tables: end -->"
_SCAN = [sys.executable, "-m", "stagegraph", "scan"]


@attrs.frozen
class Linter:
    """A linter: its command, and how its output for one file says that it could not read that."""

    name: str
    arguments: tuple[str, ...]
    refusal: str
    takes_directory: bool

    @property
    def command(self) -> list[str] | None:
        """The command, None where it is not installed."""
        found = shutil.which(self.name, path=str(Path(sys.executable).parent)) or shutil.which(self.name)
        return [found, *self.arguments] if found is not None else None

    @property
    def title(self) -> str:
        """What it is called in a table."""
        return f"`{' '.join((self.name, *self.arguments))}`"


LINTERS = (
    Linter("tally", ("lint", "--slow-checks=off"), "failed to lint", takes_directory=True),
    Linter("hadolint", ("--no-fail",), "unexpected ", takes_directory=False),
)


def main() -> None:
    """Measures and prints the tables."""
    given = _arguments()
    with TemporaryDirectory(prefix="stagegraph-scanning-") as directory:
        tables = [_beside_linters(Path(directory), given), _jobs(Path(directory), given)]
    if given.write is not None:
        _write_tables(given.write, "\n".join(table.markdown() for table in tables))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks.scanning", description=__doc__)
    parser.add_argument("--files", type=int, default=_FILES, help=f"how many different files ({_FILES})")
    parser.add_argument("--copies", type=int, default=_COPIES, help=f"how often they are scanned with jobs ({_COPIES})")
    parser.add_argument("--rounds", type=int, default=3, help="rounds of ours; the linters have one (3)")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables in FILE")
    return parser.parse_args()


def _beside_linters(directory: Path, given: Namespace) -> Table:
    table = Table(
        f"{given.files:,} files, from beginning to end",
        ("linter", "texts it reads", "files", "stagegraph s", "linter s", "linter / stagegraph"),
    )
    for linter in LINTERS:
        command = linter.command
        if command is None:
            continue
        texts = _texts()
        read = [path for path in texts if _reads(linter, command, path)]
        files = _write_files(directory / linter.name, read, given.files)
        ours = _scanned([str(directory / linter.name)], given.files, given.rounds)
        paths = [str(directory / linter.name)] if linter.takes_directory else [str(path) for path in files]
        theirs = _timed(partial(_run, [*command, *paths]))
        table.add(
            linter.title,
            f"{len(read)} of {len(texts)}",
            f"{given.files:,}",
            f"{ours:.2f}",
            f"{theirs:.2f}",
            ratio(theirs / ours),
        )
    return table


def _jobs(directory: Path, given: Namespace) -> Table:
    count = given.files * given.copies
    table = Table(
        f"{count:,} files (the same {given.files:,}, {given.copies} times)",
        ("jobs", "s", "files a second", "times as fast", "a million files, hours"),
    )
    _write_files(directory / "all", _texts(), given.files)
    paths = [str(directory / "all")] * given.copies
    seconds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(given.rounds):
        for jobs, times in seconds.items():
            times.append(_scanned([*paths, "--jobs", str(jobs)], count, 1))
    costs = {str(jobs): median(times) for jobs, times in seconds.items()}
    costs["2 workers of Dask"] = median(_scanned_by_dask(directory / "all", given) for _ in range(given.rounds))
    for workers, cost in costs.items():
        speed, hours = f"{count / cost:,.0f}", f"{1e6 * cost / count / 3600:.2f}"
        table.add(workers, f"{cost:.1f}", speed, ratio(costs["1"] / cost), hours)
    return table


def _scanned_by_dask(directory: Path, given: Namespace) -> float:
    """The seconds of the same scan on a Dask cluster of two processes on this machine, which is there before."""
    from distributed import Client, LocalCluster

    import stagegraph

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster,  # type: ignore[no-untyped-call]
        Client(cluster) as client,  # type: ignore[no-untyped-call]
        client.get_executor() as executor,
    ):
        paths = [str(directory)] * given.copies

        def scan() -> None:
            records = sum(1 for _ in stagegraph.scan(paths, executor=executor))
            assert records == given.files * given.copies

        return _timed(scan)


def _texts() -> list[Path]:
    return sorted((HERE / "texts").glob("*.Dockerfile"))


def _write_files(directory: Path, texts: Sequence[Path], count: int) -> list[Path]:
    """So many files made of the texts in turn, no two alike: a label is added, some comments and blank lines go."""
    chance = random.Random(count)  # noqa: S311 - the same files each time
    paths = []
    for number in range(count):
        head, from_, body = texts[number % len(texts)].read_text().partition("FROM ")
        kept = (line for line in body.splitlines() if not _is_idle(line) or chance.randrange(5))
        text = "\n".join(kept)
        path = directory / f"{number:05}" / "Dockerfile"
        path.parent.mkdir(parents=True)
        path.write_text(f'{head}{from_}{text}\nLABEL variant="{number}"\n')
        paths.append(path)
    return paths


def _is_idle(line: str) -> bool:
    return not line.strip() or line.startswith("# ")


def _reads(linter: Linter, command: Sequence[str], path: Path) -> bool:
    """Whether a linter reads a text to the end, a label added as to all of them."""
    with TemporaryDirectory() as directory:
        [written] = _write_files(Path(directory), [path], 1)
        done = subprocess.run([*command, str(written)], capture_output=True, text=True, check=False)  # noqa: S603 - a peer
    return linter.refusal not in done.stdout + done.stderr


def _scanned(arguments: Sequence[str], count: int, rounds: int) -> float:
    """The median seconds of `stagegraph scan`, which has to give a record for each file."""

    def scan() -> None:
        done = subprocess.run([*_SCAN, *arguments], check=True, capture_output=True)  # noqa: S603 - our own
        assert done.stdout.count(b"\n") == count
        assert b" 0 unreadable, 0 refused by BuildKit" in done.stderr

    return median(_timed(scan) for _ in range(rounds))


def _run(command: Sequence[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)  # noqa: S603 - a peer


def _timed(task: Callable[[], object]) -> float:
    begin = perf_counter()
    task()
    return perf_counter() - begin


def _write_tables(path: Path, tables: str) -> None:
    """Puts the tables between the marks of a document."""
    head, _, rest = path.read_text().partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    path.write_text(f"{head}{_BEGIN}\n\n{tables}\n{_END}{tail}")


if __name__ == "__main__":
    main()
