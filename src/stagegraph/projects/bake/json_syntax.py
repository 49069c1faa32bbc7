"""Bake files in JSON → blocks and expressions, as HCL's JSON syntax has it.

The text is checked by `json`, and read once more as YAML (which JSON is) for its places.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.hcl import check_templates, read_expression, read_number
from stagegraph.projects.bake.templates import read_template
from stagegraph.projects.declared import Place
from stagegraph.projects.trees import Listing, Scalar, Table, Tree, read_yaml
from stagegraph.projects.unknowable import Unknowable

_LABELLED = frozenset({"target", "group", "variable", "function"})
_CONSTANTS = {"true": True, "false": False, "null": None}


def read_json(text: str, path: Path) -> ex.Body:
    """A bake file in JSON.

    Raises:
        Unknowable: it is not JSON, or says the same twice.
    """
    check_templates(text, path)
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        raise Unknowable(f"it is not JSON: {error.msg}", Place(path, error.lineno)) from None
    except RecursionError:
        raise Unknowable("it is nested too deeply, a limit of stagegraph", Place(path, 1)) from None
    attributes: dict[str, ex.Attribute] = {}
    blocks: list[ex.Block] = []
    for document in read_yaml(text, path):
        for table in _tables(document):
            for name, value in table.entries.items():
                if name in _LABELLED:
                    blocks += _blocks(name, value)
                elif name != "//":
                    attributes[name] = ex.Attribute(name, _expression(value), value.place)
    return ex.Body(attributes, tuple(blocks))


def _tables(tree: Tree) -> Iterator[Table]:
    """The objects of a body: one, or several in an array."""
    for item in tree.items if isinstance(tree, Listing) else (tree,):
        if not isinstance(item, Table):
            raise Unknowable("here must be an object", item.place)
        yield item


def _blocks(kind: str, tree: Tree) -> Iterator[ex.Block]:
    for labels in _tables(tree):
        for label, bodies in labels.entries.items():
            for body in _tables(bodies):
                attributes = {
                    name: ex.Attribute(name, _expression(value), value.place)
                    for name, value in body.entries.items()
                    if name != "//"
                }
                yield ex.Block(kind, (label,), attributes, body.place)


def _expression(tree: Tree) -> ex.Expression:
    if isinstance(tree, Scalar):
        return _scalar(tree)
    if isinstance(tree, Listing):
        return ex.TupleOf(tree.place, tuple(map(_expression, tree.items)))
    assert isinstance(tree, Table)
    entries = ((read_template(key, value.place, read_expression), value) for key, value in tree.entries.items())
    return ex.ObjectOf(tree.place, tuple((key, _expression(value)) for key, value in entries))


def _scalar(scalar: Scalar) -> ex.Expression:
    if scalar.kind == "str":
        text = scalar.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        return read_template(text, scalar.place, read_expression)
    if scalar.text in _CONSTANTS:
        return ex.Literal(scalar.place, _CONSTANTS[scalar.text])
    return read_number(scalar.text, scalar.place)
