"""BuildKit's one list of states: stages first, then what instructions read outside the file."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import CircularDependencyError
from stagegraph.errors import Complaint
from stagegraph.stages.buildkit_states import State, States, needed_by
from stagegraph.stages.cutting import Stage, cut


def stages_of(text: str) -> tuple[Stage, ...]:
    return cut(stagegraph.parse(text)).stages


def listed(*stages: Stage) -> States:
    states = States()
    for stage in stages:
        state = State(stage.from_.image, None, stage, stage.name or "")
        states.enter(state)
        if stage.name:
            states.by_name[stage.name] = state
    return states


def test_a_stage_that_is_there_is_the_base_of_one_that_names_it() -> None:
    states = listed(*stages_of("FROM b AS a\nFROM a AS b\nFROM c\n"))
    one, two, three = states.all
    assert (one.base, two.base, three.base) == (None, one, None)


def test_what_is_outside_the_file_joins_the_list_and_can_be_numbered_then() -> None:
    stage, other = stages_of("FROM a AS x\nCOPY --from=nginx /a /b\nFROM b\nCOPY --from=2 /a /b\n")
    states = listed(stage, other)
    [outside] = states.read_by(stage.instructions[0], None)
    assert outside.stage is None
    with pytest.raises(Complaint, match="invalid stage index 2"):
        states.read_by(other.instructions[0], None)
    states.need(states.all[0], (outside,))
    assert states.all[2] is outside
    assert states.read_by(other.instructions[0], None) == (outside,)


def test_needed() -> None:
    states = listed(*stages_of("FROM x AS a\nFROM a AS b\nFROM y AS c\nFROM z AS d\n"))
    a, b, c, d = states.all
    states.need(c, (b,))
    assert needed_by(c) == {a, b, c}
    assert needed_by(d) == {d}


def test_stages_that_read_each_other() -> None:
    states = listed(*stages_of("FROM x AS a\nFROM y AS b\nFROM z AS c\n"))
    a, b, c = states.all
    states.need(b, (a,))
    states.check_cycles(None)
    states.need(a, (b,))
    states.need(c, (c,))
    with pytest.raises(CircularDependencyError, match="circular dependency detected on stage: a"):
        states.check_cycles(None)


def test_names() -> None:
    states = listed(*stages_of("FROM x AS a\nFROM y\nFROM z AS c\n"))
    assert states.names() == ["a", "c"]
