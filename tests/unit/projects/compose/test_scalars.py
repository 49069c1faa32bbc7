import pytest

from stagegraph.projects.compose.scalars import as_text, is_null, is_text
from stagegraph.projects.compose.yaml_nodes import Scalar
from stagegraph.projects.declared import Place

HERE = Place("c.yml", 1)


def plain(text, tag=None):
    return Scalar(text, True, tag, HERE)


@pytest.mark.parametrize("text", ["", "~", "null", "Null", "NULL"])
def test_nothing(text):
    assert is_null(plain(text))
    assert not is_text(plain(text))
    assert not is_null(Scalar(text, False, None, HERE))
    assert not is_null(plain(text, "tag:yaml.org,2002:str"))


@pytest.mark.parametrize("text", ["yes", "off", "22:22", "1.2.3", "x1", "0o9", "1_x", "2001-13-01", "--1", "9" * 500])
def test_texts(text):
    assert is_text(plain(text))
    assert as_text(plain(text)) == text


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("true", "true"),
        ("False", "false"),
        ("012", "10"),
        ("0o17", "15"),
        ("0x1F", "31"),
        ("0b11", "3"),
        ("-7", "-7"),
        ("+5", "5"),
        ("-0", "-0"),
        ("1_000", "1000"),
        ("08", "8"),
        ("1.50", "1.5"),
        (".5", "0.5"),
        ("1.", "1"),
        ("1e3", "1000"),
        ("1e6", "1e+06"),
        ("123456789.125", "1.23456789125e+08"),
        ("0.0001", "0.0001"),
        ("1e-7", "1e-07"),
        ("0.0", "0"),
        ("12345678901234567890123", "1.2345678901234568e+22"),
        (".inf", "+Inf"),
        ("-.INF", "-Inf"),
        (".nan", "NaN"),
        ("1e999", "+Inf"),
        ("2001-1-2", "2001-01-02 00:00:00 +0000 UTC"),
    ],
)
def test_numbers_truth_values_and_days_are_printed_as_go_prints_them(text, printed):
    assert not is_text(plain(text))
    assert as_text(plain(text)) == printed
    assert as_text(Scalar(text, False, None, HERE)) == text
