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


def interleaved(tasks: Sequence[Task], rounds: int) -> list[float]:
    """The median seconds of each task. In a round each is run once; another one begins each time."""
    times: list[list[float]] = [[] for _ in tasks]
    for number in range(rounds):
        for turn in range(len(tasks)):
            which = (number + turn) % len(tasks)
            begin = perf_counter()
            tasks[which]()
            times[which].append(perf_counter() - begin)
    return [median(row) for row in times]


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


def medians_of(rounds: int, *arguments: str) -> Alone:
    """The median of several such processes."""
    runs = [alone(*arguments) for _ in range(rounds)]
    return Alone(median(run.seconds for run in runs), round(median(run.peak_bytes for run in runs)))


def command_task(command: Sequence[str]) -> Task:
    """Running a command to its end, its output thrown away."""

    def run() -> None:
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - our own

    return run
