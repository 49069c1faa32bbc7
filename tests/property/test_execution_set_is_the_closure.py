from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import TARGETED_SKETCHES, Sketch


@given(TARGETED_SKETCHES)
def test_execution_set_is_the_closure(case: tuple[Sketch, str | None, int]) -> None:
    """BuildKit executes the target and all that it needs, however far, and nothing else."""
    sketch, target, index = case
    plan = stagegraph.plan(sketch.text, target=target)
    assert plan.target.index == index
    assert {stage.index for stage in plan.execution_set} == sketch.closure(index)


@given(TARGETED_SKETCHES)
def test_the_graph_says_the_same(case: tuple[Sketch, str | None, int]) -> None:
    """The stages that a graph says the target needs are those that a plan executes."""
    sketch, target, index = case
    graph = stagegraph.graph(sketch.text, target=target)
    needed = {node for node in graph.needs(index) if isinstance(node, int)}
    assert needed | {index} == sketch.closure(index)
    for stage in sketch.closure(index) - {index}:
        edges = graph.why(stage)
        assert (edges[0].source, edges[-1].consumer) == (stage, index)
        assert [edge.consumer for edge in edges[:-1]] == [edge.source for edge in edges[1:]]
