"""Where a build stands, and how that looks on a terminal."""

from __future__ import annotations

import io

import pytest

import stagegraph
from stagegraph.backends.events import (
    OutputLine,
    PlanFinished,
    StepCached,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
)
from stagegraph.rendering.builds.state import BuildState, Status
from stagegraph.rendering.terminal import Paper
from stagegraph.rendering.terminal.build import BuildView

TEXT = "FROM ubuntu AS base\nRUN one\nFROM base AS test\nRUN two\nFROM base\nRUN three\n"


@pytest.fixture
def state():
    return BuildState(stagegraph.plan(TEXT))


def view(state, now=9.0, height=40):
    page = io.StringIO()
    console = Paper(width=60, colour=False).console(page)
    console.print(BuildView(state, Paper(width=60, colour=False), lambda: now), height=height)
    return page.getvalue().splitlines()


def test_at_first_everything_waits(state):
    assert [row.status for row in state.rows] == [Status.WAITING] * 3
    assert state.skipped_stages == [("test", "stage-2 does not need it")]


def test_steps_run_and_end(state):
    image, run, last = state.plan.steps
    for event in (
        StepStarted("load", None, 0.0),
        StepFinished("load", None, 0.5),
        StepStarted(image.name, image, 1.0),
        StepCached(image.name, image, 1.0),
        StepStarted(run.name, run, 1.0),
        OutputLine(run.name, run, 2.0, "compiling"),
    ):
        state.feed(event)
    rows = state.rows
    assert [(row.name, row.status) for row in rows] == [
        ("load", Status.DONE),
        (image.name, Status.CACHED),
        (run.name, Status.RUNNING),
        (last.name, Status.WAITING),
    ]
    assert [row.elapsed(4.0) for row in rows] == [0.5, 0.0, 3.0, 0.0]
    assert view(state, 4.0) == [
        "   4.0s  stage-2: 2 of 4 steps",
        "   0.5s  done    load",
        "   0.0s  cached  [base 1/2] FROM docker.io/library/ubuntu:l…",
        "   3.0s  running [base 2/2] RUN one  compiling",
        "         waiting [stage-2 1/1] RUN three",
        "         skipped test: stage-2 does not need it",
    ]


def test_failures_and_what_comes_last(state):
    image, run, last = state.plan.steps
    for event in (
        StepCached(image.name, image, 0.0),
        StepStarted(run.name, run, 0.0),
        StepFailed(run.name, run, 2.0, "no"),
        StepSkipped(last.name, last, 2.0, "it needs"),
        StepStarted("export", None, 2.0),
        StepFinished("export", None, 3.0),
        PlanFinished(False, 3.0),
    ):
        state.feed(event)
    assert [row.status.value for row in state.rows] == ["cached", "failed", "skipped", "done"]
    assert state.rows[-1].name == "export"
    assert state.finished == PlanFinished(False, 3.0)


def test_while_it_runs_no_more_is_drawn_than_there_is_room_for(state):
    page = io.StringIO()
    console = Paper(width=60, colour=False).console(page)
    console.size = console.size.__class__(60, 4)
    console.print(BuildView(state, Paper(width=60, colour=False), lambda: 0.0))
    assert len(page.getvalue().splitlines()) == 3
    state.feed(PlanFinished(True, 0.0))
    console.print(BuildView(state, Paper(width=60, colour=False), lambda: 0.0))
    assert len(page.getvalue().splitlines()) == 3 + 5
