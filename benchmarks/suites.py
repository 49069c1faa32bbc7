"""What is measured: each suite runs and gives a table."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import attrs

from benchmarks.generated import GROWING, SINGLE, SIZES
from benchmarks.measuring import Task, command_task, interleaved, taking_turns
from benchmarks.peers import GO, OTHERS, OUR_PLAN, OURS, Peer, Read, readable
from benchmarks.tables import Table, milliseconds, ratio
from benchmarks.texts import HERE, SETS

_MEGABYTE = 1_000_000
Costs = dict[str, list[tuple[int, float]]]
"""For each shape, the seconds by size."""


@attrs.frozen
class Suites:
    """All suites. `rounds` in one process, `processes` for what needs a process of its own."""

    rounds: int = 9
    processes: int = 7
    sizes: tuple[int, ...] = SIZES

    def parsing(self) -> Table:
        """`parse` against each other parser, in pairs, on what both read to the end."""
        table = Table(
            "Parsing, warm",
            ("texts", "other parser", "we read", "they read", "timed", "stagegraph µs/file", "other µs/file", "ratio"),
        )
        for peer in _installed():
            for name, texts in SETS.items():
                table.add(name, _title(peer), *self._pair(OURS, peer, texts()))
        return table

    def planning(self) -> Table:
        """Text to BuildKit plan, against the Go parser's parse alone."""
        table = Table(
            "Text to BuildKit plan, warm, against another's parse alone",
            ("texts", "parser", "we plan", "they read", "timed", "plan µs/file", "parse µs/file", "ratio"),
        )
        if GO.version is None:
            return table
        for name, texts in SETS.items():
            table.add(name, _title(GO), *self._pair(OUR_PLAN, GO, texts()))
        return table

    def growth(self) -> tuple[Table, Costs]:
        """Cost against size, each size in a process of its own."""
        first, last = self.sizes[0], self.sizes[-1]
        table = Table(
            f"Growth from {first:,} to {last:,} (linear is {last / first:g}), each in a process of its own",
            ("shape", "task", *(f"{size:,} ms" for size in self.sizes), "ratio", f"peak MB at {last:,}"),
        )
        costs: Costs = {}
        for shape in GROWING:
            for task in ("plan", "parse", "go"):
                rounds, peaks = taking_turns(self.processes, *((task, shape, str(size)) for size in self.sizes))
                growth = ratio(rounds.ratio(-1, 0))
                table.add(shape, _TASKS[task], *map(milliseconds, rounds.seconds), growth, _megabytes(peaks[-1]))
                if task == "plan":
                    costs[shape] = list(zip(self.sizes, rounds.seconds, strict=True))
        return table, costs

    def extremes(self) -> Table:
        """Odd huge files, each in a process of its own."""
        table = Table(
            "Huge files, each in a process of its own",
            ("text", "parse ms", "plan ms", "Go parse ms", "parse ratio", "peak MB of plan"),
        )
        for shape in SINGLE:
            rounds, peaks = taking_turns(self.processes, ("parse", shape), ("plan", shape), ("go", shape))
            table.add(shape, *map(milliseconds, rounds.seconds), ratio(rounds.ratio(0, 2)), _megabytes(peaks[1]))
        return table

    def cold(self) -> Table:
        """The command line, and the first parse of a process, from nothing."""
        table = Table("Cold: a process from beginning to end", ("command", "ms", "compared with", "ms", "ratio"))
        pairs = list(_cold_pairs())
        for title, ours, other_title, other in pairs:
            rounds = interleaved([command_task(ours), command_task(other)], self.rounds)
            mine, theirs = map(milliseconds, rounds.seconds)
            table.add(title, mine, other_title, theirs, ratio(rounds.ratio(0, 1)))
        return table

    def _pair(self, ours: Peer, theirs: Peer, texts: list[str]) -> tuple[str, ...]:
        """The cells of a row: successes of both, texts timed, microseconds a file, and the ratio."""
        reads = ours.make(), theirs.make()
        good = readable(reads[0], texts), readable(reads[1], texts)
        timed = [text for text, one, other in zip(texts, *good, strict=True) if one and other]
        rounds = interleaved([_over(read, timed) for read in reads], self.rounds)
        mine, other = (f"{1e6 * one / max(1, len(timed)):.1f}" for one in rounds.seconds)
        counts = (f"{sum(good[0])} of {len(texts)}", f"{sum(good[1])} of {len(texts)}", f"{len(timed)}")
        return (*counts, mine, other, ratio(rounds.ratio(0, 1)))


_TASKS = {"plan": "text to plan", "parse": "parse", "go": "dockerfile (Go), parse"}


def _installed() -> list[Peer]:
    return [peer for peer in OTHERS if peer.version is not None]


def _title(peer: Peer) -> str:
    return f"{peer.name} {peer.version}"


def _over(read: Read, texts: list[str]) -> Task:
    def run() -> None:
        for text in texts:
            read(text)

    return run


def _megabytes(peak: int) -> str:
    return f"{peak / _MEGABYTE:.0f}"


def _cold_pairs() -> Iterator[tuple[str, list[str], str, list[str]]]:
    """Each of our commands, and what it is compared with."""
    python = sys.executable
    stagegraph = str(Path(python).with_name("stagegraph"))
    large = str(HERE / "texts/ci-image.Dockerfile")
    plan = [stagegraph, "plan", "-f", large]
    imports = "import lark, networkx, attrs, click"
    yield "`stagegraph --version`", [stagegraph, "--version"], "`python -c pass`", [python, "-c", "pass"]
    yield "`stagegraph plan`, 500 lines", plan, f'`python -c "{imports}"`', [python, "-c", imports]
    parse = [python, "-c", f"import stagegraph, pathlib; stagegraph.parse(pathlib.Path({large!r}))"]
    for peer in _installed():
        code = _COLD_PARSE.get(peer.package)
        if code is not None:
            other = [python, "-c", f"text = open({large!r}).read()\n{code}"]
            yield "import and parse, 500 lines", parse, _title(peer), other
    for name, arguments in (("tally", ["lint", "--slow-checks=off"]), ("hadolint", ["--no-fail"])):
        found = shutil.which(name, path=str(Path(python).parent)) or shutil.which(name)
        if found is not None:
            quiet = ["sh", "-c", '"$@" || true', "sh", found, *arguments, large]
            yield "`stagegraph plan`, 500 lines", plan, f"`{' '.join((name, *arguments))}`, 500 lines", quiet


_COLD_PARSE = {
    "dockerfile": "import dockerfile\ndockerfile.parse_string(text)",
    "e2b-dockerfile-utils": "import e2b_dockerfile_utils\ne2b_dockerfile_utils.parse_dockerfile_ast(text)",
    "dockerfile-parse": (
        "import dockerfile_parse, io\n"
        "dockerfile_parse.DockerfileParser(fileobj=io.BytesIO(text.encode()), cache_content=True).structure"
    ),
}
