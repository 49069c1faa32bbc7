"""The value of a `variable`: its default, or what is given for it (`hclparser.resolveValue`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.bake.expressions import Block, Call, Expression, Variable
from stagegraph.projects.bake.functions.json_values import from_json
from stagegraph.projects.bake.values import NULL, Content, Datum, kind_of, to_number, to_text
from stagegraph.values.booleans import parse_bool
from stagegraph.values.csv_fields import csv_fields

_JSON = "_JSON"
_SET = "set"
_LISTS = frozenset({"list", _SET})
_NONE = "null"
_DEFAULT = "default"


def default_of(block: Block, worked_out: Datum | None) -> Datum:
    """The value that a variable has of itself; `worked_out` is its default, if it has one.

    Without a default it is an empty text, or null where the variable has a type.

    Raises:
        Complaint: the default is not of the type.
    """
    type_ = _type_of(block)
    if worked_out is None:
        return Datum("") if type_ is None else NULL
    if type_ == _SET and isinstance(worked_out.content, tuple):
        return attrs.evolve(_in_order(worked_out.content, type_), variables=worked_out.variables)
    return Datum(_converted(worked_out, type_), worked_out.variables) if type_ in _PRIMITIVES else worked_out


def given_value(block: Block, default: Datum, given: Mapping[str, str]) -> Datum | None:
    """The value that is given for a variable, None if there is none.

    It is read as the type of the variable or of its default: lists as CSV, other things as JSON
    that is given under the name with `_JSON`.

    Raises:
        Complaint: it is not of the type.
    """
    name, type_ = block.labels[0], _type_of(block)
    if f"{name}{_JSON}" in given and (type_ is not None or name not in given):
        return from_json(given[f"{name}{_JSON}"]) if type_ is not None else Datum(given[f"{name}{_JSON}"])
    if name not in given:
        return None
    text = given[name]
    if type_ in _LISTS:
        return _in_order(tuple(Datum(field) for field in csv_fields(text)), type_)
    if type_ in _PRIMITIVES:
        return Datum(_PRIMITIVES[type_](text))
    if type_ is not None or default.parts or isinstance(default.content, tuple | Mapping):
        raise Complaint(f"a value cannot be given for {name}, which is {kind_of(default)}")
    if _DEFAULT not in block.attributes or default.content is None:
        return Datum(text)
    return Datum(_PRIMITIVES[_kind(default)](text))


def _in_order(items: tuple[Datum, ...], type_: str | None) -> Datum:
    """The items of a list as they are; those of a set, which are texts, sorted and each once."""
    if type_ != _SET:
        return Datum(items)
    by_text = {to_text(item).value: item for item in items}
    if any(not isinstance(item.content, str) for item in items):
        raise Complaint("a set of other things than texts is nothing that stagegraph works out")
    return Datum(tuple(by_text[text] for text in sorted(by_text)))


def _type_of(block: Block) -> str | None:
    """The name of the type of a variable; of `list(string)` it is `list`."""
    if "type" not in block.attributes:
        return None
    type_: Expression = block.attributes["type"].value
    return type_.name if isinstance(type_, Variable | Call) else _NONE


def _kind(datum: Datum) -> str:
    if isinstance(datum.content, bool):
        return "bool"
    return "number" if isinstance(datum.content, Decimal) else "string"


def _converted(datum: Datum, type_: str | None) -> Content:
    if datum.content is None:
        return None
    if type_ == "number":
        return to_number(datum)
    return to_text(datum).value if type_ == "string" else parse_bool(to_text(datum).value)


def _number(text: str) -> Decimal:
    return to_number(Datum(text))


_PRIMITIVES: dict[str | None, Callable[[str], Content]] = {"string": str, "number": _number, "bool": parse_bool}
