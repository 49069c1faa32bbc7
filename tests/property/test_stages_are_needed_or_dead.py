from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import stagegraph

from .strategies import SKETCHES, TARGETED_SKETCHES, Sketch


@given(TARGETED_SKETCHES)
def test_stages_are_needed_or_dead(case: tuple[Sketch, str | None, int]) -> None:
    """Every stage is either executed for the target or dead, and none is both."""
    sketch, target, _ = case
    plan = stagegraph.plan(sketch.text, target=target)
    dead = {stage.index for stage in plan.graph.dead_stages()}
    executed = {stage.index for stage in plan.execution_set}
    assert not dead & executed
    assert dead | executed == set(range(len(sketch.stages)))


@given(SKETCHES, st.sets(st.integers(0, 5), max_size=3))
def test_dead_is_what_no_target_needs(sketch: Sketch, chosen: set[int]) -> None:
    """The dead stages for several targets are those that are dead for each of them."""
    targets = sorted(chosen & set(range(len(sketch.stages))))
    needed = frozenset().union(*(sketch.closure(target) for target in targets))
    dead = stagegraph.graph(sketch.text).dead_stages(targets)
    assert {stage.index for stage in dead} == set(range(len(sketch.stages))) - needed


@given(TARGETED_SKETCHES)
def test_dead_stages_do_not_matter(case: tuple[Sketch, str | None, int]) -> None:
    """A stage that is added to the end of a file, and that nobody needs, changes no plan for a target before it."""
    sketch, target, index = case
    if target is None:
        return
    extended = f"{sketch.text}FROM alpine AS added\nCOPY --from={index} /x /y\nRUN nothing\n"
    before = stagegraph.plan(f"{sketch.text}FROM scratch AS added\n", target=target)
    after = stagegraph.plan(extended, target=target)
    assert after.steps == before.steps
    assert (after.config, after.loads, after.result) == (before.config, before.loads, before.result)
