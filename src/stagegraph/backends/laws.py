"""The laws of events: what holds for every run of every backend."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise

from stagegraph.backends.events import (
    Event,
    OutputLine,
    PlanFinished,
    StepCached,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
)

ENDS = (StepFinished, StepCached, StepFailed, StepSkipped)


def _the_end_comes_last_and_once(told: list[Event]) -> Iterator[str]:
    if sum(isinstance(event, PlanFinished) for event in told) != 1 or not isinstance(told[-1], PlanFinished):
        yield "the last event is not the one PlanFinished"


def _every_step_ends_once(told: list[Event]) -> Iterator[str]:
    ends: dict[int, int] = {}
    for event in told:
        if isinstance(event, ENDS) and event.step is not None:
            ends[event.step.id] = ends.get(event.step.id, 0) + 1
    started = {event.step.id for event in told if isinstance(event, StepStarted) and event.step is not None}
    yield from (f"step {step} ended {count} times" for step, count in ends.items() if count != 1)
    yield from (f"step {step} never ended" for step in sorted(started - ends.keys()))


def _what_ends_was_started(told: list[Event]) -> Iterator[str]:
    started: set[int] = set()
    for event in told:
        if isinstance(event, PlanFinished) or event.step is None:
            continue
        if isinstance(event, StepStarted):
            started.add(event.step.id)
        elif isinstance(event, StepSkipped) and event.step.id in started:
            yield f"step {event.step.id} was started and skipped"
        elif isinstance(event, StepFinished | StepFailed | OutputLine) and event.step.id not in started:
            yield f"{event.KIND} of step {event.step.id} before it was started"


def _inputs_come_first(told: list[Event]) -> Iterator[str]:
    done: set[int] = set()
    for event in told:
        if isinstance(event, StepFinished | StepCached) and event.step is not None:
            done.add(event.step.id)
        elif isinstance(event, StepStarted) and event.step is not None:
            missing = set(event.step.inputs) - done
            if missing:
                yield f"step {event.step.id} was started before its inputs {sorted(missing)} were there"


def _time_goes_on(told: list[Event]) -> Iterator[str]:
    if any(later.time < earlier.time for earlier, later in pairwise(told)):
        yield "time goes back"


def _success_is_that_nothing_failed(told: list[Event]) -> Iterator[str]:
    failed = any(isinstance(event, StepFailed | StepSkipped) for event in told)
    for event in told:
        if isinstance(event, PlanFinished) and event.succeeded is failed:
            yield "it succeeded although a step failed" if failed else "it failed although no step did"
        if isinstance(event, PlanFinished) and event.image is not None and failed:
            yield "there is an image although a step failed"


def _events_are_json(told: list[Event]) -> Iterator[str]:
    for event in told:
        try:
            json.dumps(event.to_dict())
        except (TypeError, ValueError) as fault:
            yield f"{event.KIND} is no JSON: {fault}"


_LAWS: tuple[Callable[[list[Event]], Iterator[str]], ...] = (
    _the_end_comes_last_and_once,
    _every_step_ends_once,
    _what_ends_was_started,
    _inputs_come_first,
    _time_goes_on,
    _success_is_that_nothing_failed,
    _events_are_json,
)


def violations(events: Iterable[Event]) -> list[str]:
    """Which of the laws of events a whole run breaks."""
    told = list(events)
    return [problem for law in _LAWS for problem in law(told)]
