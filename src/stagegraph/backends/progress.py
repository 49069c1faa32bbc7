"""What a task tells while it is carried out, and how it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from stagegraph.backends.events import Event, OutputLine, StepCached, StepFailed, StepFinished, StepStarted
from stagegraph.planning.vertices import Step

Emit = Callable[[Event], None]
Clock = Callable[[], float]


class StepError(Exception):
    """A step fails; raised by the work of a task and told as an event.

    `exit_code` is that of its command, None for other failures.
    """

    def __init__(self, step: Step, message: str, exit_code: int | None = None) -> None:
        super().__init__(message)
        self.step = step
        self.message = message
        self.exit_code = exit_code


class CancelledError(Exception):
    """The build was cancelled while the task was at work."""


class Cancellation:
    """Says that a build is to stop; any number of threads may ask and be told."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._stops: list[Callable[[], None]] = []
        self._cancelled = False

    @property
    def cancelled(self) -> bool:
        """Whether it is to stop."""
        return self._cancelled

    def check(self) -> None:
        """Stops the caller if the build is to stop.

        Raises:
            CancelledError: it is.
        """
        if self._cancelled:
            raise CancelledError

    def cancel(self) -> None:
        """Tells everyone; what is at work is stopped through `stopped_by`."""
        with self._lock:
            stops, self._stops, self._cancelled = self._stops, [], True
        for stop in stops:
            stop()

    @contextmanager
    def stopped_by(self, stop: Callable[[], None]) -> Iterator[None]:
        """While the block runs, cancelling calls `stop`, from another thread.

        Raises:
            CancelledError: the build is cancelled already, or was while the block ran.
        """
        with self._lock:
            self.check()
            self._stops.append(stop)
        try:
            yield
        except Exception:
            self.check()  # what went wrong went wrong because it was stopped
            raise
        finally:
            with self._lock:
                if stop in self._stops:
                    self._stops.remove(stop)
        self.check()


class Progress:
    """What one task tells. Its times come from one clock for the whole build."""

    def __init__(self, emit: Emit, clock: Clock, cancellation: Cancellation) -> None:
        self._emit = emit
        self._clock = clock
        self.cancellation = cancellation

    def started(self, step: Step) -> None:
        """A step begins.

        Raises:
            CancelledError: the build is to stop.
        """
        self.cancellation.check()
        self._emit(StepStarted(step.name, step, self._clock()))

    def output(self, step: Step, text: str, stream: str = "stdout") -> None:
        """A step printed a line."""
        self._emit(OutputLine(step.name, step, self._clock(), text, stream))

    def finished(self, step: Step, image: str | None = None) -> None:
        """A step is done."""
        self._emit(StepFinished(step.name, step, self._clock(), image))

    def cached(self, step: Step, image: str | None = None) -> None:
        """A step need not run."""
        self._emit(StepCached(step.name, step, self._clock(), image))

    def failed(self, error: StepError) -> None:
        """A step failed."""
        step = error.step
        self._emit(StepFailed(step.name, step, self._clock(), error.message, error.exit_code))
