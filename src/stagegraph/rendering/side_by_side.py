"""A comparison as rows: one for each stage, with what either builder does there."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.planning.vertices import Step
from stagegraph.rendering.phrases import builder_name, failure_summary, plan_summary, titled, unrolled_reason
from stagegraph.rendering.spelling import visible
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder

if TYPE_CHECKING:
    from stagegraph.planning.comparison import Comparison, Disagreement, Outcome
    from stagegraph.planning.plan import Plan


class State(enum.Enum):
    """What a builder does with a stage."""

    TARGET = "target"
    RUNS = "runs"
    ONLY_HERE = "only here"
    FAILS = "fails"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"


@attrs.frozen
class Cell:
    """One builder at one stage: its progress lines, or the reason why there are none."""

    state: State
    lines: tuple[str, ...]
    reason: str = ""

    @property
    def remark(self) -> str:
        """What is to be said behind the name of the stage."""
        return _REMARKS.get(self.state, "")


_REMARKS = {State.TARGET: ", the target", State.ONLY_HERE: ", only here", State.FAILS: ", fails here"}


@attrs.frozen
class Row:
    """A stage (or what belongs to none, without a stage) and both builders at it."""

    stage: Stage | None
    buildkit: Cell
    legacy: Cell

    @property
    def title(self) -> str:
        """What the row is about."""
        return titled(self.stage) if self.stage is not None else "outside the stages"


@attrs.frozen
class Exclusive:
    """A stage that one builder runs alone, why it does, and why the other does not."""

    stage: Stage
    builder: Builder
    runs_because: str
    skipped_because: str


@attrs.frozen
class Failure:
    """Who fails, over what, and the steps that were announced before, where nothing else shows them."""

    title: str
    error: StageGraphError
    announced: tuple[str, ...] = ()


def rows_of(comparison: Comparison) -> tuple[Row, ...]:
    """A row for what belongs to no stage, if there is anything, and one for each stage of the file.

    Without a plan of either builder the stages are not known, and there are no rows.
    """
    plan = comparison.plan(Builder.BUILDKIT) or comparison.plan(Builder.LEGACY)
    if plan is None:
        return ()
    buildkit, legacy = (_Side.of(comparison, builder) for builder in (Builder.BUILDKIT, Builder.LEGACY))
    outside = Row(None, buildkit.outside(), legacy.outside())
    rows = tuple(Row(stage, buildkit.cell(stage), legacy.cell(stage)) for stage in plan.graph.stages)
    return (outside, *rows) if outside.buildkit.lines or outside.legacy.lines else rows


def cell_lines(cell: Cell) -> tuple[str, ...]:
    """The progress lines, or a line that says why there are none."""
    if cell.state is State.SKIPPED:
        return (f"skipped: {cell.reason}",)
    if cell.state is State.UNKNOWN:
        return ("not reached",)
    return cell.lines or ("-",)


def exclusives_of(comparison: Comparison) -> tuple[Exclusive, ...]:
    """The stages that only one builder runs, with the reasons of both; none unless both have a plan."""
    found: list[Exclusive] = []
    for builder, other in ((Builder.BUILDKIT, Builder.LEGACY), (Builder.LEGACY, Builder.BUILDKIT)):
        ours, theirs = comparison.plan(builder), comparison.plan(other)
        if ours is None or theirs is None:
            continue
        for stage in comparison.stages_only(builder):
            runs, skipped = ours.stages[stage.index], theirs.stages[stage.index]
            found.append(Exclusive(stage, builder, unrolled_reason(ours, runs), unrolled_reason(theirs, skipped)))
    return tuple(found)


def summary_of(outcome: Outcome) -> str:
    """The plan in a few words, or that there is none."""
    return failure_summary(outcome) if isinstance(outcome, StageGraphError) else plan_summary(outcome)


def failures_of(comparison: Comparison) -> tuple[Failure, ...]:
    """The builders that fail; one entry where both fail over the same."""
    buildkit, legacy = comparison.error(Builder.BUILDKIT), comparison.error(Builder.LEGACY)
    if buildkit is not None and legacy is not None and _is_same(buildkit, legacy):
        return (Failure("both builders fail", legacy, _announced(comparison, legacy)),)
    named = ((Builder.BUILDKIT, buildkit), (Builder.LEGACY, legacy))
    return tuple(
        Failure(f"{builder_name(builder)} fails", error, _announced(comparison, error))
        for builder, error in named
        if error is not None
    )


def _is_same(one: StageGraphError, other: StageGraphError) -> bool:
    return (one.message, one.line, one.suggestion) == (other.message, other.line, other.suggestion)


def _announced(comparison: Comparison, error: StageGraphError) -> tuple[str, ...]:
    """The steps before a failure, unless the rows show them."""
    has_rows = comparison.plan(Builder.BUILDKIT) or comparison.plan(Builder.LEGACY)
    return () if has_rows else tuple(visible(step.name) for step in error.steps)


def differences_of(comparison: Comparison) -> tuple[Disagreement, ...]:
    """Where two plans disagree; that one of the builders fails is shown as a failure."""
    if comparison.error(Builder.BUILDKIT) or comparison.error(Builder.LEGACY):
        return ()
    return comparison.disagreements


def outcome_of(comparison: Comparison, builder: Builder) -> Outcome:
    """What one builder makes of the file."""
    return comparison.buildkit if builder is Builder.BUILDKIT else comparison.legacy


@attrs.frozen
class _Side:
    """One builder: its progress lines by stage, and the stages that it runs alone."""

    outcome: Outcome
    lines: Mapping[int | None, tuple[str, ...]]
    alone: frozenset[int]

    @classmethod
    def of(cls, comparison: Comparison, builder: Builder) -> _Side:
        outcome = outcome_of(comparison, builder)
        lines: dict[int | None, list[str]] = {}
        for step in outcome.steps:  # of a builder that fails, those before it does
            if isinstance(step, Step):
                lines.setdefault(step.stage, []).append(visible(step.name))
        alone = frozenset(stage.index for stage in comparison.stages_only(builder))
        return cls(outcome, {stage: tuple(names) for stage, names in lines.items()}, alone)

    def outside(self) -> Cell:
        loads = () if isinstance(self.outcome, StageGraphError) else self.outcome.loads
        return Cell(State.RUNS, (*(visible(load) for load in loads), *self.lines.get(None, ())))

    def cell(self, stage: Stage) -> Cell:
        lines = self.lines.get(stage.index, ())
        if isinstance(self.outcome, StageGraphError):
            return Cell(self._state_of_broken(stage), lines)
        reason = unrolled_reason(self.outcome, self.outcome.stages[stage.index])
        return Cell(self._state(self.outcome, stage), lines, reason)

    def _state_of_broken(self, stage: Stage) -> State:
        """A builder that fails has announced the stages up to the one at fault."""
        if stage.index not in self.lines:
            return State.UNKNOWN
        return State.FAILS if stage.index == max(one for one in self.lines if one is not None) else State.RUNS

    def _state(self, plan: Plan, stage: Stage) -> State:
        if not plan.stages[stage.index].executed:
            return State.SKIPPED
        if stage.index == plan.graph.resolved.target:
            return State.TARGET
        return State.ONLY_HERE if stage.index in self.alone else State.RUNS
