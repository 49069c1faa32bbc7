"""Texts with `${…}` → expressions: HCL's templates, where the HCL reader does not read them itself.

That is in heredocs and in JSON. In quoted texts the grammar reads them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from stagegraph.projects.bake.expressions import Expression, Literal, Unsupported, template_of
from stagegraph.projects.declared import Place
from stagegraph.projects.unknowable import Unknowable

_mark = re.compile(r"\$\$\{|%%\{|\$\{|%\{")
_quoted_or_brace = re.compile(r'"(?:[^"\\]|\\.)*"|[{}]', re.DOTALL)

ReadExpression = Callable[[str, Place], Expression]


def read_template(text: str, place: Place, read: ReadExpression) -> Expression:
    """The template `text`, whose expressions `read` reads; `place` is where it begins.

    Raises:
        Unknowable: an expression in it cannot be read.
    """
    return template_of(place, tuple(_parts(text, place, read)))


def _parts(text: str, place: Place, read: ReadExpression) -> Iterator[Expression]:
    position, line = 0, place.line
    while match := _mark.search(text, position):
        if match.start() > position:
            yield Literal(place, text[position : match.start()])
        here = Place(place.path, line + text.count("\n", 0, match.start()))
        if len(match[0]) > len("${"):
            yield Literal(here, match[0][1:])
            position = match.end()
            continue
        position = _closing_brace(text, match.end(), here)
        inside = text[match.end() : position - 1]
        yield read(inside, here) if match[0] == "${" else Unsupported(here, "a template directive (%{…})")
    if position < len(text):
        yield Literal(place, text[position:])


def _closing_brace(text: str, start: int, place: Place) -> int:
    """The place behind the brace that closes the one before `start`; braces in quotes do not count."""
    depth = 1
    for match in _quoted_or_brace.finditer(text, start):
        depth += {"{": 1, "}": -1}.get(match[0], 0)
        if depth == 0:
            return match.end()
    raise Unknowable("a ${ is not closed", place)
