"""JSON text → `Body`. Every text is a template, as HCL's JSON form has it."""

from __future__ import annotations

import json
import re
from decimal import Decimal

from stagegraph.projects.bake.expressions import (
    Attribute,
    Block,
    Body,
    Expression,
    ListExpression,
    Literal,
    ObjectExpression,
    Template,
)
from stagegraph.projects.bake.templates import bare_template
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import MAX_BAKE_BYTES, MAX_NESTING, nested_too_deeply

_BLOCKS = frozenset({"variable", "function", "target", "group"})
_BLANK = re.compile(r"[ \t\r\n]*")


def _refuse_constant(name: str) -> Decimal:
    """NaN and its like, which Python's reader takes and JSON does not have."""
    raise ValueError(name)


_SCALARS = json.JSONDecoder(parse_float=Decimal, parse_int=Decimal, parse_constant=_refuse_constant)


def parse_json(text: str, file: str) -> Body:
    """The attributes and blocks of a bake file that is JSON.

    Raises:
        NotEvaluated: it is no JSON object, or goes beyond a limit.
    """
    if len(text) > MAX_BAKE_BYTES:
        raise NotEvaluated(Fault(f"it is larger than {MAX_BAKE_BYTES} bytes, a limit of stagegraph", Place(file, 1)))
    value = _Parser(text, file).document()
    attributes: list[Attribute] = []
    blocks: list[Block] = []
    for key, one, place in _members(value):
        if key not in _BLOCKS:
            attributes.append(Attribute(key, one, place))
            continue
        for part in one.items if isinstance(one, ListExpression) else (one,):
            blocks += [_block(key, label, body, where) for label, body, where in _members(part)]
    return Body(tuple(attributes), tuple(blocks))


def _block(kind: str, label: str, body: Expression, place: Place) -> Block:
    bodies = body.items if isinstance(body, ListExpression) else (body,)
    attributes = [Attribute(*member) for part in bodies for member in _members(part)]
    return Block(kind, (label,), {attribute.name: attribute for attribute in attributes}, place)


def _members(value: Expression) -> list[tuple[str, Expression, Place]]:
    """The names, values and places of an object."""
    if not isinstance(value, ObjectExpression):
        raise NotEvaluated(Fault("an object was expected", value.place))
    return [(_name(key), one, key.place) for key, one in value.pairs]


def _name(key: Expression) -> str:
    return "".join(part for part in key.parts if isinstance(part, str)) if isinstance(key, Template) else ""


class _Parser:
    """JSON with places: lists and objects are taken apart here, the rest is left to `json`."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._position = 0
        self._line = 1

    def document(self) -> Expression:
        value = self._value(0)
        self._skip_blanks()
        if self._position < len(self._text):
            raise self._refusal("something follows the end")
        return value

    def _value(self, depth: int) -> Expression:
        if depth > MAX_NESTING:
            raise NotEvaluated(Fault(nested_too_deeply().message, Place(self._file, self._line)))
        sign = self._next_sign()
        place = Place(self._file, self._line)
        if sign == "[":
            return self._list(depth, place)
        if sign == "{":
            return self._object(depth, place)
        return self._scalar(place)

    def _list(self, depth: int, place: Place) -> Expression:
        items: list[Expression] = []
        self._position += 1
        while self._next_sign() != "]":
            items.append(self._value(depth + 1))
            self._comma("]")
        self._position += 1
        return ListExpression(tuple(items), place)

    def _object(self, depth: int, place: Place) -> Expression:
        pairs: list[tuple[Expression, Expression]] = []
        self._position += 1
        while self._next_sign() != "}":
            if self._next_sign() != '"':
                raise self._refusal("a name in quotes was expected")
            key = self._scalar(Place(self._file, self._line))
            if self._next_sign() != ":":
                raise self._refusal("a colon was expected")
            self._position += 1
            pairs.append((key, self._value(depth + 1)))
            self._comma("}")
        self._position += 1
        return ObjectExpression(tuple(pairs), place)

    def _comma(self, end: str) -> None:
        sign = self._next_sign()
        if sign == ",":
            self._position += 1
            if self._next_sign() == end:
                raise self._refusal("a comma stands before the end")
        elif sign != end:
            raise self._refusal("a comma was expected")

    def _scalar(self, place: Place) -> Expression:
        try:
            value, self._position = _SCALARS.raw_decode(self._text, self._position)
        except ValueError:
            raise self._refusal("a value was expected") from None
        if isinstance(value, str):
            return bare_template(value, place, on_one_line=True)
        return Literal(value, place)

    def _next_sign(self) -> str:
        self._skip_blanks()
        return self._text[self._position : self._position + 1]

    def _skip_blanks(self) -> None:
        match = _BLANK.match(self._text, self._position)
        if match is not None:
            self._line += match[0].count("\n")
            self._position = match.end()

    def _refusal(self, problem: str) -> NotEvaluated:
        return NotEvaluated(Fault(f"it is no JSON: {problem}", Place(self._file, self._line)))
