"""The scheduler: order, jobs, failures, cancelling."""

from __future__ import annotations

import threading
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import stagegraph
from stagegraph.backends.laws import violations
from stagegraph.backends.progress import Cancellation, CancelledError, StepError
from stagegraph.backends.scheduler import Task, schedule, step_tasks
from stagegraph.planning.vertices import Step, StepKind

SECONDS = 10


def step(number: int, *inputs: int) -> Step:
    return Step(number, f"step {number}", StepKind.RUN, inputs, 0)


def finish(task: Task, progress) -> None:
    for one in task.steps:
        progress.started(one)
        progress.finished(one)


def told(tasks, work=finish, jobs=1):
    events = schedule(tasks, work, jobs=jobs, clock=lambda: 0.0)
    return [(event.KIND, event.step.id) for event in events]


def meeting(number: int):
    """Work that is done only where `number` tasks are at work together."""
    together = threading.Barrier(number)

    def meet(task, progress):
        progress.started(task.steps[0])
        together.wait(SECONDS)
        progress.finished(task.steps[0])

    return meet


def test_steps_run_in_the_order_of_their_inputs():
    tasks = step_tasks([step(1), step(2, 1), step(3), step(4, 2, 3)])
    assert [number for kind, number in told(tasks) if kind == "step-finished"] == [1, 2, 3, 4]


def test_what_can_run_together_does():
    assert len(told(step_tasks([step(1), step(2), step(3)]), meeting(3), jobs=3)) == 6


def test_as_many_run_together_as_there_are_processors(monkeypatch):
    monkeypatch.setattr("os.cpu_count", lambda: 3)
    assert len(told(step_tasks([step(1), step(2), step(3)]), meeting(3), jobs=None)) == 6


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_no_more_run_together_than_there_are_jobs(jobs):
    lock, running, most = threading.Lock(), [0], [0]

    def count(task, progress):
        progress.started(task.steps[0])
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        time.sleep(0.01)
        with lock:
            running[0] -= 1
        progress.finished(task.steps[0])

    told(step_tasks([step(number) for number in range(1, 9)]), count, jobs=jobs)
    assert most[0] == jobs


def test_a_failure_stops_only_what_needs_it():
    def fail_second(task, progress):
        progress.started(task.steps[0])
        if task.key == 2:
            raise StepError(task.steps[0], "no", 3)
        progress.finished(task.steps[0])

    steps = [step(1), step(2), step(3, 1), step(4, 2), step(5, 4), step(6, 3)]
    events = list(schedule(step_tasks(steps), fail_second, jobs=1, clock=lambda: 0.0))
    ends = {event.step.id: event.KIND for event in events if event.KIND != "step-started"}
    assert ends == {
        1: "step-finished",
        2: "step-failed",
        3: "step-finished",
        4: "step-skipped",
        5: "step-skipped",
        6: "step-finished",
    }
    failed = next(event for event in events if event.KIND == "step-failed")
    assert (failed.message, failed.exit_code) == ("no", 3)
    assert {event.reason for event in events if event.KIND == "step-skipped"} == {"it needs step 2, which failed"}


def test_the_rest_of_a_task_that_fails_is_skipped():
    def fail(task, progress):
        progress.started(task.steps[0])
        progress.finished(task.steps[0])
        progress.started(task.steps[1])
        raise StepError(task.steps[1], "no")

    tasks = [Task(3, (step(1), step(2, 1), step(3, 2))), Task(4, (step(4, 3),), frozenset({3}))]
    ends = [(kind, number) for kind, number in told(tasks, fail) if kind != "step-started"]
    assert ends == [("step-finished", 1), ("step-failed", 2), ("step-skipped", 3), ("step-skipped", 4)]


def test_the_value_says_whether_all_went_well():
    def value(work):
        events = schedule(step_tasks([step(1)]), work, jobs=1, clock=lambda: 0.0)
        while True:
            try:
                next(events)
            except StopIteration as stop:
                return stop.value

    def fail(task, progress):
        progress.started(task.steps[0])
        raise StepError(task.steps[0], "no")

    assert value(finish) is True
    assert value(fail) is False


def test_another_exception_ends_the_build():
    def crash(task, progress):
        progress.started(task.steps[0])
        raise stagegraph.BackendError("the engine has gone")

    with pytest.raises(stagegraph.BackendError, match="the engine has gone"):
        told(step_tasks([step(1), step(2)]), crash, jobs=2)


def test_closing_stops_what_runs_and_begins_nothing_more():
    stopped, begun = threading.Event(), []

    def wait(task, progress):
        begun.append(task.key)
        with progress.cancellation.stopped_by(stopped.set):
            progress.started(task.steps[0])
            assert stopped.wait(SECONDS)
        progress.finished(task.steps[0])

    events = schedule(step_tasks([step(1), step(2, 1), step(3)]), wait, jobs=1, clock=lambda: 0.0)
    assert next(events).step.id == 1
    events.close()
    assert stopped.is_set()
    assert begun == [1]


def test_nothing_starts_after_a_cancellation():
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError), cancellation.stopped_by(lambda: None):
        raise AssertionError("it began")


def test_an_error_because_of_a_cancellation_is_a_cancellation():
    cancellation = Cancellation()

    def work():
        with cancellation.stopped_by(lambda: None):
            cancellation.cancel()
            raise OSError("the connection was closed")

    with pytest.raises(CancelledError):
        work()
    assert cancellation.cancelled


@st.composite
def graphs(draw):
    """Steps, each with inputs before it, and those that fail."""
    count = draw(st.integers(1, 12))
    steps = [
        step(number, *sorted(draw(st.sets(st.integers(1, number - 1), max_size=3)) if number > 1 else ()))
        for number in range(1, count + 1)
    ]
    return steps, draw(st.sets(st.integers(1, count), max_size=3))


@settings(max_examples=60, deadline=None)
@given(graphs(), st.integers(1, 4))
def test_laws_hold_for_every_graph(graph, jobs):
    """Every step ends once, after its inputs; exactly what needs a failed step is skipped."""
    steps, failing = graph

    def work(task, progress):
        progress.started(task.steps[0])
        if task.key in failing:
            raise StepError(task.steps[0], "no")
        progress.finished(task.steps[0])

    events = list(schedule(step_tasks(steps), work, jobs=jobs, clock=lambda: 0.0))
    lost: set[int] = set()
    for one in steps:
        if not lost.isdisjoint(one.inputs) or one.id in failing:
            lost.add(one.id)
    succeeded = not lost
    assert violations([*events, stagegraph.PlanFinished(succeeded, 0.0)]) == []
    ends = {event.step.id: event.KIND for event in events if event.KIND != "step-started"}
    assert {number for number, kind in ends.items() if kind == "step-finished"} == {one.id for one in steps} - lost
    assert set(ends) == {one.id for one in steps}
