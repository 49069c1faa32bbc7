"""Trees of python-hcl2 → expressions."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from itertools import takewhile

import attrs
from lark import Token, Tree

from stagegraph.projects.bake.expressions import (
    Access,
    Call,
    Conditional,
    Expression,
    For,
    ListExpression,
    Literal,
    ObjectExpression,
    Operation,
    Splat,
    Variable,
    text,
)
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated

Node = Tree[Token]
_LITERALS = {"true": True, "false": False, "null": None}


def children_of(tree: Node) -> list[Node]:
    """What a tree is made of, without signs and line ends."""
    return [child for child in tree.children if isinstance(child, Tree) and child.data != "new_line_or_comment"]


@attrs.frozen
class Origin:
    """Where the text of a tree comes from: a file, and the line on which it begins there."""

    file: str
    line: int = 1

    @property
    def place(self) -> Place:
        """The beginning of the text."""
        return Place(self.file, self.line)


def place_of(tree: Node, origin: Origin) -> Place:
    """Where a tree begins."""
    return Place(origin.file, origin.line + (0 if tree.meta.empty else tree.meta.line - 1))


def token_of(tree: Node) -> str:
    """The text of a tree that is one sign."""
    return str(tree.children[0]).strip()


def expression_of(tree: Node, origin: Origin) -> Expression:
    """The expression that a tree is.

    Raises:
        NotEvaluated: there is no such expression in bake files.
    """
    reader = _READERS.get(tree.data)
    if reader is None:
        raise NotEvaluated(Fault(f"{tree.data} is nothing that stagegraph works out", place_of(tree, origin)))
    return reader(tree, origin)


def _inner(tree: Node, origin: Origin) -> Expression:
    return expression_of(children_of(tree)[0], origin)


def _number(tree: Node, origin: Origin) -> Expression:
    return Literal(Decimal(token_of(tree)), place_of(tree, origin))


def _literal(tree: Node, origin: Origin) -> Expression:
    return Literal(_LITERALS[token_of(tree)], place_of(tree, origin))


def _variable(tree: Node, origin: Origin) -> Expression:
    return Variable(token_of(tree), place_of(tree, origin))


def _string(tree: Node, origin: Origin) -> Expression:
    from stagegraph.projects.bake.templates import quoted_template

    return quoted_template(tree, origin)


def _heredoc(tree: Node, origin: Origin) -> Expression:
    from stagegraph.projects.bake.templates import heredoc_template

    return heredoc_template(token_of(tree), place_of(tree, origin))


def _list(tree: Node, origin: Origin) -> Expression:
    return ListExpression(tuple(expression_of(child, origin) for child in children_of(tree)), place_of(tree, origin))


def _object(tree: Node, origin: Origin) -> Expression:
    pairs = (children_of(element) for element in children_of(tree))
    return ObjectExpression(
        tuple((_key(key, origin), expression_of(value, origin)) for key, value in pairs), place_of(tree, origin)
    )


def _key(tree: Node, origin: Origin) -> Expression:
    """The key of an element: a name alone is a text, in brackets it is a variable."""
    inner = children_of(tree)[0]
    if inner.data == "keyword":
        return text(token_of(inner), place_of(inner, origin))
    bare = children_of(inner)[0] if inner.data == "expr_term" and len(inner.children) == 1 else inner
    if bare.data in ("identifier", "literal_value"):
        return text(token_of(bare), place_of(bare, origin))
    return expression_of(inner, origin)


def _call(tree: Node, origin: Origin) -> Expression:
    names = [token_of(child) for child in children_of(tree) if child.data == "identifier"]
    arguments = [child for child in children_of(tree) if child.data == "arguments"]
    signs = [str(token) for child in arguments for token in child.children if isinstance(token, Token)]
    values = tuple(expression_of(child, origin) for one in arguments for child in children_of(one))
    return Call("::".join(names), values, signs[-1:] == ["..."], place_of(tree, origin))


def _access(tree: Node, origin: Origin) -> Expression:
    of, key = children_of(tree)
    return Access(expression_of(of, origin), _access_key(key, origin), place_of(tree, origin))


def _access_key(tree: Node, origin: Origin) -> Expression:
    """What is asked for by `.name`, `.0` or `[key]`."""
    if tree.data == "get_attr":
        return text(token_of(children_of(tree)[0]), place_of(tree, origin))
    if tree.data == "short_index":
        return Literal(Decimal(str(tree.children[-1])), place_of(tree, origin))
    return _inner(tree, origin)


def _splat(tree: Node, origin: Origin) -> Expression:
    of, splat = children_of(tree)
    accesses = tuple(_access_key(child, origin) for child in children_of(splat))
    return Splat(expression_of(of, origin), accesses, place_of(tree, origin))


def _attribute_splat(tree: Node, origin: Origin) -> Expression:
    """`of.*.a.b[0]`: names are looked up in every element, the first index and what follows it in the result."""
    of, splat = children_of(tree)
    place, accesses = place_of(tree, origin), children_of(splat)
    names = list(takewhile(lambda child: child.data == "get_attr", accesses))
    result: Expression = Splat(expression_of(of, origin), tuple(_access_key(one, origin) for one in names), place)
    for access in accesses[len(names) :]:
        result = Access(result, _access_key(access, origin), place)
    return result


def _conditional(tree: Node, origin: Origin) -> Expression:
    condition, yes, no = (expression_of(child, origin) for child in children_of(tree))
    return Conditional(condition, yes, no, place_of(tree, origin))


def _unary(tree: Node, origin: Origin) -> Expression:
    return Operation(token_of(tree), (_inner(tree, origin),), place_of(tree, origin))


def _binary(tree: Node, origin: Origin) -> Expression:
    left, term = children_of(tree)
    operator, right = children_of(term)
    operands = (expression_of(left, origin), expression_of(right, origin))
    return Operation(token_of(operator), operands, place_of(tree, origin))


def _for(tree: Node, origin: Origin) -> Expression:
    parts = children_of(tree)
    intro = parts[0]
    condition = parts[-1] if parts[-1].data == "for_cond" else None
    results = [expression_of(part, origin) for part in parts[1:] if part is not condition]
    *names, of = children_of(intro)
    return For(
        names=tuple(token_of(name) for name in names),
        of=expression_of(of, origin),
        result_key=results[0] if len(results) == 2 else None,
        result=results[-1],
        condition=_inner(condition, origin) if condition is not None else None,
        grouped=any(isinstance(child, Token) and child == "..." for child in tree.children),
        place=place_of(tree, origin),
    )


_READERS: dict[str, Callable[[Node, Origin], Expression]] = {
    "expr_term": _inner,
    "int_lit": _number,
    "float_lit": _number,
    "literal_value": _literal,
    "identifier": _variable,
    "string": _string,
    "heredoc_template": _heredoc,
    "heredoc_template_trim": _heredoc,
    "tuple": _list,
    "object": _object,
    "function_call": _call,
    "index_expr_term": _access,
    "get_attr_expr_term": _access,
    "attr_splat_expr_term": _attribute_splat,
    "full_splat_expr_term": _splat,
    "conditional": _conditional,
    "unary_op": _unary,
    "binary_op": _binary,
    "for_tuple_expr": _for,
    "for_object_expr": _for,
}
