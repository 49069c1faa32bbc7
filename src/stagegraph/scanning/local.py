"""A scan on this machine: in this process while there is little to read, on several when there is more."""

from __future__ import annotations

import os
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import chain, islice

from stagegraph.scanning.pools import Answer, Item, worker_pool
from stagegraph.scanning.running import Job, Schedule

WORTH_A_POOL = 256
"""From how many files on processes are started: fewer are read by the time that a process has begun."""


def usable_cores() -> int:
    """The cores that this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def answers_here(job: Job[Item, Answer], items: Iterator[Item], jobs: int) -> Generator[Answer, None, None]:
    """The answers in the order of the items, worked out by up to `jobs` processes.

    Closing the iterator ends them.
    """
    first = tuple(islice(items, WORTH_A_POOL if jobs > 1 else 0))
    every = chain(first, items)
    if len(first) < WORTH_A_POOL:
        yield from job.here(every)
        return
    with (
        worker_pool(jobs) as pool,
        closing(job.on(pool, every, Schedule(ordered=True), lambda workers: worker_pool(workers or jobs))) as answers,
    ):
        yield from answers
