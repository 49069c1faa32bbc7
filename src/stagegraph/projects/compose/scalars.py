"""Scalars of a Compose file as the texts that a build gets: `true`, `1.1`, `8080`."""

from __future__ import annotations

import re
from decimal import Decimal

from stagegraph.projects.trees import Scalar, Tree
from stagegraph.projects.unknowable import Unknowable

_plain_int = re.compile(r"0|[+-]?[1-9][0-9]{0,17}")
_plain_float = re.compile(r"-?[0-9]+\.[0-9]{1,12}")
_BOOLEANS = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
# Beyond these, Go prints an exponent.
_SMALLEST, _LARGEST = Decimal("0.0001"), Decimal(100_000)


def text_of(tree: Tree) -> str | None:
    """What a scalar says, None for `null`; numbers and booleans as Go prints them.

    Raises:
        Unknowable: it is no scalar, could not be interpolated, or is written in a way (`0o17`,
            `1e3`, a date) whose text depends on the version of the YAML reader.
    """
    if not isinstance(tree, Scalar):
        raise Unknowable("it is no text", tree.place)
    if tree.why is not None:
        raise Unknowable(tree.why, tree.place)
    return None if tree.kind == "null" else _text(tree)


def _text(scalar: Scalar) -> str:
    text, kind = scalar.text, scalar.kind
    if kind == "str":
        return text
    if kind == "bool" and text in _BOOLEANS:
        return text.lower()
    if kind == "int" and _plain_int.fullmatch(text):
        return text.lstrip("+")
    if kind == "float" and _plain_float.fullmatch(text) and _SMALLEST <= abs(Decimal(text)) < _LARGEST:
        return _float_text(Decimal(text))
    raise Unknowable(f"what {text!r} means depends on the reader of YAML; it wants quotes", scalar.place)


def _float_text(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
