"""The variables of a stage, and every state they were in."""

from __future__ import annotations

from stagegraph.planning.environments import Environment


def test_a_variable_that_is_set_again_moves_to_the_end() -> None:
    environment = Environment().assign_all(["A=1", "B=2=3", "C"]).assign("A", "4")
    assert list(environment.items()) == [("B", "2=3"), ("C", ""), ("A", "4")]


def test_a_state_can_be_told_later() -> None:
    environment = Environment()
    states = [environment.history]
    for name, value in (("A", "1"), ("B", "2"), ("A", "3")):
        environment = environment.assign(name, value)
        states.append(environment.history)
    assert [state() for state in states] == [
        (),
        (("A", "1"),),
        (("A", "1"), ("B", "2")),
        (("B", "2"), ("A", "3")),
    ]
    assert environment.history() == tuple(environment.items())


def test_one_that_is_not_shared_is_changed_itself() -> None:
    environment = Environment()
    assert environment.assign("A", "1") is environment
    assert environment.withdraw("A") is environment


def test_stages_that_share_one_keep_what_they_change_to_themselves() -> None:
    parent = Environment().assign("A", "1")
    one, other = parent.shared(), parent.shared()
    assert one is parent
    one = one.assign("B", "2")
    other = other.withdraw("A")
    parent = parent.assign("A", "3")
    assert (dict(one), dict(other), dict(parent)) == ({"A": "1", "B": "2"}, {}, {"A": "3"})
    assert one.history() == (("A", "1"), ("B", "2"))
    assert other.history() == ()
    assert parent.history() == (("A", "3"),)
    assert one.assign("C", "3") is one  # a copy is nobody else's


def test_to_set_the_last_variable_to_what_it_is_changes_nothing() -> None:
    parent = Environment().assign_all(["A=1", "PATH=/bin"])
    child = parent.shared().assign("PATH", "/bin")
    assert child is parent
    child = child.withdraw("B").assign("A", "1")
    assert child.history() == (("PATH", "/bin"), ("A", "1"))
    child = child.withdraw("A").assign("A", "1")
    assert child.history() == (("PATH", "/bin"), ("A", "1"))
    assert parent.history() == (("A", "1"), ("PATH", "/bin"))
