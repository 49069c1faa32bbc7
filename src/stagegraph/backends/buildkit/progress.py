"""What BuildKit tells, as events: in an order in which no step begins before its inputs are there.

BuildKit works out the identity of a source before it fetches it, and says that it begins and ends
both times; so the end of a source is told when something needs it, with the time at which it was.
What is cached is not always told of its own: it is when something needs it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from stagegraph.backends.buildkit.messages import Message, VertexState
from stagegraph.backends.buildkit.vertices import LOAD_METADATA, Vertices
from stagegraph.backends.containers.lines import LineSplitter
from stagegraph.backends.events import (
    STATUS,
    Event,
    OutputLine,
    StepCached,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
)
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step

_exit_code = re.compile(r"exit code: (\d+)\Z")
_checksum = re.compile(r"failed to calculate checksum of ref \S+: ")
_STREAMS = {1: "stdout", 2: "stderr"}
_CANCELLED = "context canceled"

_Key = int | str
"""The id of a step, or the digest of a vertex that is none."""


class Progress:
    """Turns messages into events. Times are the builder's own, from the first that it tells."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._steps = {step.id: step for step in plan.steps}
        self.vertices = Vertices(plan)
        self._began: datetime | None = None
        self._now = 0.0
        self._names: dict[_Key, str] = {step.id: step.name for step in plan.steps}
        self._keys: dict[str, _Key] = {}
        self._started: set[_Key] = set()
        self._pending: dict[_Key, float] = {}
        self._ended: dict[_Key, type[Event]] = {}
        self._lines: dict[tuple[str, int], LineSplitter] = {}
        self.failed: list[str] = []

    @property
    def now(self) -> float:
        """The latest time that was told, in seconds."""
        return self._now

    def events(self, message: Message) -> Iterator[Event]:
        """What a message tells."""
        self.vertices.announce(message.vertices)
        for vertex in message.vertices:
            yield from self._vertex(vertex)
        for work in message.work_done:
            yield from self._line(work.digest, f"{work.id} done", STATUS)
        for output in message.outputs:
            splitter = self._lines.setdefault((output.digest, output.stream), LineSplitter())
            for line in splitter.feed(output.data):
                yield from self._line(output.digest, line, _STREAMS.get(output.stream, "stdout"))

    def end(self, *, succeeded: bool) -> Iterator[Event]:
        """What has to be told when the builder has ended."""
        yield from self._settle(*self._pending)
        for step in self._plan.steps:
            if step.id in self._ended:
                continue
            if succeeded:
                yield from self._settle(step.id)
            elif step.id in self._started:
                yield from self._fail(step.id, _CANCELLED)
            else:
                self._ended[step.id] = StepSkipped
                yield StepSkipped(step.name, step, self._now, self._reason(step))

    # -- vertices ----------------------------------------------------------------------------

    def _vertex(self, vertex: VertexState) -> Iterator[Event]:
        step = self.vertices.step(vertex.digest)
        key = self._keys[vertex.digest] = step.id if step is not None else vertex.digest
        self._names[key] = vertex.name
        if key in self._ended:
            return
        if vertex.started is not None and key not in self._started and not vertex.cached:
            self._turn(vertex.started)
            yield from self._start(key)
        if vertex.completed is None:
            self._pending.pop(key, None)
            return
        self._turn(vertex.completed)
        if vertex.error or vertex.inputs or vertex.cached:
            yield from self._rest_of_lines(vertex.digest)
            yield from self._end_of(key, vertex)
        else:
            self._pending[key] = self._now

    def _end_of(self, key: _Key, vertex: VertexState) -> Iterator[Event]:
        self._pending.pop(key, None)
        if vertex.error:
            if vertex.name.startswith(LOAD_METADATA):
                base = self.vertices.base_of(vertex.name)
                yield from self._fail(base.id, vertex.error) if base is not None else ()
            yield from self._fail(key, vertex.error)
            return
        yield from self._settle(*self._inputs(key))
        yield from self._tell_end(key, StepCached if vertex.cached else StepFinished)

    def _start(self, key: _Key) -> Iterator[Event]:
        beside = [one for one in self._pending if isinstance(key, int) and isinstance(one, str)]
        yield from self._settle(*beside, *self._inputs(key))
        self._started.add(key)
        yield StepStarted(self._names[key], self._step(key), self._now)

    def _settle(self, *keys: _Key) -> Iterator[Event]:
        """Tells the ends of what is needed now, and of all that it needs; BuildKit may not have had to do it."""
        settled: list[_Key] = [*self._open_inputs(keys), *(key for key in keys if isinstance(key, str))]
        for key in settled:
            if key in self._ended:
                continue
            step = self._step(key)
            if step is not None and self.vertices.is_part(step) and self._ended[step.reads[1] or 0] is StepFinished:
                self._started.add(key)
                yield StepStarted(step.name, step, self._now)
            kind = StepFinished if key in self._started else StepCached
            yield from self._tell_end(key, kind, self._pending.pop(key, None))

    def _open_inputs(self, keys: tuple[_Key, ...]) -> list[int]:
        """The steps among the keys, and all that they need, that are not over; inputs come first."""
        waiting = [key for key in keys if isinstance(key, int)]
        found: set[int] = set()
        while waiting:
            key = waiting.pop()
            if key not in found and key not in self._ended:
                found.add(key)
                waiting += self._steps[key].inputs
        return sorted(found)

    def _tell_end(
        self, key: _Key, kind: type[StepFinished | StepCached], ended: float | None = None
    ) -> Iterator[Event]:
        self._ended[key] = kind
        yield kind(self._names[key], self._step(key), self._now, ended=ended)

    # -- failures ----------------------------------------------------------------------------

    def _fail(self, key: _Key, error: str) -> Iterator[Event]:
        if key in self._ended:
            return
        if key not in self._started:
            yield from self._start(key)
        self._ended[key] = StepFailed
        code = _exit_code.search(error)
        if error.endswith(_CANCELLED) and self.failed:
            error = f"cancelled, because {self.failed[0]} failed"
        else:
            self.failed.append(self._names[key])
        message = _checksum.sub("", error)
        yield StepFailed(self._names[key], self._step(key), self._now, message, int(code[1]) if code else None)

    def _reason(self, step: Step) -> str:
        needs_failed = any(self._ended.get(one) in (StepFailed, StepSkipped) for one in step.inputs)
        if self.failed and needs_failed:
            return f"it needs {self.failed[0]}, which failed"
        return f"{self.failed[0]} failed" if self.failed else "the build has ended"

    # -- small things ------------------------------------------------------------------------

    def _inputs(self, key: _Key) -> tuple[int, ...]:
        step = self._step(key)
        return step.inputs if step is not None else ()

    def _step(self, key: _Key) -> Step | None:
        return self._steps[key] if isinstance(key, int) else None

    def _rest_of_lines(self, digest: str) -> Iterator[Event]:
        for (vertex, stream), splitter in self._lines.items():
            if vertex == digest:
                for line in splitter.rest():
                    yield from self._line(digest, line, _STREAMS.get(stream, "stdout"))

    def _line(self, digest: str, text: str, stream: str) -> Iterator[Event]:
        key = self._keys.get(digest, digest)
        if key in self._started and key not in self._ended:
            yield OutputLine(self._names[key], self._step(key), self._now, text, stream)

    def _turn(self, moment: datetime) -> None:
        """Turns the clock to a time of the builder's, which never goes back."""
        if self._began is None:
            self._began = moment
        self._now = max(self._now, (moment - self._began).total_seconds())
