"""Whether two plans do the same, in whatever way a stage is named and however many there are."""

from __future__ import annotations

import re

import attrs

from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.stages.references import Reference, StageReference
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.instructions import Instruction

_PREFIX = re.compile(r"\[(?:\S+ +)?(?P<count>\d+/\d+)\] ")
_SOURCE = re.compile(r"(?P<key>\bfrom=)(?:\"[^\"]*\"|'[^']*'|[^\s,\"']+)")


@attrs.frozen
class Work:
    """What a plan does: the global arguments, every stage that runs, every step, and the image config."""

    global_args: object
    stages: tuple[object, ...]
    steps: tuple[object, ...]
    result: int | None
    config: object
    loads: tuple[str, ...]


def work_of(plan: Plan) -> Work:
    """What a plan does. Stages are numbered as they run, so that one which does not run may go."""
    resolved = plan.graph.resolved
    numbers = {stage.index: number for number, stage in enumerate(plan.execution_set)}
    return Work(
        dict(resolved.global_args),
        tuple(
            (
                _reference(resolved.stages[index].base, numbers),
                resolved.stages[index].platform,
                tuple(_instruction(one, numbers) for one in resolved.stages[index].instructions),
            )
            for index in numbers
        ),
        tuple(_step(step, numbers) for step in plan.steps),
        plan.result,
        plan.config,
        plan.loads,
    )


def _reference(reference: Reference, numbers: dict[int, int]) -> object:
    if isinstance(reference, StageReference):
        return numbers.get(reference.index, "a stage that does not run")
    return reference


def _instruction(resolved: ResolvedInstruction, numbers: dict[int, int]) -> object:
    sources = tuple(_reference(source, numbers) for source in resolved.sources)
    return resolved.trigger, sources, _content(resolved.instruction)


def _content(instruction: Instruction) -> object:
    flags = tuple(map(_without_source, instruction.flags))
    return instruction.name, flags, instruction.arguments, instruction.heredocs


def _step(step: Step, numbers: dict[int, int]) -> object:
    """A step without the name of its stage, and without how it names what it reads."""
    prefix = _PREFIX.match(step.name)
    text = step.name[prefix.end() :] if prefix is not None else step.name
    if step.kind is not StepKind.FROM:
        text = _without_source(text)
    stage = numbers[step.stage] if step.stage is not None else None
    return step.kind, stage, prefix["count"] if prefix is not None else "", text, step.inputs


def _without_source(text: str) -> str:
    return _SOURCE.sub(r"\g<key>", text)
