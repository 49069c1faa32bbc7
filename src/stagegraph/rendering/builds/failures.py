"""A step that failed: its place in the Dockerfile, and the end of what it printed."""

from __future__ import annotations

from collections import deque

from stagegraph.backends.events import STATUS, Event, OutputLine, StepFailed
from stagegraph.errors import BackendError
from stagegraph.planning.plan import Plan
from stagegraph.rendering.failures import failure_text
from stagegraph.rendering.spelling import visible

_LAST_LINES = 20


class Failures:
    """Collects what has to be said of the steps that fail."""

    def __init__(self, plan: Plan, file_name: str) -> None:
        self._plan = plan
        self._file_name = file_name
        self._printed: dict[int, deque[str]] = {}
        self._texts: list[str] = []
        self._messages: set[str] = set()  # a builder may say one thing of two vertices

    def note(self, event: Event) -> None:
        """Remembers an event, as far as it matters."""
        if isinstance(event, OutputLine) and event.step is not None and event.stream != STATUS:
            self._printed.setdefault(event.step.id, deque(maxlen=_LAST_LINES)).append(event.text)
        if isinstance(event, StepFailed) and event.message not in self._messages:
            self._messages.add(event.message)
            self._texts.append(self._text(event))

    @property
    def text(self) -> str:
        """Everything that failed, one after the other; empty where nothing did."""
        return "".join(self._texts)

    def _text(self, event: StepFailed) -> str:
        span = event.step.span if event.step is not None else None
        source = self._plan.graph.resolved.source
        error = BackendError(f"{event.name}: {event.message}", source=source, span=span)
        printed = self._printed.get(event.step.id, ()) if event.step is not None else ()
        return failure_text(error, self._file_name) + "".join(f" > {visible(line)}\n" for line in printed)
