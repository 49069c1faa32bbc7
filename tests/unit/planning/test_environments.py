"""The variables of a stage, and every state they were in."""

from __future__ import annotations

from stagegraph.planning.environments import Environment


def test_a_variable_that_is_set_again_moves_to_the_end() -> None:
    environment = Environment()
    environment.assign_all(["A=1", "B=2=3", "C"])
    environment.assign("A", "4")
    assert list(environment.items()) == [("B", "2=3"), ("C", ""), ("A", "4")]


def test_a_state_can_be_told_later() -> None:
    environment = Environment()
    states = [environment.history]
    for name, value in (("A", "1"), ("B", "2"), ("A", "3")):
        environment.assign(name, value)
        states.append(environment.history)
    assert [state() for state in states] == [
        (),
        (("A", "1"),),
        (("A", "1"), ("B", "2")),
        (("B", "2"), ("A", "3")),
    ]
    assert environment.history() == tuple(environment.items())


def test_a_child_begins_with_what_its_parent_has_and_keeps_its_own() -> None:
    parent = Environment()
    parent.assign("A", "1")
    child = Environment(parent)
    child.assign("B", "2")
    parent.assign("A", "3")
    assert dict(child) == {"A": "1", "B": "2"}
    assert child.history() == (("A", "1"), ("B", "2"))
    assert parent.history() == (("A", "3"),)


def test_to_set_the_last_variable_to_what_it_is_changes_nothing() -> None:
    parent = Environment()
    parent.assign_all(["A=1", "PATH=/bin"])
    child = Environment(parent)
    child.assign("PATH", "/bin")
    assert child.history is parent.history
    child.assign("A", "1")
    assert child.history() == (("PATH", "/bin"), ("A", "1"))
    child.withdraw("A")
    child.assign("A", "1")
    assert child.history() == (("PATH", "/bin"), ("A", "1"))
    assert parent.history() == (("A", "1"), ("PATH", "/bin"))
