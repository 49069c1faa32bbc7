"""Where a build stands: what waits, what runs and since when, what is over."""

from __future__ import annotations

import enum

import attrs

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
from stagegraph.planning.plan import Plan


class Status(enum.Enum):
    """How it is with a step."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    CACHED = "cached"
    FAILED = "failed"
    SKIPPED = "skipped"


_ENDS: dict[type, Status] = {
    StepFinished: Status.DONE,
    StepCached: Status.CACHED,
    StepFailed: Status.FAILED,
    StepSkipped: Status.SKIPPED,
}


@attrs.define
class Row:
    """A step, or what a builder does beside the plan. Times count seconds since the build began."""

    name: str
    status: Status = Status.WAITING
    began: float = 0.0
    ended: float | None = None
    output: str = ""

    def elapsed(self, now: float) -> float:
        """How long it has been at work."""
        if self.status is Status.WAITING:
            return 0.0
        return (now if self.ended is None else self.ended) - self.began


class BuildState:
    """What a view of a build shows: a row for every step of the plan, and for what comes beside it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.finished: PlanFinished | None = None
        self._steps = {step.id: Row(step.name) for step in plan.steps}
        self._first: dict[str, Row] = {}
        self._last: dict[str, Row] = {}

    @property
    def rows(self) -> list[Row]:
        """What was loaded, the steps of the plan, what is exported."""
        return [*self._first.values(), *self._steps.values(), *self._last.values()]

    @property
    def skipped_stages(self) -> list[tuple[str, str]]:
        """The stages that are not run, each with the reason."""
        return [(one.stage.display_name, one.reason) for one in self.plan.stages if not one.executed]

    def feed(self, event: Event) -> None:
        """Takes an event into account."""
        if isinstance(event, PlanFinished):
            self.finished = event
            return
        row = self._row(event)
        row.name = event.name or row.name
        if isinstance(event, StepStarted):
            row.status, row.began = Status.RUNNING, event.time
        elif isinstance(event, OutputLine):
            row.output = event.text
        else:
            row.status, row.ended = _ENDS[type(event)], event.time
            if isinstance(event, StepSkipped):
                row.began = event.time

    def _row(self, event: StepStarted | OutputLine | StepFinished | StepCached | StepFailed | StepSkipped) -> Row:
        if event.step is not None:
            return self._steps.setdefault(event.step.id, Row(event.name))
        begun = any(row.status is not Status.WAITING for row in self._steps.values())
        rows = self._last if begun and event.name not in self._first else self._first
        return rows.setdefault(event.name, Row(event.name))
