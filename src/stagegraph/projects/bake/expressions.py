"""What can stand behind an `=` in a bake file, and the blocks it stands in; nothing is evaluated.

Both syntaxes, HCL and JSON, are read into these.
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from stagegraph.projects.declared import Place


@attrs.frozen
class Expression:
    """Anything that has a value."""

    place: Place


@attrs.frozen
class Literal(Expression):
    """A text, a number, `true`, `false` or `null`."""

    value: object


@attrs.frozen
class Template(Expression):
    """A text with `${…}` in it; of a single part, it is that part's value, whatever its type."""

    parts: tuple[Expression, ...]


def template_of(place: Place, parts: tuple[Expression, ...]) -> Expression:
    """A template, or one text if it has nothing but texts."""
    texts = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, str)]
    return Literal(place, "".join(texts)) if len(texts) == len(parts) else Template(place, parts)


@attrs.frozen
class TupleOf(Expression):
    """`[a, b]`."""

    items: tuple[Expression, ...]


@attrs.frozen
class ObjectOf(Expression):
    """`{ key = value }`."""

    entries: tuple[tuple[Expression, Expression], ...]


@attrs.frozen
class Name(Expression):
    """A variable, by its name."""

    name: str


@attrs.frozen
class GetAttribute(Expression):
    """`base.name`."""

    base: Expression
    name: str


@attrs.frozen
class GetIndex(Expression):
    """`base[key]`."""

    base: Expression
    key: Expression


@attrs.frozen
class Splat(Expression):
    """`base[*]` and `base.*`, with what is taken of each element: `each`, a tree over `Element`."""

    base: Expression
    each: Expression


@attrs.frozen
class Element(Expression):
    """The element that a splat is at."""


@attrs.frozen
class Conditional(Expression):
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression


@attrs.frozen
class Operation(Expression):
    """One or two values and an operator, by the operator's sign."""

    operator: str
    operands: tuple[Expression, ...]


@attrs.frozen
class Call(Expression):
    """`function(arguments)`; `spread` if the last argument is a list that stands for many (`...`)."""

    function: str
    arguments: tuple[Expression, ...]
    spread: bool = False


@attrs.frozen
class ForTuple(Expression):
    """`[for key, value in collection : result if condition]`."""

    names: tuple[str, ...]
    collection: Expression
    result: Expression
    condition: Expression | None


@attrs.frozen
class ForObject(Expression):
    """`{for key, value in collection : name => result if condition}`."""

    names: tuple[str, ...]
    collection: Expression
    key: Expression
    result: Expression
    condition: Expression | None
    groups: bool = False


@attrs.frozen
class Unsupported(Expression):
    """Something that is not evaluated here, and what it is."""

    what: str


@attrs.frozen
class Attribute:
    """`name = expression` in a block."""

    name: str
    expression: Expression
    place: Place


@attrs.frozen
class Block:
    """`kind "label" { … }`."""

    kind: str
    labels: tuple[str, ...]
    attributes: Mapping[str, Attribute]
    place: Place


@attrs.frozen
class Body:
    """A bake file: its attributes and blocks, in order."""

    attributes: Mapping[str, Attribute]
    blocks: tuple[Block, ...]
