from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.texts import Text


def test_what_is_given_is_known_and_what_a_file_says_is_open():
    environment = Environment({"A": "1"}, {"A": "2", "B": "3"})
    assert environment.find("A") == Text.known("1")
    assert environment.find("B") == Text.gap("3", ["B"])
    assert environment.find("C") is None
    assert (environment.value("B"), environment.value("C")) == ("3", None)


def test_a_further_file_says_only_what_is_not_said():
    environment = Environment({}, {"A": "1"}).with_defaults({"A": "2", "B": "3"})
    assert (environment.value("A"), environment.value("B")) == ("1", "3")
