"""How findings name stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.linting.findings import StageLabel
from stagegraph.quoting import go_quote
from stagegraph.stages.cutting import Stage

if TYPE_CHECKING:
    from stagegraph.linting.subject import Subject


def label_of(stage: Stage) -> StageLabel:
    """The name of a stage, the index of one that has none."""
    return stage.index if stage.name is None else stage.name


def quoted(stage: Stage) -> str:
    """A stage in a sentence: `stage "build"`, or `stage 2` where it has no name."""
    return f"stage {go_quote(stage.name)}" if stage.name is not None else f"stage {stage.index}"


def with_line(stage: Stage, subject: Subject) -> str:
    """A stage and where it begins: `stage "build" (line 3)`."""
    return f"{quoted(stage)} (line {subject.line_in_file(stage.from_.first_line)})"
