"""Measures everything and prints the tables: `python -m benchmarks [--write docs/benchmarks.md]`."""

from __future__ import annotations

import platform
import sys
from argparse import ArgumentParser, Namespace
from os import cpu_count
from pathlib import Path

import stagegraph
from benchmarks.plot import svg
from benchmarks.suites import Costs, Suites
from benchmarks.tables import Table

_BEGIN, _END = "<!-- tables: begin -->", "<!-- tables: end -->"
_NAMES = ("parsing", "planning", "growth", "extremes", "cold")


def main() -> None:
    """Runs the suites that are asked for, in order."""
    given = _arguments()
    suites = Suites(rounds=3, processes=1, sizes=(250, 1000)) if given.quick else Suites(given.rounds, given.processes)
    print(_conditions(suites))
    tables: list[Table] = []
    costs: Costs = {}
    for name in given.only or _NAMES:
        answer = getattr(suites, name)()
        table, costs = answer if isinstance(answer, tuple) else (answer, costs)
        tables.append(table)
    if given.write is not None:
        _write(given.write, _conditions(suites) + "\n" + "\n".join(table.markdown() for table in tables))
        if costs:
            given.write.with_suffix(".svg").write_text(svg(costs, "Text to BuildKit plan: cost against size"))


def _arguments() -> Namespace:
    parser = ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", nargs="+", choices=_NAMES, help="some of the suites")
    parser.add_argument("--rounds", type=int, default=9, help="rounds within a process (9)")
    parser.add_argument("--processes", type=int, default=7, help="processes of each kind (7)")
    parser.add_argument("--quick", action="store_true", help="few rounds and small sizes: does it work at all?")
    parser.add_argument("--write", type=Path, metavar="FILE", help="put the tables in FILE, the plot beside it")
    return parser.parse_args()


def _conditions(suites: Suites) -> str:
    return (
        f"stagegraph {stagegraph.__version__}, {platform.python_implementation()} {platform.python_version()}, "
        f"{sys.platform} on {platform.machine()}, {cpu_count()} cores. "
        f"Medians of {suites.rounds} rounds in which both take turns, the ratio too; "
        f"where each has a process of its own, of {suites.processes}.\n"
    )


def _write(path: Path, tables: str) -> None:
    """Puts the tables between the marks of a document."""
    head, _, rest = path.read_text().partition(_BEGIN)
    _, _, tail = rest.partition(_END)
    path.write_text(f"{head}{_BEGIN}\n\n{tables}\n{_END}{tail}")


if __name__ == "__main__":
    main()
