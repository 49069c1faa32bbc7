"""Truth values."""

from __future__ import annotations

import pytest

from stagegraph.errors import Complaint
from stagegraph.values.booleans import parse_bool


@pytest.mark.parametrize("text", ["1", "t", "T", "true", "TRUE", "True"])
def test_true(text: str) -> None:
    assert parse_bool(text) is True


@pytest.mark.parametrize("text", ["0", "f", "F", "false", "FALSE", "False"])
def test_false(text: str) -> None:
    assert parse_bool(text) is False


@pytest.mark.parametrize(
    ("text", "quoted"), [("", '""'), ("yes", '"yes"'), ("tRUE", '"tRUE"'), (" 1", '" 1"'), ("\udcff", r'"\xff"')]
)
def test_neither(text: str, quoted: str) -> None:
    with pytest.raises(Complaint) as caught:
        parse_bool(text)
    assert caught.value.message == f"strconv.ParseBool: parsing {quoted}: invalid syntax"
