from __future__ import annotations

import re

import attrs
from hypothesis import given

import stagegraph
from stagegraph import Dockerfile, Instruction
from stagegraph.syntax.instructions import Copy, From

from .strategies import TARGETED_SKETCHES, Sketch, outcome

STEP = re.compile(r"\[(?:(?P<stage>\S+) )?(?P<count>\d+/\d+)\] (?P<text>.*)")


def cut_down(tree: Dockerfile, kept: list[int]) -> Dockerfile:
    """The file with only some of its stages, and what stands before the first; `--from=2` is told the new number."""
    numbers = {str(old): str(new) for new, old in enumerate(kept)}
    nodes, index = [], -1
    for node in tree.nodes:
        index += isinstance(node, From)
        if index < 0 or index in kept:
            nodes.append(renumbered(node, numbers) if isinstance(node, Copy) else node)
    return Dockerfile(tuple(nodes), tree.escape)


def renumbered(copy: Copy, numbers: dict[str, str]) -> Instruction:
    if copy.from_ not in numbers:
        return copy
    return attrs.evolve(copy, flags=(f"--from={numbers[copy.from_]}", *copy.flags[1:]))


def described(plan: stagegraph.Plan, numbers: dict[int, int]) -> list[object]:
    """The steps as they are whatever the numbers of the stages: who does what, reading what."""
    steps = []
    for step in plan.steps:
        shown = STEP.fullmatch(step.name)
        text = (shown["count"], shown["text"]) if shown else ("", step.name)
        source = step.instruction.from_ if isinstance(step.instruction, Copy) else ""
        if source.isdecimal():
            text = (text[0], text[1].replace(f"--from={source}", f"--from={numbers[int(source)]}", 1))
        steps.append((step.id, step.kind, text, step.inputs, None if step.stage is None else numbers[step.stage]))
    return [steps, plan.result, plan.config, plan.loads]


@given(TARGETED_SKETCHES)
def test_replanning_executed_stages(case: tuple[Sketch, str | None, int]) -> None:
    """Planning a planned file's own executed stages gives the same plan, but for the numbers of the stages."""
    sketch, target, _ = case
    tree = stagegraph.parse(sketch.text)
    plan = stagegraph.plan(tree, target=target)
    kept = [stage.index for stage in plan.execution_set]
    again = stagegraph.plan(cut_down(tree, kept), target=target)
    assert [stage.index for stage in again.execution_set] == list(range(len(kept)))
    new_numbers = {old: new for new, old in enumerate(kept)}
    assert described(again, {new: new for new in range(len(kept))}) == described(plan, new_numbers)


@given(TARGETED_SKETCHES)
def test_replanning_what_the_legacy_builder_executes(case: tuple[Sketch, str | None, int]) -> None:
    """The legacy builder announces the same steps, word for word, for a file that ends with the target."""
    sketch, target, _ = case
    tree = stagegraph.parse(sketch.text)
    plan = outcome(lambda: stagegraph.plan(tree, target=target, builder="legacy"))
    if isinstance(plan, stagegraph.StageGraphError):
        return
    kept = [stage.index for stage in plan.execution_set]
    again = stagegraph.plan(cut_down(tree, kept), builder="legacy")
    assert [step.name for step in again.steps] == [step.name for step in plan.steps]
    assert [step.inputs for step in again.steps] == [step.inputs for step in plan.steps]
    assert again.config == plan.config
