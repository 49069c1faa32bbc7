from __future__ import annotations

from hypothesis import given

import stagegraph
from stagegraph.stages.cutting import cut

from .strategies import CONTENTS, outcome

# An instruction before the first FROM is nothing that could be said of the instruction alone.
OF_NO_INSTRUCTION = "no build stage in current context"


def place_of(error: stagegraph.StageGraphError) -> tuple[object, ...]:
    return type(error), error.message, error.span


@given(CONTENTS)
def test_tolerant_parsing_finds_the_error(content: str | bytes) -> None:
    """A tolerant parse never raises; what a strict one raises is the first of its layer among the problems.

    Where nothing is raised, the trees are the same, and what the second layer refuses is first of its layer.
    """
    tolerant = stagegraph.parse(content, tolerant=True)
    first_layer = [one for one in tolerant.problems if isinstance(one, stagegraph.DockerfileSyntaxError)]
    second_layer = [one for one in tolerant.problems if isinstance(one, stagegraph.InstructionError)]
    assert len(first_layer) + len(second_layer) == len(tolerant.problems)
    strict = outcome(lambda: stagegraph.parse(content))
    if isinstance(strict, stagegraph.StageGraphError):
        assert place_of(first_layer[0]) == place_of(strict)
        return
    assert first_layer == []
    assert strict == tolerant
    stages = outcome(lambda: cut(strict))
    if not isinstance(stages, stagegraph.StageGraphError):
        assert second_layer == []
    elif stages.message != OF_NO_INSTRUCTION:
        assert place_of(second_layer[0]) == place_of(stages)


@given(CONTENTS)
def test_problems_stand_in_the_order_of_the_file(content: str | bytes) -> None:
    """The problems of a tolerant parse stand in the order of their lines."""
    lines = [problem.line or 0 for problem in stagegraph.parse(content, tolerant=True).problems]
    assert lines == sorted(lines)
