import pytest
from hypothesis import given
from hypothesis import strategies as st

from stagegraph.errors import Complaint
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.interpolation import interpolated
from stagegraph.projects.limits import Allowance

GIVEN = {"SET": "s", "EMPTY": ""}


def result(text, given_variables=GIVEN, defaults=None):
    return interpolated(text, Environment(given_variables, defaults or {}), Allowance())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("plain", "plain"),
        ("$$", "$"),
        ("a$$b$$$$", "a$b$$"),
        ("$SET-x", "s-x"),
        ("${SET}x", "sx"),
        ("$1 $ $.", "$1 $ $."),
        ("${SET:-d}", "s"),
        ("${EMPTY:-d}", "d"),
        ("${EMPTY-d}", ""),
        ("${NONE-d}", "d"),
        ("${NONE:-}", ""),
        ("${SET:+d}", "d"),
        ("${EMPTY:+d}", ""),
        ("${EMPTY+d}", "d"),
        ("${NONE+d}", ""),
        ("${SET?no}", "s"),
        ("${EMPTY?no}", ""),
        ("${NONE:-${SET:-x}}", "s"),
        ("${NONE:-a{b}c}", "a{b}c"),
        ("${NONE:-$SET}}", "s}"),
        ("${NONE-:-x}", ":-x"),
    ],
)
def test_values(text, value):
    assert result(text).value == value


@pytest.mark.parametrize(
    ("text", "variables"),
    [
        ("$SET", set()),
        ("$NONE", {"NONE"}),
        ("${SET:-$NONE}", set()),
        ("${EMPTY:-$NONE}", {"NONE"}),
        ("${NONE:-$OTHER}", {"NONE", "OTHER"}),
        ("${NONE:-$SET}", {"NONE"}),
        ("$FILE", {"FILE"}),
        ("${FILE:-d}", {"FILE"}),
        ("${FILE:+d}", {"FILE"}),
    ],
)
def test_what_is_open(text, variables):
    assert result(text, defaults={"FILE": "f"}).variables == variables


def test_the_pattern_has_gaps_where_variables_are():
    assert result("Dockerfile.${NONE:-x}-$SET").pattern == "Dockerfile.*-s"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("${", "malformed"),
        ("${SET", "malformed"),
        ("${}", "malformed"),
        ("${1}", "malformed"),
        ("${SET!x}", "malformed"),
        ("${NONE?}", "the variable NONE is required and has no value"),
        ("${NONE:?say $SET}", "the variable NONE is required and has no value: say s"),
        ("${EMPTY:?}", "the variable EMPTY is required"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(Complaint, match=message):
        result(text)


def test_there_is_a_limit():
    with pytest.raises(Complaint, match="a limit of stagegraph"):
        result("$A" * 100, {"A": "x" * 100_000})


@given(st.text(alphabet="ab$ {}", max_size=20))
def test_dollars_that_are_doubled_come_back(text):
    assert result(text.replace("$", "$$")).value == text
