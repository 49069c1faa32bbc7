"""When each step of a build was at work: what it waited for, what ran together, what was cached."""

from __future__ import annotations

from collections.abc import Iterable

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
from stagegraph.planning.vertices import Step

SCHEMA = 1
_RESULTS: dict[type[Event], str] = {
    StepFinished: "finished",
    StepCached: "cached",
    StepFailed: "failed",
    StepSkipped: "skipped",
}


@attrs.frozen
class Timing:
    """A step, or what a builder did beside the plan (`step` is None).

    `started` and `ended` count seconds since the build began, `started` is None for what never began.
    `result` is `finished`, `cached`, `failed` or `skipped`.
    """

    name: str
    step: Step | None
    started: float | None
    ended: float
    result: str

    @property
    def id(self) -> int:
        """The id of its step, 0 for what is none."""
        return self.step.id if self.step is not None else 0

    @property
    def seconds(self) -> float:
        """How long it was at work."""
        return 0.0 if self.started is None else max(self.ended - self.started, 0.0)


@attrs.frozen
class Timings:
    """The timings of a whole build, in the order in which things ended; `total` is its length in seconds."""

    plan: Plan
    all: tuple[Timing, ...]
    total: float
    unseen: tuple[str, ...] = ()
    unpredicted: tuple[str, ...] = ()

    @classmethod
    def of(cls, plan: Plan, events: Iterable[Event]) -> Timings:
        """The timings that the events of a build tell."""
        started: dict[tuple[str, int | None], float] = {}
        found: list[Timing] = []
        total, last = 0.0, None
        for event in events:
            total = event.time
            if isinstance(event, PlanFinished):
                last = event
            elif isinstance(event, StepStarted):
                started.setdefault(_key(event), event.time)
            elif not isinstance(event, OutputLine):
                ended = event.ended if isinstance(event, StepFinished | StepCached) else None
                moment = event.time if ended is None else ended
                found.append(Timing(event.name, event.step, started.get(_key(event)), moment, _RESULTS[type(event)]))
        unseen, unpredicted = (last.unseen, last.unpredicted) if last is not None else ((), ())
        return cls(plan, tuple(found), total, unseen, unpredicted)

    @property
    def steps(self) -> tuple[Timing, ...]:
        """Those of the plan's steps, by their ids."""
        return tuple(sorted((one for one in self.all if one.step is not None), key=lambda one: one.id))

    @property
    def critical_path(self) -> tuple[Timing, ...]:
        """The steps that the build waited for: each began once the one before it had ended, which ended last.

        What was cached, skipped or never began is none of them.
        """
        by_id = {one.id: one for one in self.steps if one.started is not None and one.result != "cached"}
        path: list[Timing] = []
        current = max(by_id.values(), key=_end, default=None)
        while current is not None:
            path.append(current)
            inputs = current.step.inputs if current.step is not None else ()
            current = max((by_id[one] for one in inputs if one in by_id), key=_end, default=None)
        return tuple(reversed(path))

    @property
    def together(self) -> tuple[tuple[Timing, ...], ...]:
        """Which steps were at work at one moment: every group that none of the others holds, in order of time."""
        busy = [one for one in self.steps if one.seconds and one.result != "cached"]
        moments = sorted(
            [(one.started or 0.0, True, one) for one in busy] + [(one.ended, False, one) for one in busy],
            key=lambda moment: moment[:2],  # of two at one time, what ends comes first
        )
        groups: list[tuple[Timing, ...]] = []
        at_work: dict[int, Timing] = {}
        grows = False
        for _, begins, one in moments:
            if begins:
                at_work[one.id] = one
            else:
                if grows and len(at_work) > 1:
                    groups.append(tuple(at_work[key] for key in sorted(at_work)))
                del at_work[one.id]
            grows = begins
        return tuple(groups)

    @property
    def cached(self) -> tuple[Timing, ...]:
        """The steps whose result was there already."""
        return tuple(one for one in self.steps if one.result == "cached")

    def to_dict(self) -> dict[str, object]:
        """All of it as JSON has it."""
        return {
            "schema": SCHEMA,
            "builder": self.plan.builder.value,
            "target": self.plan.target.display_name,
            "total": round(self.total, 3),
            "steps": [_as_json(one) for one in self.steps],
            "beside": [_as_json(one) for one in self.all if one.step is None],
            "critical_path": [one.id for one in self.critical_path],
            "together": [[one.id for one in group] for group in self.together],
            "cached": [one.id for one in self.cached],
            "unseen": list(self.unseen),
            "unpredicted": list(self.unpredicted),
        }


def _key(event: StepStarted | StepFinished | StepCached | StepFailed | StepSkipped) -> tuple[str, int | None]:
    return ("", event.step.id) if event.step is not None else (event.name, None)


def _end(timing: Timing) -> tuple[float, int]:
    return timing.ended, timing.id


def _as_json(timing: Timing) -> dict[str, object]:
    step = timing.step
    return {
        "id": step.id if step is not None else None,
        "name": timing.name,
        "stage": step.stage if step is not None else None,
        "lines": list(step.lines) if step is not None and step.lines is not None else None,
        "result": timing.result,
        "started": None if timing.started is None else round(timing.started, 3),
        "ended": round(timing.ended, 3),
        "seconds": round(timing.seconds, 3),
    }
