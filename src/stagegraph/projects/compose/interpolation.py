"""`$NAME` and `${NAME…}` in Compose files, as compose-go's `template` replaces them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import attrs

from stagegraph.projects.limits import MAX_DEPTH, MAX_TEXT
from stagegraph.projects.trees import Listing, Scalar, Table, Tree
from stagegraph.projects.unknowable import Unknowable

# A dollar before anything else is only a dollar.
_dollar = re.compile(r"\$(?:(?P<escaped>\$)|(?P<named>[_a-zA-Z][_a-zA-Z0-9]*)|(?P<open>\{))")
_braced = re.compile(r"(?P<name>[_a-zA-Z][_a-zA-Z0-9]*)(?:(?P<operator>:?[-+?])(?P<word>.*))?", re.DOTALL)


@attrs.frozen
class Environment:
    """The variables that Compose knows; with `gap`, some could not be read, and why."""

    values: Mapping[str, str]
    gap: str | None = None

    def find(self, name: str) -> str | None:
        """The value of a variable, None if it is not set.

        Raises:
            Unknowable: it may be set where nothing could be read.
        """
        value = self.values.get(name)
        if value is None and self.gap:
            raise Unknowable(f"the variable {name} may be set, but {self.gap}")
        return value


def interpolate_tree(tree: Tree, environment: Environment) -> Tree:
    """A tree with every value interpolated; one that cannot be says why."""
    if isinstance(tree, Table):
        entries = {key: interpolate_tree(value, environment) for key, value in tree.entries.items()}
        return attrs.evolve(tree, entries=entries)
    if isinstance(tree, Listing):
        return attrs.evolve(tree, items=tuple(interpolate_tree(item, environment) for item in tree.items))
    if isinstance(tree, Scalar) and "$" in tree.text:
        return _interpolate_scalar(tree, environment)
    return tree


def _interpolate_scalar(scalar: Scalar, environment: Environment) -> Scalar:
    asked: set[str] = set()

    def find(name: str) -> str | None:
        asked.add(name)
        return environment.find(name)

    try:
        text = interpolate(scalar.text, find)
    except Unknowable as unknowable:
        return attrs.evolve(scalar, why=unknowable.reason, variables=frozenset(asked))
    return attrs.evolve(scalar, text=text, kind="str", variables=frozenset(asked))


def interpolate(text: str, find: Callable[[str], str | None], depth: int = 0) -> str:
    """`text` with its variables replaced.

    Raises:
        Unknowable: it is no valid template, a variable that it requires is not set, or the text
            grows beyond a limit.
    """
    if depth > MAX_DEPTH:
        raise Unknowable("the variables are nested too deeply, a limit of stagegraph")
    parts: list[str] = []
    position = length = 0
    while match := _dollar.search(text, position):
        start = match.start()
        end = _closing_brace(text, start) if match["open"] else match.end()
        parts += (text[position:start], _replacement(match, text[match.end() : end - 1], find, depth))
        length += len(parts[-1])
        if length > MAX_TEXT:
            raise Unknowable(f"the value grows beyond {MAX_TEXT} characters, a limit of stagegraph")
        position = end
    return "".join([*parts, text[position:]])


def _replacement(match: re.Match[str], inside: str, find: Callable[[str], str | None], depth: int) -> str:
    if match["escaped"]:
        return "$"
    if match["named"]:
        return find(match["named"]) or ""
    braced = _braced.fullmatch(inside)
    if braced is None:
        raise Unknowable(f"{_shown('${' + inside + '}')} is no valid template for Compose")
    value = find(braced["name"])
    return _with_operator(braced, value, lambda word: interpolate(word, find, depth + 1))


def _with_operator(braced: re.Match[str], value: str | None, expand: Callable[[str], str]) -> str:
    operator, word = braced["operator"], braced["word"]
    is_there = value is not None and (value != "" or not (operator or "").startswith(":"))
    if operator in ("-", ":-"):
        return value or "" if is_there else expand(word)
    if operator in ("+", ":+"):
        return expand(word) if is_there else value or ""
    if operator is not None and not is_there:
        raise Unknowable(f"the variable {braced['name']} is required and not set")
    return value or ""


def _closing_brace(text: str, start: int) -> int:
    """The place behind the brace that closes the one behind `text[start]`; every brace counts."""
    depth = 0
    for position in range(start, len(text)):
        if text[position] == "{":
            depth += 1
        elif text[position] == "}":
            depth -= 1
            if depth == 0:
                return position + 1
    raise Unknowable(f"{_shown(text)} is no valid template for Compose")


def _shown(text: str) -> str:
    longest = 60
    return repr(text if len(text) <= longest else text[:longest] + "…")
