"""Process pools for scans: their workers, and what takes the place of a pool whose worker has died."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from typing import Generic, TypeVar

Item = TypeVar("Item")
Answer = TypeVar("Answer")
Work = Callable[[Sequence[Item]], Sequence[Answer]]
"""What a worker does: it gives one answer for each item, in order. Processes find it by its name."""
MakePool = Callable[[int | None], Executor]
"""Makes a process pool of so many workers, or of as many as there are cores."""

_PRELOADED = ["stagegraph.scanning.reading", "stagegraph.scanning.json_lines"]
_YOUNG_OBJECTS = 100_000


def worker_pool(jobs: int | None) -> ProcessPoolExecutor:
    """A pool of `jobs` processes that have read what they need, and leave Ctrl-C to their parent."""
    has_server = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if has_server else "spawn")
    if has_server:
        context.set_forkserver_preload(_PRELOADED)
    return ProcessPoolExecutor(jobs, mp_context=context, initializer=_prepare_worker)


def spare_collector() -> None:
    """Lets the garbage collector run seldom, in a process that does nothing but scan.

    Plans hold no cycles: a collection finds nothing, and takes a seventh of the time.
    """
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS)


def _prepare_worker() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    spare_collector()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Ends a worker whose parent was killed: it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(1)


def is_death(error: BaseException) -> bool:
    """Whether an error says that a worker has died: a broken pool, or what Dask raises after some such tries."""
    return isinstance(error, BrokenExecutor) or _qualified_name(error) in _DEATHS


def _qualified_name(error: BaseException) -> str:
    return f"{type(error).__module__.partition('.')[0]}.{type(error).__name__}"


_DEATHS = frozenset({"distributed.KilledWorker"})  # named, not imported: Dask is an extra


class Submitter:
    """Hands out work to an executor, and to a fresh process pool once a worker's death has broken that."""

    def __init__(self, executor: Executor, make_pool: MakePool) -> None:
        self._executor = executor
        self._make_pool = make_pool
        self._own: Executor | None = None

    def submit(self, work: Work[Item, Answer], chunk: Sequence[Item]) -> Future[Sequence[Answer]]:
        """Has a chunk worked at.

        Raises:
            RuntimeError: the executor was shut down.
        """
        try:
            return self._executor.submit(work, chunk)
        except BrokenExecutor:
            self.close()
            self._executor = self._own = self._make_pool(None)
            return self._executor.submit(work, chunk)

    def close(self) -> None:
        """Ends the fresh pool, if there is one; the executor that was given is its owner's."""
        if self._own is not None:
            self._own.shutdown(cancel_futures=True)


class Quarantine(Generic[Item, Answer]):
    """A process on this machine in which what may have killed a worker is tried once more, item by item."""

    def __init__(self, work: Work[Item, Answer], lost: Callable[[Item], Answer], make_pool: MakePool) -> None:
        self._work = work
        self._lost = lost
        self._make_pool = make_pool
        self._pool: Executor | None = None

    def answers(self, chunk: Sequence[Item]) -> list[Answer]:
        """The answers for a chunk; for an item that kills this process too, the answer of a loss."""
        return [self._answer(item) for item in chunk]

    def _answer(self, item: Item) -> Answer:
        if self._pool is None:
            self._pool = self._make_pool(1)
        try:
            return self._pool.submit(self._work, (item,)).result()[0]
        except BrokenExecutor:
            self.close()
            return self._lost(item)

    def close(self) -> None:
        """Ends the process."""
        if self._pool is not None:
            self._pool.shutdown()
            self._pool = None
