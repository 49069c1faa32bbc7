"""What BuildKit tells, as events; every order of its messages keeps the laws of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import attrs
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.backends.buildkit.messages import Message, Output, VertexState, Work
from stagegraph.backends.buildkit.progress import Progress
from stagegraph.backends.laws import violations

TEXT = "FROM alpine\nRUN one\nRUN two\n"
BASE, ONE, TWO = "[1/3] FROM docker.io/library/alpine:latest", "[2/3] RUN one", "[3/3] RUN two"
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)


def at(seconds):
    return None if seconds is None else BEGAN + timedelta(seconds=seconds)


def vertex(name, started=None, completed=None, **more):
    inputs = {BASE: (), ONE: (BASE,), TWO: (ONE,)}.get(name, ())
    return Message((VertexState(name, name, inputs, at(started), at(completed), **more),))


def told(*messages, text=TEXT, succeeded=True):
    progress = Progress(stagegraph.plan(text))
    events = [event for message in messages for event in progress.events(message)]
    events += progress.end(succeeded=succeeded)
    return [*events, stagegraph.PlanFinished(succeeded, progress.now)]


def summary(events):
    return [(event.KIND, event.name) for event in events[:-1] if not isinstance(event, stagegraph.OutputLine)]


ALL = (
    vertex(BASE, 0, 1),
    vertex(ONE, 1),
    vertex(ONE, 1, 3),
    vertex(TWO, 3),
    vertex(TWO, 3, 6),
)


def test_steps_and_their_times():
    events = told(*ALL)
    assert violations(events) == []
    ends = [one for one in events if isinstance(one, stagegraph.StepFinished)]
    assert [(one.name, one.time if one.ended is None else one.ended) for one in ends] == [(BASE, 1), (ONE, 3), (TWO, 6)]
    starts = [one for one in events if isinstance(one, stagegraph.StepStarted)]
    assert [(one.name, one.time) for one in starts] == [(BASE, 0), (ONE, 1), (TWO, 3)]


def test_what_is_cached():
    events = told(vertex(BASE, 0, 0), vertex(TWO, 1, 1, cached=True))
    assert violations(events) == []
    assert summary(events) == [
        ("step-started", BASE),
        ("step-finished", BASE),
        ("step-cached", ONE),  # it is not told of its own
        ("step-cached", TWO),
    ]


def test_output_in_lines():
    written = ((1, b"he"), (2, b"err\n"), (1, b"llo\nrest"))
    outputs = [Message(outputs=(Output(ONE, stream, data),)) for stream, data in written]
    events = told(ALL[0], ALL[1], *outputs, *ALL[2:])
    lines = [(one.text, one.stream) for one in events if isinstance(one, stagegraph.OutputLine)]
    assert lines == [("err", "stderr"), ("hello", "stdout"), ("rest", "stdout")]


def test_what_a_vertex_is_done_with():
    events = told(ALL[0], ALL[1], Message(work_done=(Work(ONE, "transferring context: 2B"),)), *ALL[2:])
    (line,) = (one for one in events if isinstance(one, stagegraph.OutputLine))
    assert (line.text, line.stream, line.name) == ("transferring context: 2B done", "status", ONE)


def test_a_step_that_fails():
    error = 'process "/bin/sh -c one" did not complete successfully: exit code: 7'
    events = told(ALL[0], ALL[1], vertex(ONE, 1, 2, error=error), succeeded=False)
    assert violations(events) == []
    failed = next(one for one in events if isinstance(one, stagegraph.StepFailed))
    assert (failed.name, failed.exit_code, failed.message) == (ONE, 7, error)
    skipped = next(one for one in events if isinstance(one, stagegraph.StepSkipped))
    assert (skipped.name, skipped.reason) == (TWO, f"it needs {ONE}, which failed")


def test_a_step_that_is_cancelled_because_another_failed():
    text = "FROM alpine AS a\nRUN one\nFROM alpine AS b\nRUN two\nFROM scratch\nCOPY --from=a / /\nCOPY --from=b / /\n"
    base, one, two = "[a 1/2] FROM docker.io/library/alpine:latest", "[a 2/2] RUN one", "[b 2/2] RUN two"
    messages = [
        Message((VertexState(base, base, (), at(0), at(1)),)),
        Message((VertexState(one, one, (base,), at(1)), VertexState(two, two, (base,), at(1)))),
        Message((VertexState(one, one, (base,), at(1), at(2), error="exit code: 1"),)),
        Message((VertexState(two, two, (base,), at(1), at(2), error="context canceled"),)),
    ]
    events = told(*messages, text=text, succeeded=False)
    failures = {one.name: one.message for one in events if isinstance(one, stagegraph.StepFailed)}
    assert failures == {one: "exit code: 1", two: f"cancelled, because {one} failed"}


def test_a_base_that_is_not_there_is_the_failure_of_its_step():
    name = "[internal] load metadata for docker.io/library/alpine:latest"
    events = told(Message((VertexState(name, name, (), at(0), at(1), error="not found"),)), succeeded=False)
    assert violations(events) == []
    failed = next(one for one in events if isinstance(one, stagegraph.StepFailed))
    assert (failed.name, failed.message) == (BASE, "not found")


def test_a_checksum_of_a_reference_is_no_part_of_the_message():
    error = 'failed to calculate checksum of ref x::y: "/nothing": not found'
    events = told(ALL[0], vertex(ONE, 1, 2, error=error), succeeded=False)
    (failed,) = (one for one in events if isinstance(one, stagegraph.StepFailed))
    assert failed.message == '"/nothing": not found'


def test_a_build_that_ends_too_early():
    events = told(ALL[0], ALL[1], succeeded=False)
    assert violations(events) == []
    assert summary(events)[-2:] == [("step-failed", ONE), ("step-skipped", TWO)]


def test_a_source_may_begin_and_end_twice():
    events = told(vertex(BASE, 0, 1), vertex(BASE, 2), vertex(BASE, 2, 4), *(attrs.evolve(one) for one in ALL[1:]))
    assert violations(events) == []
    assert summary(events)[:2] == [("step-started", BASE), ("step-finished", BASE)]


@given(st.lists(st.sampled_from(ALL)), st.booleans())
def test_whatever_is_told_in_whatever_order_the_laws_are_kept(messages, succeeded):
    assert violations(told(*messages, succeeded=succeeded)) in ([], ["it failed although no step did"])
