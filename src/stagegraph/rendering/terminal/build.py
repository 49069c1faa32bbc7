"""A build on a terminal while it runs: a line for each step with its time, and the stages that are skipped."""

from __future__ import annotations

from collections.abc import Callable

import attrs
from rich.console import Console, ConsoleOptions, Group, RenderResult
from rich.text import Text

from stagegraph.rendering.builds.state import BuildState, Row, Status
from stagegraph.rendering.spelling import counted
from stagegraph.rendering.terminal.paper import Paper

_STYLES = {
    Status.WAITING: "quiet",
    Status.RUNNING: "keyword",
    Status.DONE: "runs",
    Status.CACHED: "image",
    Status.FAILED: "failure",
    Status.SKIPPED: "skipped",
}
_WIDTH = 7


@attrs.frozen
class BuildView:
    """The state of a build as rich prints it, each time as it is at that moment."""

    state: BuildState
    paper: Paper
    clock: Callable[[], float]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines of this moment, as many as the terminal has room for while the build runs."""
        lines = self.lines()
        if self.state.finished is None and len(lines) >= options.size.height:
            lines = lines[: options.size.height - 1]
        yield Group(*lines)

    def lines(self) -> list[Text]:
        """The heading, the steps, the skipped stages."""
        now = self.clock()
        rows = self.state.rows
        over = sum(row.ended is not None for row in rows)
        heading = f"{self.state.plan.target.display_name}: {over} of {counted(len(rows), 'step')}"
        named = [row for row in rows if row.name]
        return [
            self.paper.line((f"{_seconds(now):>{_WIDTH}}", "quiet"), "  ", (heading, "title")),
            *(self._line(row, now) for row in named),
            *(
                self.paper.line((f"{'':>{_WIDTH}}  {'skipped':<8}{name}: {reason}", "skipped"))
                for name, reason in self.state.skipped_stages
            ),
        ]

    def _line(self, row: Row, now: float) -> Text:
        passed = "" if row.status is Status.WAITING else _seconds(row.elapsed(now))
        said = f"  {row.output}" if row.status is Status.RUNNING and row.output else ""
        return self.paper.line(
            (f"{passed:>{_WIDTH}}", "quiet"),
            "  ",
            (f"{row.status.value:<8}", _STYLES[row.status]),
            row.name,
            (said, "quiet"),
        )


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f}s"
