"""What a build waited for."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.backends.timings import SCHEMA, Timings

PLAN = stagegraph.plan(
    "FROM alpine AS a\nRUN one\nFROM busybox AS b\nRUN two\nFROM scratch\nCOPY --from=a / /\nCOPY --from=b / /\n"
)
STEPS = {step.name.partition("] ")[2]: step for step in PLAN.steps}
ONE, TWO = STEPS["RUN one"], STEPS["RUN two"]
FIRST, LAST = STEPS["COPY --from=a / /"], STEPS["COPY --from=b / /"]
ALPINE, BUSYBOX = (PLAN.steps[number - 1] for number in (ONE.inputs[0], TWO.inputs[0]))


def started(step, time):
    return stagegraph.StepStarted(step.name, step, time)


def finished(step, time, ended=None):
    return stagegraph.StepFinished(step.name, step, time, ended=ended)


EVENTS = (
    stagegraph.StepStarted("loading", None, 0.0),
    stagegraph.StepFinished("loading", None, 0.5),
    stagegraph.StepCached(ALPINE.name, ALPINE, 1.0),
    started(BUSYBOX, 1.0),
    finished(BUSYBOX, 2.0),
    started(ONE, 1.0),
    stagegraph.OutputLine(ONE.name, ONE, 1.5, "out"),
    started(TWO, 2.0),
    finished(ONE, 4.0),
    started(FIRST, 4.0),
    finished(FIRST, 4.5),
    finished(TWO, 7.0, ended=6.0),
    started(LAST, 7.0),
    finished(LAST, 8.0),
    stagegraph.PlanFinished(succeeded=True, time=8.5, unseen=("u",), unpredicted=("p",)),
)


@pytest.fixture
def timings():
    return Timings.of(PLAN, EVENTS)


def test_steps_with_their_times(timings):
    assert [(one.id, one.started, one.ended) for one in timings.steps if one.step in (ONE, TWO)] == sorted(
        [(ONE.id, 1.0, 4.0), (TWO.id, 2.0, 6.0)]
    )
    assert timings.total == 8.5
    assert (timings.unseen, timings.unpredicted) == (("u",), ("p",))


def test_what_is_cached_took_no_time(timings):
    (cached,) = timings.cached
    assert (cached.step, cached.seconds, cached.started) == (ALPINE, 0.0, None)


def test_the_critical_path_is_what_the_build_waited_for(timings):
    assert [one.step for one in timings.critical_path] == [BUSYBOX, TWO, LAST]


def test_what_ran_together(timings):
    assert [{one.step for one in group} for group in timings.together] == [{ONE, BUSYBOX}, {ONE, TWO}, {FIRST, TWO}]


def test_steps_that_meet_at_one_moment_did_not_run_together():
    events = (started(ONE, 0.0), finished(ONE, 1.0), started(TWO, 1.0), finished(TWO, 2.0))
    assert Timings.of(PLAN, events).together == ()


def test_json(timings):
    told = json.loads(json.dumps(timings.to_dict()))
    assert told["schema"] == SCHEMA
    assert (told["builder"], told["target"], told["total"]) == ("buildkit", "stage-2", 8.5)
    assert [one["name"] for one in told["beside"]] == ["loading"]
    assert told["critical_path"] == [BUSYBOX.id, TWO.id, LAST.id]
    assert told["cached"] == [ALPINE.id]
    assert (told["unseen"], told["unpredicted"]) == (["u"], ["p"])
    (one,) = (member for member in told["steps"] if member["id"] == ONE.id)
    assert one == {
        "id": ONE.id,
        "name": ONE.name,
        "stage": 0,
        "lines": [2, 2],
        "result": "finished",
        "started": 1.0,
        "ended": 4.0,
        "seconds": 3.0,
    }


def test_what_failed_and_what_was_skipped():
    events = (
        started(ONE, 1.0),
        stagegraph.StepFailed(ONE.name, ONE, 3.0, "no"),
        stagegraph.StepSkipped(FIRST.name, FIRST, 3.0, "it needs it"),
        stagegraph.PlanFinished(succeeded=False, time=3.0),
    )
    timings = Timings.of(PLAN, events)
    assert [(one.step, one.result, one.seconds) for one in timings.all] == [
        (ONE, "failed", 2.0),
        (FIRST, "skipped", 0.0),
    ]
    assert [one.step for one in timings.critical_path] == [ONE]


def test_a_build_that_was_cancelled_has_what_ended():
    timings = Timings.of(PLAN, EVENTS[:8])
    assert timings.total == 2.0
    assert [one.step for one in timings.steps] == sorted((ALPINE, BUSYBOX), key=lambda step: step.id)


def test_nothing():
    timings = Timings.of(PLAN, ())
    assert (timings.steps, timings.critical_path, timings.together, timings.total) == ((), (), (), 0.0)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=len(PLAN.steps), max_size=len(PLAN.steps)))
def test_laws(times):
    """Each of the path begins where it may, and a group is of steps that overlap, held by no other group."""
    events = []
    for step, (begin, length) in zip(PLAN.steps, times, strict=True):
        events += [started(step, float(begin)), finished(step, float(begin + length))]
    timings = Timings.of(PLAN, events)
    path = timings.critical_path
    assert path[-1].ended == max(one.ended for one in timings.steps)
    for before, after in pairwise(path):
        assert before.id in after.step.inputs
        assert before.ended == max(one.ended for one in timings.steps if one.id in after.step.inputs)
    groups = [frozenset(one.id for one in group) for group in timings.together]
    for group in timings.together:
        assert len(group) > 1
        assert max(one.started for one in group) < min(one.ended for one in group)
    assert not any(one < other for one in groups for other in groups)
