"""The plain progress of BuildKit (`util/progress/progressui`): a number for each line that is announced."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.backends.events import (
    STATUS,
    Event,
    OutputLine,
    PlanFinished,
    StepCached,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
)
from stagegraph.rendering.spelling import visible

_Key = tuple[str, int | None]


class BuildKitProgress:
    """Turns events into lines, each event when it comes."""

    def __init__(self, backend: str) -> None:
        self._backend = backend
        self._numbers: dict[_Key, int] = {}
        self._began: dict[_Key, float] = {}
        self._open: set[_Key] = set()
        self._shown: _Key | None = None

    def begin(self) -> list[str]:
        """What stands before everything else."""
        return [f'#0 building with "default" instance using {self._backend} driver']

    def lines(self, event: Event) -> list[str]:
        """What an event adds."""
        if isinstance(event, PlanFinished | StepSkipped):
            return []
        key = (event.name, event.step.id if event.step is not None else None)
        began = self._began.setdefault(key, event.time)
        if isinstance(event, StepStarted):
            self._open.add(key)
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        lines = [*self._turn_to(key, event.name), *_said(event, number, event.time - began)]
        if isinstance(event, StepFinished | StepCached | StepFailed):
            self._open.discard(key)
        return lines

    def _turn_to(self, key: _Key, name: str) -> Iterator[str]:
        """The heading of what is spoken of, unless it was already."""
        if key == self._shown:
            return
        if self._shown in self._open and self._shown is not None:
            yield f"#{self._numbers[self._shown]} ..."
        self._shown = key
        yield f"#{self._numbers[key]} {visible(name)}"


def _said(event: Event, number: int, passed: float) -> Iterator[str]:
    if isinstance(event, OutputLine):
        stamp = "" if event.stream == STATUS else f"{passed:.3f} "
        yield f"#{number} {stamp}{visible(event.text)}"
    elif isinstance(event, StepCached):
        yield f"#{number} CACHED"
    elif isinstance(event, StepFinished):
        yield f"#{number} DONE {passed:.1f}s"
    elif isinstance(event, StepFailed):
        yield f"#{number} ERROR: {visible(event.message)}"
