"""The scheduler: what has its inputs runs together, up to a number of jobs.

One for all backends that work step by step or stage by stage. A failure stops only what needs
it. Closing the iterator (or Ctrl-C in the thread that reads it) cancels: nothing more begins,
what is at work is told to stop, and the iterator ends when it has.
"""

from __future__ import annotations

import heapq
import os
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from graphlib import TopologicalSorter
from queue import SimpleQueue

import attrs

from stagegraph.backends.events import (
    Event,
    StepCached,
    StepFailed,
    StepFinished,
    StepSkipped,
)
from stagegraph.backends.progress import Cancellation, CancelledError, Clock, Progress, StepError
from stagegraph.planning.vertices import Step

_ENDS = (StepFinished, StepCached, StepFailed, StepSkipped)


@attrs.frozen
class Task:
    """Steps that are carried out as one, in order. `needs` are the keys of the tasks before it.

    Keys order the tasks that could begin at the same time.
    """

    key: int
    steps: tuple[Step, ...]
    needs: frozenset[int] = frozenset()


Work = Callable[[Task, Progress], None]
"""Carries out a task and tells of each of its steps; raises `StepError` for one that fails."""


@attrs.frozen
class _Ended:
    """A task is over."""

    task: Task


def step_tasks(steps: Sequence[Step]) -> tuple[Task, ...]:
    """Each step of a plan as a task of its own."""
    return tuple(Task(step.id, (step,), frozenset(step.inputs)) for step in steps)


def schedule(
    tasks: Sequence[Task], work: Work, *, jobs: int | None, clock: Clock, cancellation: Cancellation | None = None
) -> Generator[Event, None, bool]:
    """Carries out the tasks; the value of the generator is whether all went well.

    At most `jobs` are at work together, as many as there are processors if that is None. A task
    whose work raises anything but `StepError` ends the build with that exception, once what is at
    work has stopped.
    """
    return (yield from _Schedule(tasks, work, jobs or os.cpu_count() or 1, clock, cancellation or Cancellation()).run())


class _Schedule:
    """One run of the scheduler."""

    def __init__(self, tasks: Sequence[Task], work: Work, jobs: int, clock: Clock, cancellation: Cancellation) -> None:
        self._tasks = {task.key: task for task in tasks}
        self._work = work
        self._jobs = jobs
        self._clock = clock
        self._cancellation = cancellation
        self._order = TopologicalSorter({task.key: task.needs for task in tasks})
        self._told: SimpleQueue[Event | _Ended] = SimpleQueue()
        self._ready: list[int] = []
        self._running: dict[int, Future[None]] = {}
        self._ended: set[int] = set()
        self._failed: dict[int, str] = {}

    def run(self) -> Generator[Event, None, bool]:
        self._order.prepare()
        with ThreadPoolExecutor(self._jobs, "stagegraph") as pool:
            try:
                self._begin(pool)
                while self._running:
                    told = self._told.get()
                    if isinstance(told, _Ended):
                        yield from self._end(told.task)
                        self._begin(pool)
                    else:
                        self._note(told)
                        yield told
            except BaseException:
                self._cancellation.cancel()
                raise
        return not self._failed

    def _begin(self, pool: ThreadPoolExecutor) -> None:
        """Begins tasks that have all they need, in the order of their keys."""
        for key in self._order.get_ready():
            heapq.heappush(self._ready, key)
        while self._ready and len(self._running) < self._jobs:
            key = heapq.heappop(self._ready)
            self._running[key] = pool.submit(self._carry_out, self._tasks[key])

    def _carry_out(self, task: Task) -> None:
        progress = Progress(self._told.put, self._clock, self._cancellation)
        try:
            self._work(task, progress)
        except StepError as error:
            progress.failed(error)
        finally:
            self._told.put(_Ended(task))

    def _note(self, event: Event) -> None:
        """Remembers which steps are over."""
        if isinstance(event, _ENDS) and event.step is not None:
            self._ended.add(event.step.id)
            if isinstance(event, StepFailed):
                self._failed[event.step.id] = event.name

    def _end(self, task: Task) -> Generator[Event]:
        """Tells what a task that is over brings about."""
        future = self._running.pop(task.key)
        future.result()  # an exception that is no failure of a step
        failed = next((self._failed[step.id] for step in task.steps if step.id in self._failed), None)
        if failed is None:
            self._order.done(task.key)
            return
        yield from self._skip(task.steps, failed)
        yield from self._skip_consumers(task.key, failed)

    def _skip(self, steps: Sequence[Step], failed: str) -> Generator[Event]:
        for step in steps:
            if step.id not in self._ended:
                self._ended.add(step.id)
                yield StepSkipped(step.name, step, self._clock(), f"it needs {failed}, which failed")

    def _skip_consumers(self, key: int, failed: str) -> Generator[Event]:
        """Tells of everything that cannot run any more, in order."""
        lost = {key}
        for task in sorted(self._tasks.values(), key=lambda one: one.key):
            if task.key != key and not lost.isdisjoint(task.needs):
                lost.add(task.key)
                yield from self._skip(task.steps, failed)


__all__ = ["CancelledError", "Task", "Work", "schedule", "step_tasks"]
