from decimal import Decimal

import pytest

from stagegraph.projects.bake.expressions import (
    Access,
    Call,
    Conditional,
    For,
    ListExpression,
    Literal,
    ObjectExpression,
    Operation,
    Splat,
    Template,
    Variable,
    text,
)
from stagegraph.projects.bake.hcl import parse_hcl
from stagegraph.projects.declared import Place

HERE = Place("b.hcl", 1)
A, B, C = (Variable(name, HERE) for name in "abc")
ONE = Literal(Decimal(1), HERE)


@pytest.mark.parametrize(
    ("written", "expression"),
    [
        ("1", ONE),
        ("-1", Operation("-", (ONE,), HERE)),
        ("1.5", Literal(Decimal("1.5"), HERE)),
        ("true", Literal(True, HERE)),
        ("null", Literal(None, HERE)),
        ('"t"', Template(("t",), HERE)),
        ("a", A),
        ("(a)", A),
        ("[a, b,]", ListExpression((A, B), HERE)),
        ('{a = b, "c": 1, (b) = c}', ObjectExpression(((text("a", HERE), B), (text("c", HERE), ONE), (B, C)), HERE)),
        ("{for = a, true = b}", ObjectExpression(((text("for", HERE), A), (text("true", HERE), B)), HERE)),
        ("a.b", Access(A, text("b", HERE), HERE)),
        ("a.0", Access(A, Literal(Decimal(0), HERE), HERE)),
        ("a[b]", Access(A, B, HERE)),
        ("a[*].b", Splat(A, (text("b", HERE),), HERE)),
        ("a.*.b", Splat(A, (text("b", HERE),), HERE)),
        ("a.*.b[1]", Access(Splat(A, (text("b", HERE),), HERE), ONE, HERE)),
        ("a[*].b[1]", Splat(A, (text("b", HERE), ONE), HERE)),
        ("f()", Call("f", (), False, HERE)),
        ("f(a, 1)", Call("f", (A, ONE), False, HERE)),
        ("f(a...)", Call("f", (A,), True, HERE)),
        ("a ? b : c", Conditional(A, B, C, HERE)),
        ("!a", Operation("!", (A,), HERE)),
        ("a + b", Operation("+", (A, B), HERE)),
        ("a == b && c", Operation("&&", (Operation("==", (A, B), HERE), C), HERE)),
        ("[for c in a : b]", For(("c",), A, None, B, None, False, HERE)),
        ("{for b, c in a : b => c... if c}", For(("b", "c"), A, B, C, C, True, HERE)),
    ],
)
def test_an_expression(written, expression):
    (attribute,) = parse_hcl(f"x = {written}\n", "b.hcl").attributes
    assert attribute.value == expression


def test_places_are_lines():
    (attribute,) = parse_hcl("x = [\n  a,\n  # c\n  f(\n    b),\n]\n", "b.hcl").attributes
    assert isinstance(attribute.value, ListExpression)
    assert [item.place.line for item in attribute.value.items] == [2, 4]
