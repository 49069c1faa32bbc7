from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given

import stagegraph

from .strategies import DOCUMENTS, OPTIONS, SKETCHES, Options, outcome


@pytest.mark.parametrize("builder", stagegraph.Builder)
@given(text=DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text), options=OPTIONS)
def test_reasons_lead_to_the_target(builder: stagegraph.Builder, text: str, options: Options) -> None:
    """The reason for each stage is an edge to a stage that runs, and following them leads to the target.

    With BuildKit every stage that runs has such a reason; a stage that does not run has none.
    """
    plan = outcome(lambda: stagegraph.plan(text, builder=builder, **options))
    if isinstance(plan, stagegraph.StageGraphError):
        return
    target = plan.target.index
    for planned in plan.stages:
        chain = plan.why(planned.stage)
        assert chain[0] == planned
        assert planned.reason
        assert len({one.stage.index for one in chain}) == len(chain)
        for one, following in pairwise(chain):
            assert one.edge is not None
            assert (one.edge.source, one.edge.consumer) == (one.stage.index, following.stage.index)
            assert following.executed
        leads_to_target = chain[-1].stage.index == target
        if builder is stagegraph.Builder.BUILDKIT:
            assert leads_to_target == planned.executed or plan.graph.resolved.stages[target].replaced_by is not None
        else:
            assert planned.executed == (planned.stage.index <= target)
            assert planned.executed or planned.edge is None
