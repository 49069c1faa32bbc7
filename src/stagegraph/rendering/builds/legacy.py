"""The transcript of the legacy builder: step after step, whatever runs together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
from stagegraph.rendering.spelling import visible

_ID = 12


class LegacyProgress:
    """Turns events into lines; those of a step wait until the steps before it are through."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._order = [step.id for step in plan.steps]
        self._waiting: dict[int, list[str]] = {}
        self._ended: set[int] = set()

    def begin(self) -> list[str]:
        """What stands before everything else: nothing, here."""
        return []

    def lines(self, event: Event) -> list[str]:
        """What can be said now."""
        if isinstance(event, PlanFinished):
            return [*self._say(), *self._end(event)]
        said = list(_said(event))
        if event.step is None:
            return said
        self._waiting.setdefault(event.step.id, []).extend(said)
        if isinstance(event, StepFinished | StepCached | StepFailed | StepSkipped):
            self._ended.add(event.step.id)
        return list(self._say())

    def _say(self) -> Iterator[str]:
        """What waits for its turn no longer."""
        while self._order:
            yield from self._waiting.pop(self._order[0], ())
            if self._order[0] not in self._ended:
                return
            self._order.pop(0)

    def _end(self, event: PlanFinished) -> Sequence[str]:
        if not event.succeeded or event.image is None:
            return []
        unused = [f"[Warning] {one.message}" for one in self._plan.warnings if one.rule == "UnusedBuildArgs"]
        tagged = [f"Successfully tagged {tag}" for tag in event.image.tags]
        return [*map(visible, unused), f"Successfully built {_short(event.image.id)}", *tagged]


def _said(event: Event) -> Iterator[str]:
    if isinstance(event, StepStarted):
        yield visible(event.name)
    elif isinstance(event, OutputLine):
        yield visible(event.text)
    elif isinstance(event, StepFinished | StepCached) and event.image is not None:
        yield f" ---> {_short(event.image)}"


def _short(image: str) -> str:
    return image.removeprefix("sha256:")[:_ID]
