"""How a build is shown while it runs: live on a terminal, plain lines in a pipe, events as JSON Lines."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from stagegraph.cli.output import Output
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.backends.events import Event
    from stagegraph.planning.plan import Plan

Show = Callable[["Event"], None]
"""Shows an event."""


def shown(plan: Plan, backend: str, format_: str, output: Output) -> AbstractContextManager[Show]:
    """What shows the events of a build, while the block runs."""
    if format_ == "json":
        return _json_lines(output)
    return _live(plan, output) if output.for_people else _plain(plan, backend, output)


@contextmanager
def _json_lines(output: Output) -> Iterator[Show]:
    yield lambda event: output.write(json.dumps(event.to_dict(), ensure_ascii=True) + "\n")


@contextmanager
def _plain(plan: Plan, backend: str, output: Output) -> Iterator[Show]:
    from stagegraph.rendering.builds.buildkit import BuildKitProgress
    from stagegraph.rendering.builds.legacy import LegacyProgress

    progress = LegacyProgress(plan) if plan.builder is Builder.LEGACY else BuildKitProgress(backend)

    def write(lines: list[str]) -> None:
        if lines:
            output.write("".join(f"{line}\n" for line in lines))

    write(progress.begin())
    yield lambda event: write(progress.lines(event))


@contextmanager
def _live(plan: Plan, output: Output) -> Iterator[Show]:
    from rich.live import Live

    from stagegraph.rendering.builds.state import BuildState
    from stagegraph.rendering.terminal.build import BuildView

    began = time.monotonic()
    state = BuildState(plan)
    view = BuildView(state, output.paper, lambda: time.monotonic() - began)
    console = output.paper.console(sys.stdout)
    if not _can_draw_over():
        yield state.feed
        console.print(view)
        return
    with Live(view, console=console, vertical_overflow="visible") as live:
        yield state.feed
        live.refresh()


def _can_draw_over() -> bool:
    """Whether lines can be drawn over; a file that is coloured gets the last state alone."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"
