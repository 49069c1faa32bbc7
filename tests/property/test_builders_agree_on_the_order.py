from __future__ import annotations

from hypothesis import given

import stagegraph
from stagegraph import StepKind
from stagegraph.syntax.instructions import Add, Copy, Run

from .strategies import SINGLE_STAGES, VALID_OPTIONS, Options, outcome


def working_lines(plan: stagegraph.Plan) -> list[int]:
    """The lines of the RUN, COPY and ADD of a plan, in its order, each once."""
    lines = (
        step.instruction.first_line
        for step in plan.steps
        if isinstance(step.instruction, Run | Copy | Add) and step.kind is not StepKind.LINK
    )
    return list(dict.fromkeys(lines))


def may_be_merged(tree: stagegraph.Dockerfile, line: int) -> bool:
    """Whether an instruction is one of several `--link` ones, which to BuildKit may be a single vertex."""
    linked = [one for one in tree.instructions if "--link" in one.flags]
    return len(linked) > 1 and any(one.first_line == line for one in linked)


@given(SINGLE_STAGES, VALID_OPTIONS)
def test_builders_agree_on_the_order(text: str, options: Options) -> None:
    """Both planners order the RUN, COPY and ADD of a single-stage file alike, if both accept it and it has no heredoc.

    (Two `COPY --link` that do the same are one vertex to BuildKit, which stands where it comes across it first.)
    """
    tree = stagegraph.parse(text)
    plans = [
        outcome(lambda builder=builder: stagegraph.plan(tree, builder=builder, **options))
        for builder in stagegraph.Builder
    ]
    if any(isinstance(plan, stagegraph.StageGraphError) for plan in plans):
        return
    buildkit, legacy = map(working_lines, plans)
    assert [line for line in buildkit if not may_be_merged(tree, line)] == [
        line for line in legacy if not may_be_merged(tree, line)
    ]
