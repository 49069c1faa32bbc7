"""What can stand behind an `=` in a bake file, as frozen values; HCL and JSON are read into the same ones."""

from __future__ import annotations

from decimal import Decimal

import attrs

from stagegraph.projects.declared import Place


@attrs.frozen
class Literal:
    """A number, a truth value or null."""

    value: Decimal | bool | None
    place: Place


@attrs.frozen
class Template:
    """Texts and expressions, one behind the other; one expression alone keeps its type."""

    parts: tuple[TemplatePart, ...]
    place: Place


@attrs.frozen
class ListExpression:
    """`[a, b]`."""

    items: tuple[Expression, ...]
    place: Place


@attrs.frozen
class ObjectExpression:
    """`{a = b}`; a key that is a name alone is a text."""

    pairs: tuple[tuple[Expression, Expression], ...]
    place: Place


@attrs.frozen
class Variable:
    """A name."""

    name: str
    place: Place


@attrs.frozen
class Access:
    """`of.name` or `of[key]`."""

    of: Expression
    key: Expression
    place: Place


@attrs.frozen
class Splat:
    """`of[*].a` or `of.*.a`: what `accesses` find in every element; each is a key."""

    of: Expression
    accesses: tuple[Expression, ...]
    place: Place


@attrs.frozen
class Call:
    """`name(a, b)`; with `expands`, the last argument is a list of arguments."""

    name: str
    arguments: tuple[Expression, ...]
    expands: bool
    place: Place


@attrs.frozen
class Conditional:
    """`condition ? yes : no`."""

    condition: Expression
    yes: Expression
    no: Expression
    place: Place


@attrs.frozen
class Operation:
    """An operator with one operand (`-a`, `!a`) or two."""

    operator: str
    operands: tuple[Expression, ...]
    place: Place


@attrs.frozen
class For:
    """`[for key, value in of : result if condition]`, or with `{…}` and a `result_key`.

    With `grouped` (`...`), the values of one key are a list.
    """

    names: tuple[str, ...]
    of: Expression
    result_key: Expression | None
    result: Expression
    condition: Expression | None
    grouped: bool
    place: Place


@attrs.frozen
class TemplateIf:
    """`%{ if condition }…%{ else }…%{ endif }`."""

    condition: Expression
    yes: Template
    no: Template


@attrs.frozen
class TemplateFor:
    """`%{ for key, value in of }…%{ endfor }`."""

    names: tuple[str, ...]
    of: Expression
    body: Template


Expression = (
    Literal
    | Template
    | ListExpression
    | ObjectExpression
    | Variable
    | Access
    | Splat
    | Call
    | Conditional
    | Operation
    | For
)

# A text, an expression, a directive.
TemplatePart = str | Expression | TemplateIf | TemplateFor


def text(value: str, place: Place) -> Template:
    """A text without anything to work out."""
    return Template((value,) if value else (), place)


@attrs.frozen
class Attribute:
    """`name = value`."""

    name: str
    value: Expression
    place: Place


@attrs.frozen
class Block:
    """`kind "label" { … }`. The blocks within are those of variables (`validation`), which are not looked at."""

    kind: str
    labels: tuple[str, ...]
    attributes: dict[str, Attribute]
    place: Place


@attrs.frozen
class Body:
    """A whole file."""

    attributes: tuple[Attribute, ...]
    blocks: tuple[Block, ...]
