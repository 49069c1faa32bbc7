import sys
import threading
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from importlib import import_module
from itertools import count, islice
from pathlib import Path

import pytest

from stagegraph.scanning.pools import is_death, worker_pool
from stagegraph.scanning.running import Job, Schedule


def lost(number):
    return f"{number} is lost"


@pytest.fixture
def deadly(monkeypatch):
    """The module `deadly`, where worker processes find it too."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    yield import_module("deadly")
    sys.modules.pop("deadly")


class Slow(Executor):
    """An executor that does nothing before it is told to; it remembers what it was given."""

    def __init__(self, *, broken=False):
        self.given = []
        self.broken = broken

    def submit(self, work, chunk):
        if self.broken:
            raise BrokenExecutor
        future = Future()
        self.given.append((future, work, chunk))
        return future

    def finish(self, which):
        future, work, chunk = self.given[which]
        future.set_result(work(chunk))


class Eager(Slow):
    """An executor that has done everything when `submit` returns."""

    def submit(self, work, chunk):
        future = super().submit(work, chunk)
        self.finish(-1)
        return future


def double(numbers):
    return [2 * number for number in numbers]


JOB = Job(double, lost)


@pytest.mark.parametrize("field", ["chunk_size", "in_flight"])
def test_a_schedule_without_work(field):
    with pytest.raises(ValueError, match=field):
        Schedule(**{field: 0})


def test_here_nothing_is_done_before_it_is_asked_for():
    numbers = count()
    assert list(islice(JOB.here(numbers), 3)) == [0, 2, 4]
    assert next(numbers) == 3


@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 200])
def test_every_item_has_one_answer(size, ordered):
    with ThreadPoolExecutor(3) as pool:
        answers = list(JOB.on(pool, range(size), Schedule(chunk_size=5, in_flight=4, ordered=ordered)))
    assert (answers if ordered else sorted(answers)) == [2 * number for number in range(size)]


def test_no_more_than_so_many_chunks_are_handed_out():
    executor, numbers = Slow(), count()
    answers = JOB.on(executor, numbers, Schedule(chunk_size=2, in_flight=3))
    timer = threading.Timer(0.05, lambda: executor.finish(1))
    timer.start()
    assert [next(answers), next(answers)] == [4, 6]  # the second chunk, which was done first
    timer.join()
    assert [chunk for _, _, chunk in executor.given] == [(0, 1), (2, 3), (4, 5)]
    assert next(numbers) == 6
    answers.close()


def test_what_is_ready_is_not_kept_waiting_for_more():
    def numbers():
        yield from range(4)
        raise AssertionError("asked for more")

    answers = JOB.on(Eager(), numbers(), Schedule(chunk_size=2, in_flight=64))
    assert list(islice(answers, 2)) == [0, 2]
    answers.close()


def test_in_order_the_first_is_waited_for():
    executor = Slow()
    answers = JOB.on(executor, range(6), Schedule(chunk_size=2, in_flight=3, ordered=True))

    def finish_backwards():
        for which in (2, 1, 0):
            executor.finish(which)

    timer = threading.Timer(0.05, finish_backwards)
    timer.start()
    assert list(answers) == [0, 2, 4, 6, 8, 10]
    timer.join()


def test_closing_cancels_what_has_not_begun():
    executor = Slow()
    answers = JOB.on(executor, count(), Schedule(chunk_size=1, in_flight=3))
    timer = threading.Timer(0.05, lambda: executor.finish(0))
    timer.start()
    assert next(answers) == 0
    timer.join()
    answers.close()
    assert [future.cancelled() for future, _, _ in executor.given] == [False, True, True]


def test_an_error_in_the_items_cancels_too():
    executor = Slow()

    def numbers():
        yield 1
        raise OSError("no more")

    with pytest.raises(OSError, match="no more"):
        list(JOB.on(executor, numbers(), Schedule(chunk_size=1)))
    assert executor.given[0][0].cancelled()


def test_memory_does_not_grow():
    """Whatever number of items has gone by, no more futures are alive than are in flight."""
    executor = Eager()
    for _ in islice(JOB.on(executor, count(), Schedule(chunk_size=1, in_flight=4)), 100):
        assert len(executor.given) <= 101
        executor.given[:-1] = []


def test_an_executor_that_cannot_do_the_work(deadly):
    with ThreadPoolExecutor(1) as pool, pytest.raises(ValueError, match="5 numbers"):
        list(Job(deadly.refuse, lost).on(pool, range(5), Schedule()))


def test_an_executor_that_was_shut_down():
    pool = ThreadPoolExecutor(1)
    pool.shutdown()
    with pytest.raises(RuntimeError, match="after shutdown"):
        list(JOB.on(pool, range(5), Schedule()))


@pytest.mark.parametrize("ordered", [False, True])
def test_work_that_somebody_else_cancels(ordered):
    executor = Slow()
    answers = JOB.on(executor, range(1), Schedule(ordered=ordered))

    def cancel():
        executor.given[0][0].cancel()

    timer = threading.Timer(0.05, cancel)
    timer.start()
    with pytest.raises(CancelledError):
        next(answers)
    timer.join()


# -- death -------------------------------------------------------------------------------------


@pytest.mark.parametrize("ordered", [False, True])
def test_what_kills_twice_is_lost_and_nothing_else(deadly, ordered):
    job = Job(deadly.double_or_die, lost)
    with worker_pool(2) as pool:
        answers = list(job.on(pool, range(60), Schedule(chunk_size=3, in_flight=4, ordered=ordered)))
    expected = [lost(number) if number == 13 else 2 * number for number in range(60)]
    assert (answers if ordered else sorted(answers, key=str)) == (expected if ordered else sorted(expected, key=str))


def test_an_executor_that_is_broken_from_the_first(deadly):
    answers = Job(deadly.double, lost).on(Slow(broken=True), range(5), Schedule(chunk_size=2))
    assert sorted(answers) == [0, 2, 4, 6, 8]


def test_what_takes_the_place_of_a_broken_pool_is_made_as_asked(deadly):
    asked = []

    def make_pool(workers):
        asked.append(workers)
        return ThreadPoolExecutor(1)

    assert list(Job(deadly.double, lost).on(Slow(broken=True), range(5), Schedule(), make_pool)) == [0, 2, 4, 6, 8]
    assert asked == [None]


def test_what_is_lost_on_a_cluster_is_tried_here(deadly):
    """Dask's executor goes on after `KilledWorker`."""
    killed = type("KilledWorker", (Exception,), {"__module__": "distributed.scheduler"})
    executor = Slow()
    answers = Job(deadly.double_or_die, lost).on(executor, [12, 13, 14, 15], Schedule(chunk_size=2, ordered=True))

    def finish():
        executor.given[0][0].set_exception(killed())
        executor.finish(1)

    timer = threading.Timer(0.2, finish)
    timer.start()
    assert list(answers) == [24, lost(13), 28, 30]
    timer.join()


def test_what_says_that_a_worker_has_died():
    assert is_death(BrokenExecutor())
    assert not is_death(ValueError())
    assert not is_death(type("KilledWorker", (Exception,), {})())


def test_a_pool_of_the_standard_library(deadly):
    with ProcessPoolExecutor(1, mp_context=worker_pool(1)._mp_context) as pool:
        assert list(Job(deadly.double, lost).on(pool, range(3), Schedule())) == [0, 2, 4]
