"""Clocks: rounds in which peers take turns, and processes of their own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

import attrs

from benchmarks.texts import ROOT

Task = Callable[[], object]


@attrs.frozen
class Rounds:
    """What several things took, in seconds: a list for each of them, with one time for each round."""

    times: tuple[tuple[float, ...], ...]

    @property
    def seconds(self) -> list[float]:
        """The median of each."""
        return [median(row) for row in self.times]

    def ratio(self, one: int, other: int) -> float:
        """How many times as long one takes as another: the median over the rounds.

        The machine is not as fast in one round as in the next, but about as fast within one.
        """
        return median(mine / theirs for mine, theirs in zip(self.times[one], self.times[other], strict=True))


def interleaved(tasks: Sequence[Task], rounds: int) -> Rounds:
    """What each task takes. In a round each is run once; another one begins each time."""
    times: list[list[float]] = [[] for _ in tasks]
    for number in range(rounds):
        for turn in range(len(tasks)):
            which = (number + turn) % len(tasks)
            begin = perf_counter()
            tasks[which]()
            times[which].append(perf_counter() - begin)
    return Rounds(tuple(map(tuple, times)))


@attrs.frozen
class Alone:
    """What a process of its own has measured: seconds of a task, and its peak memory, imports included."""

    seconds: float
    peak_bytes: int


def alone(*arguments: str) -> Alone:
    """Runs `benchmarks.worker` in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.worker", *arguments]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True)  # noqa: S603 - our own
    return Alone(**json.loads(answer.stdout))


def taking_turns(rounds: int, *jobs: Sequence[str]) -> tuple[Rounds, list[int]]:
    """What several jobs of the worker take, each round in a new process for each; and the median peak of each."""
    runs = [[alone(*job) for job in jobs] for _ in range(rounds)]
    jobs_runs = list(zip(*runs, strict=True))
    peaks = [round(median(run.peak_bytes for run in row)) for row in jobs_runs]
    return Rounds(tuple(tuple(run.seconds for run in row) for row in jobs_runs)), peaks


def command_task(command: Sequence[str]) -> Task:
    """Running a command to its end, its output thrown away."""

    def run() -> None:
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own

    return run
