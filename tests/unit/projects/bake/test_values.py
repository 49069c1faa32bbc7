from decimal import Decimal

import pytest

from stagegraph.errors import Complaint
from stagegraph.projects.bake.values import (
    NULL,
    Datum,
    are_equal,
    kind_of,
    number_text,
    to_items,
    to_members,
    to_number,
    to_text,
    to_truth,
    to_whole,
)
from stagegraph.projects.texts import Text

ONE = Datum(Decimal(1))
LIST = Datum((ONE, Datum("x", frozenset({"V"}))))
OBJECT = Datum({"b": ONE, "a": LIST}, frozenset({"W"}))


def test_kinds_have_names():
    kinds = [kind_of(one) for one in (Datum(True), Datum("x"), ONE, LIST, OBJECT, NULL)]
    assert kinds == ["a truth value", "a text", "a number", "a list", "an object", "null"]


@pytest.mark.parametrize(
    ("number", "text"),
    [("0", "0"), ("-0.0", "0"), ("1.50", "1.5"), ("1E+3", "1000"), ("100", "100"), ("1E-7", "0.0000001"), ("-2", "-2")],
)
def test_numbers_have_neither_exponents_nor_idle_zeros(number, text):
    assert number_text(Decimal(number)) == text


def test_a_number_beyond_all_measure_is_refused():
    with pytest.raises(Complaint, match="more than 1000 digits, a limit of stagegraph"):
        number_text(Decimal("1E+999999"))


def test_texts():
    assert to_text(Datum(False)) == Text.known("false")
    assert to_text(Datum("x")) == Text.known("x")
    assert to_text(Datum("x", frozenset({"V"}), "x*")) == Text("x", "x*", frozenset({"V"}))
    assert to_text(ONE.by(["V"])) == Text.gap("1", ["V"])
    assert Datum.of_text(Text("x", "x*", frozenset({"V"}))) == Datum("x", frozenset({"V"}), "x*")
    for datum in (NULL, LIST, OBJECT):
        with pytest.raises(Complaint, match="stands where a text was expected"):
            to_text(datum)


def test_numbers():
    assert to_number(Datum("1.5")) == Decimal("1.5")
    assert to_whole(Datum("12")) == 12
    for content in ("", " 1", "x", "nan", "inf", True, None):
        with pytest.raises(Complaint, match="stands where a number was expected"):
            to_number(Datum(content))
    for number in ("1.5", "1e16"):
        with pytest.raises(Complaint, match="small whole number"):
            to_whole(Datum(Decimal(number)))


def test_truth_values():
    assert [to_truth(Datum(content)) for content in (True, "true", "1", False, "false", "0")] == [True] * 3 + [
        False
    ] * 3
    with pytest.raises(Complaint, match="a text stands where a truth value was expected"):
        to_truth(Datum("yes"))


def test_lists_and_objects():
    assert to_items(LIST)[0] == ONE
    assert list(to_members(OBJECT)) == ["a", "b"]
    with pytest.raises(Complaint, match="an object stands where a list was expected"):
        to_items(OBJECT)
    with pytest.raises(Complaint, match="a list stands where an object was expected"):
        to_members(LIST)


def test_variables_of_the_whole_and_of_its_parts():
    assert (LIST.variables, LIST.all_variables) == (frozenset(), {"V"})
    assert OBJECT.all_variables == {"V", "W"}
    assert ONE.by([]) is ONE


def test_the_weight_of_what_is_shared_is_counted_as_often_as_it_is_there():
    datum = Datum("")
    for _ in range(50):
        datum = Datum((datum, datum))
    assert datum.weight == 2**51 - 1


def test_equality_knows_types():
    assert are_equal(ONE, Datum(Decimal("1.0")))
    assert are_equal(LIST, Datum((ONE, Datum("x"))))
    assert are_equal(OBJECT, Datum({"a": LIST, "b": ONE}))
    for one, other in [
        (ONE, Datum("1")),
        (ONE, Datum(True)),
        (LIST, OBJECT),
        (LIST, Datum((ONE,))),
        (OBJECT, Datum({"a": ONE, "b": ONE})),
    ]:
        assert not are_equal(one, other)
