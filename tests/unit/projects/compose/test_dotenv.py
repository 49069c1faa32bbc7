import pytest

from stagegraph.errors import Complaint
from stagegraph.projects.compose.dotenv import read_dotenv
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.limits import Allowance


def variables(text, **given):
    return read_dotenv(text, Environment(given), Allowance())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("A=b", "b"),
        ("export A=b", "b"),
        ("A = b ", "b"),
        ("A: b", "b"),
        ("A=b # c", "b"),
        ("A=b#c", "b#c"),
        ("A=", ""),
        ("# x\n\n A=b", "b"),
        ("A='b $B \\n'", "b $B \\n"),
        ("A='it\\'s'", "it's"),
        ('A="b\\tc" # d', "b\tc"),
        ('A="\\$B"', "$B"),
        ('A="x\ny"', "x\ny"),
        ('A="\\0101\\q"', "A\\q"),
        ("A=${B:-c}", "c"),
        ("A=b\r\n", "b"),
        ('A="say \\"x\\""', 'say "x"'),
    ],
)
def test_a_value(text, value):
    assert variables(text) == {"A": value}


def test_values_are_made_of_those_before_and_of_those_given():
    assert variables("A=1\nB=$A-$C\nA=2", C="c") == {"A": "2", "B": "1-c"}
    assert variables("A=1\nB=$A", A="0") == {"A": "1", "B": "0"}


def test_a_name_alone_is_taken_from_the_environment():
    assert variables("A\nB\n", A="x") == {"A": "x"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("A=1\nB C=2", "line 2 is not of the form NAME=value"),
        ("=x", "line 1 is not of the form"),
        ("A!=x", "line 1 is not of the form"),
        ("A='x", "line 1 opens a quote that is not closed"),
        ("A=${", "malformed"),
    ],
)
def test_what_is_refused(text, message):
    with pytest.raises(Complaint, match=message):
        variables(text)


def test_what_doubles_comes_to_an_end():
    text = "A0=xxxxxxxxxx\n" + "".join(f"A{n}=$A{n - 1}$A{n - 1}\n" for n in range(1, 60))
    with pytest.raises(Complaint, match="a limit of stagegraph"):
        variables(text)
