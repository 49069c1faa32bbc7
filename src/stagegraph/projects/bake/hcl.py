"""HCL text → `Body`: the tree that python-hcl2 makes, as expressions."""

from __future__ import annotations

import re

from hcl2.api import parses_to_tree
from lark import Token
from lark.exceptions import UnexpectedInput

from stagegraph.projects.bake.expressions import Attribute, Block, Body
from stagegraph.projects.bake.hcl_expressions import Node, Origin, children_of, expression_of, place_of
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import MAX_BAKE_BYTES, MAX_BLANK_LINES, nested_too_deeply

_MANY_BLANK_LINES = re.compile(rf"(?:[ \t\r\f\v]*\n){{{MAX_BLANK_LINES}}}")


def parse_hcl(text: str, file: str) -> Body:
    """The attributes and blocks of a bake file.

    Raises:
        NotEvaluated: it is no HCL, or goes beyond a limit.
    """
    start = Place(file, 1)
    if len(text) > MAX_BAKE_BYTES:
        raise NotEvaluated(Fault(f"it is larger than {MAX_BAKE_BYTES} bytes, a limit of stagegraph", start))
    if _MANY_BLANK_LINES.search(text):
        raise NotEvaluated(Fault(f"it has {MAX_BLANK_LINES} blank lines in a row, a limit of stagegraph", start))
    try:
        tree = parses_to_tree(text)
        return _body(children_of(tree)[0], Origin(file))
    except UnexpectedInput as fault:
        raise NotEvaluated(Fault(_problem(fault), Place(file, _line(fault, text)))) from None
    except RecursionError:
        raise NotEvaluated(Fault(nested_too_deeply().message, start)) from None


def _body(tree: Node, origin: Origin) -> Body:
    attributes: list[Attribute] = []
    blocks: list[Block] = []
    for child in children_of(tree):
        if child.data == "attribute":
            attributes.append(_attribute(child, origin))
        elif child.data == "block":
            blocks.append(_block(child, origin))
    return Body(tuple(attributes), tuple(blocks))


def _attribute(tree: Node, origin: Origin) -> Attribute:
    name, value = children_of(tree)
    return Attribute(_word(name), expression_of(value, origin), place_of(tree, origin))


def _block(tree: Node, origin: Origin) -> Block:
    *head, body = (child for child in children_of(tree) if child.data != "new_line_or_comment")
    kind, *labels = (_word(child) for child in head)
    place = place_of(tree, origin)
    if any("${" in label or "%{" in label for label in labels):
        raise NotEvaluated(Fault("a label is a plain text", place))
    attributes: dict[str, Attribute] = {}
    for attribute in _body(body, origin).attributes:
        if attribute.name in attributes:
            raise NotEvaluated(Fault(f"{attribute.name} is set twice", attribute.place))
        attributes[attribute.name] = attribute
    return Block(kind, tuple(labels), attributes, place)


def _word(tree: Node) -> str:
    """A name, or a label in quotes."""
    return "".join(str(token) for token in tree.scan_values(_is_no_quote))


def _is_no_quote(token: object) -> bool:
    return isinstance(token, Token) and token.type != "DBLQUOTE"


def _problem(fault: UnexpectedInput) -> str:
    token = getattr(fault, "token", None)
    found = "the end" if token is None or token.type == "$END" else repr(f"{token}".partition("\n")[0].strip())
    return f"it is no HCL: {found} does not fit here"


def _line(fault: UnexpectedInput, text: str) -> int:
    line = getattr(fault, "line", -1)
    last = text.rstrip().count("\n") + 1
    return min(line, last) if isinstance(line, int) and line > 0 else last
