"""Both builders side by side: what only one of them runs, and where they disagree."""

from __future__ import annotations

import attrs

from stagegraph.errors import StageGraphError
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder
from stagegraph.stages.references import Reference
from stagegraph.syntax.instructions import Instruction

Outcome = Plan | StageGraphError
"""What a builder makes of a file: a plan, or the error it ends with."""


@attrs.frozen
class Disagreement:
    """Something that the builders see differently; `line` is where, None for the file as a whole."""

    message: str
    line: int | None = None


@attrs.frozen(slots=False)
class Comparison:
    r"""One file and one set of options, put to both builders.

    Example:
        >>> import stagegraph
        >>> both = stagegraph.compare("FROM alpine AS a\nRUN echo 1\nFROM alpine\nRUN echo 2\n")
        >>> [stage.display_name for stage in both.stages_only(stagegraph.Builder.LEGACY)]
        ['a']
    """

    buildkit: Outcome
    legacy: Outcome

    def plan(self, builder: Builder) -> Plan | None:
        """The plan of one builder, None where it fails."""
        outcome = self.buildkit if builder is Builder.BUILDKIT else self.legacy
        return outcome if isinstance(outcome, Plan) else None

    def error(self, builder: Builder) -> StageGraphError | None:
        """The error of one builder, None where it has a plan."""
        outcome = self.buildkit if builder is Builder.BUILDKIT else self.legacy
        return outcome if isinstance(outcome, StageGraphError) else None

    def stages_only(self, builder: Builder) -> tuple[Stage, ...]:
        """The stages that only this builder runs; none unless both have a plan."""
        ours, theirs = self._both(builder)
        if ours is None or theirs is None:
            return ()
        other = {stage.index for stage in theirs.execution_set}
        return tuple(stage for stage in ours.execution_set if stage.index not in other)

    def steps_only(self, builder: Builder) -> tuple[Step, ...]:
        """The steps that only this builder runs: `RUN`, `COPY`, `ADD` and `WORKDIR`, by instruction."""
        ours, theirs = self._both(builder)
        if ours is None or theirs is None:
            return ()
        other = _carried_out(theirs)
        return tuple(step for step in ours.steps if step.kind in _WORKING and _identity(step) not in other)

    @property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Where the builders would disagree about a name, or about whether the build works at all."""
        if isinstance(self.buildkit, Plan) and isinstance(self.legacy, Plan):
            return tuple(_different_names(self.buildkit, self.legacy))
        outcomes = {Builder.BUILDKIT: self.buildkit, Builder.LEGACY: self.legacy}
        errors = {one.message if isinstance(one, StageGraphError) else None for one in outcomes.values()}
        return tuple(_verdict(builder, one) for builder, one in outcomes.items()) if len(errors) > 1 else ()

    def to_dict(self) -> dict[str, object]:
        """The comparison as JSON has it."""
        return {
            "schema": 1,
            "builders": {
                "buildkit": _outcome(self.buildkit),
                "legacy": _outcome(self.legacy),
            },
            "only": {
                builder.value: {
                    "stages": [stage.index for stage in self.stages_only(builder)],
                    "steps": [step.name for step in self.steps_only(builder)],
                }
                for builder in Builder
            },
            "disagreements": [{"message": one.message, "line": one.line} for one in self.disagreements],
        }

    def _both(self, builder: Builder) -> tuple[Plan | None, Plan | None]:
        other = Builder.LEGACY if builder is Builder.BUILDKIT else Builder.BUILDKIT
        return self.plan(builder), self.plan(other)


_WORKING = frozenset({StepKind.RUN, StepKind.COPY, StepKind.ADD, StepKind.WORKDIR})


def _carried_out(plan: Plan) -> set[tuple[int | None, int | str]]:
    """What a plan carries out: its steps, and the triggers that the legacy builder runs without a step."""
    triggers = {
        (stage.index, trigger.instruction.line) for stage in plan.graph.resolved.stages for trigger in stage.triggers
    }
    return {_identity(step) for step in plan.steps} | triggers


def _identity(step: Step) -> tuple[int | None, int | str]:
    """What tells a step apart in both plans: its place in the file, or the text of a trigger."""
    instruction, span = step.instruction, step.span
    if instruction is None or span is None or instruction.span is span:
        return step.stage, span.start if span else step.name
    return step.stage, instruction.line


def _outcome(outcome: Outcome) -> dict[str, object]:
    if isinstance(outcome, Plan):
        return {"plan": outcome.to_dict()}
    return {
        "error": {
            "message": outcome.message,
            "line": outcome.line,
            "column": outcome.column,
            "suggestion": outcome.suggestion,
            "steps": [step.name for step in outcome.steps],
        }
    }


def _verdict(builder: Builder, outcome: Outcome) -> Disagreement:
    if isinstance(outcome, Plan):
        return Disagreement(f"{builder.value} builds it")
    return Disagreement(f"{builder.value} fails: {outcome.message}", outcome.line)


def _different_names(buildkit: Plan, legacy: Plan) -> list[Disagreement]:
    """The names in stages that both run which mean different things to them."""
    found: list[Disagreement] = []
    both = {stage.index for stage in buildkit.execution_set} & {stage.index for stage in legacy.execution_set}
    for index in sorted(both):
        ours, theirs = (plan.graph.resolved.stages[index] for plan in (buildkit, legacy))
        if ours.base != theirs.base:
            line = ours.stage.from_.first_line
            found.append(Disagreement(_differ(f"FROM {ours.base_text}", ours.base, theirs.base), line))
        other: dict[int, tuple[Reference, ...]] = {id(one.instruction): one.sources for one in theirs.instructions}
        for one in ours.instructions:
            sources = other.get(id(one.instruction))
            if sources is not None and one.sources and sources and one.sources != sources:
                what = _differ(_quoted(one.instruction), one.sources[0], sources[0])
                found.append(Disagreement(what, one.instruction.first_line))
    return found


def _quoted(instruction: Instruction) -> str:
    return " ".join((instruction.name, *instruction.flags))


def _differ(what: str, buildkit: Reference, legacy: Reference) -> str:
    return f"{what} is {_shown(buildkit)} to BuildKit, and {_shown(legacy)} to the legacy builder"


def _shown(reference: Reference) -> str:
    name = type(reference).__name__
    for attribute in ("index", "name", "key"):
        if hasattr(reference, attribute):
            return f"{_KINDS[name]} {getattr(reference, attribute)}"
    return _KINDS[name]


_KINDS = {
    "StageReference": "stage",
    "ImageReference": "image",
    "NamedContext": "named context",
    "BuildContext": "the build context",
    "Scratch": "the empty image",
    "Unresolved": "nothing",
}
