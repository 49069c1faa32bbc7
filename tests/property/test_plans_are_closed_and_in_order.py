from __future__ import annotations

import pytest
from hypothesis import given

import stagegraph

from .strategies import DOCUMENTS, SKETCHES, VALID_OPTIONS, Options, outcome


@pytest.mark.parametrize("builder", stagegraph.Builder)
@given(text=DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text), options=VALID_OPTIONS)
def test_plans_are_closed_and_in_order(builder: stagegraph.Builder, text: str, options: Options) -> None:
    """A plan is closed under its edges and in order: every step reads only steps that stand before it.

    What is made of the last of them is the result, and a step belongs to a stage that runs, or to none.
    """
    plan = outcome(lambda: stagegraph.plan(text, builder=builder, **options))
    if isinstance(plan, stagegraph.StageGraphError):
        return
    done: set[int] = set()
    for step in plan.steps:
        assert step.id not in done
        assert done.issuperset(step.inputs)
        done.add(step.id)
    assert plan.result is None or plan.result in done
    executed = {stage.index for stage in plan.execution_set}
    assert executed.issuperset(step.stage for step in plan.steps if step.stage is not None)


@given(SKETCHES)
def test_every_step_serves_the_result(sketch: object) -> None:
    """Nothing stands in a plan of BuildKit that the result does not need."""
    plan = stagegraph.plan(sketch.text)
    inputs = {step.id: step.inputs for step in plan.steps}
    needed: set[int] = set()
    waiting = [] if plan.result is None else [plan.result]
    while waiting:
        step = waiting.pop()
        if step not in needed:
            needed.add(step)
            waiting.extend(inputs[step])
    assert needed == set(inputs)
