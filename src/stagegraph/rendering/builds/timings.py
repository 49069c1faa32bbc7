"""The timings of a build for people: the critical path, what ran together, what was cached."""

from __future__ import annotations

from collections.abc import Iterable

from stagegraph.backends.events import PlanFinished
from stagegraph.backends.timings import Timing, Timings
from stagegraph.rendering.plain.layout import columns, section, text_of
from stagegraph.rendering.spelling import counted, visible


def timings_text(timings: Timings) -> str:
    """The text; sections that would be empty are left out."""
    path = timings.critical_path
    at_work = sum(one.seconds for one in path)
    heading = f"Critical path: {_seconds(at_work)} of {_seconds(timings.total)} in {counted(len(path), 'step')}"
    together = [row for group in timings.together for row in (*_rows(group), ("",) * 4)]
    return text_of(
        [
            *section(heading, columns(_rows(path), right=(0, 1))),
            *section("Ran together", columns(together[:-1], right=(0, 1))),
            *section("Cached", columns([(str(one.id), visible(one.name)) for one in timings.cached], right=(0,))),
        ]
    )


def differences_text(finished: PlanFinished) -> str:
    """What a builder announced otherwise than the plan says; empty where it is all the same."""
    return text_of(
        [
            *(f"predicted and not seen: {visible(name)}" for name in finished.unseen),
            *(f"seen and not predicted: {visible(name)}" for name in finished.unpredicted),
        ]
    )


def _rows(timings: Iterable[Timing]) -> list[tuple[str, ...]]:
    """Id, time at work, and from when to when."""
    return [(str(one.id), _seconds(one.seconds), _span(one), visible(one.name)) for one in timings]


def _span(timing: Timing) -> str:
    return f"{_seconds(timing.started or 0.0)} to {_seconds(timing.ended)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.2f}s"
