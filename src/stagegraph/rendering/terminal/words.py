"""The styled lines that several pages share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rich.text import Text

from stagegraph.rendering.phrases import line_of
from stagegraph.rendering.terminal.paper import Paper
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.planning.plan import PlannedStage

# `[build 2/3] RUN make`, `Step 2/6 : RUN make`: the place, the keyword, the rest.
_STEP = re.compile(r"(\[[^\]]*\] (?:ONBUILD )?|Step \d+/\d+ : )?([A-Z]+(?=\s|$))?")


def step_line(paper: Paper, name: str, lead: str = "") -> Text:
    """A progress line: its place quiet, its keyword coloured."""
    match = _STEP.match(name)
    place, keyword = (part or "" for part in match.groups()) if match else ("", "")
    return paper.line((lead, "quiet"), (place, "quiet"), (keyword, "keyword"), name[len(place) + len(keyword) :])


def stage_line(paper: Paper, stage: Stage, style: str, remark: str = "") -> Text:
    """A stage: a mark, its name, its line, and a remark."""
    mark = paper.glyph("○", "-") if style == "skipped" else paper.glyph("●", "*")
    line = line_of(stage)
    quiet = "skipped" if style == "skipped" else "quiet"
    return paper.line((f"{mark} {stage.display_name}", style), (f"  {line}" if line else "", quiet), (remark, quiet))


def style_of(planned: PlannedStage, target: Stage) -> str:
    """The style of a stage in a plan."""
    if planned.stage.index == target.index:
        return "target"
    return "runs" if planned.executed else "skipped"
