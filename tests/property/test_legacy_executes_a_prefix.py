from __future__ import annotations

import attrs
from hypothesis import given

import stagegraph
from stagegraph import StepKind

from .strategies import TARGETED_SKETCHES, Sketch, outcome


def without_mounts(sketch: Sketch) -> Sketch:
    """The sketch as the legacy builder can build it."""
    return attrs.evolve(sketch, stages=tuple(attrs.evolve(stage, mounts=()) for stage in sketch.stages))


@given(TARGETED_SKETCHES)
def test_legacy_executes_a_prefix(case: tuple[Sketch, str | None, int]) -> None:
    """The legacy builder executes every stage up to the target: at least those that BuildKit executes."""
    sketch, target, index = case
    text = without_mounts(sketch).text
    legacy = outcome(lambda: stagegraph.plan(text, target=target, builder="legacy"))
    if isinstance(legacy, stagegraph.StageGraphError):
        return
    assert [stage.index for stage in legacy.execution_set] == list(range(index + 1))
    assert [step.stage for step in legacy.steps if step.kind is StepKind.FROM] == list(range(index + 1))
    buildkit = stagegraph.plan(text, target=target)
    assert set(buildkit.execution_set) <= set(legacy.execution_set)


@given(TARGETED_SKETCHES)
def test_legacy_counts_every_instruction(case: tuple[Sketch, str | None, int]) -> None:
    """The legacy builder announces a step for each instruction up to the target, numbered, in the file's order."""
    sketch, target, index = case
    tree = stagegraph.parse(without_mounts(sketch).text)
    legacy = outcome(lambda: stagegraph.plan(tree, target=target, builder="legacy"))
    froms = [one for one in tree.instructions if one.name == "FROM"]
    end = froms[index + 1].first_line if index + 1 < len(froms) else float("inf")
    announced = [one for one in tree.instructions if one.first_line < end]
    names = [f"Step {number}/{len(announced)} : {one.line}" for number, one in enumerate(announced, 1)]
    steps = [step.name for step in legacy.steps]
    assert steps == names[: len(steps)]
    assert len(steps) == len(names) or isinstance(legacy, stagegraph.StageGraphError)
