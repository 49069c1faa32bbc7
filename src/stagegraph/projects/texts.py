"""`Text`: a text that a declaration gives, and what somebody can set from outside of it."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from fnmatch import fnmatchcase
from glob import escape

import attrs

_GAP = "*"
_NOTHING: frozenset[str] = frozenset()


@attrs.frozen
class Text:
    """A text as it comes out when nobody sets anything, with all that it can become.

    `variables` are those that it was made of and that can be set from outside; `pattern` is a
    pattern of `fnmatch` for every text that they can make of it.
    """

    value: str
    pattern: str
    variables: frozenset[str] = _NOTHING

    @classmethod
    def known(cls, value: str) -> Text:
        """A text that nobody can change."""
        return cls(value, escape(value))

    @classmethod
    def gap(cls, value: str, variables: Iterable[str]) -> Text:
        """What variables decide altogether; `value` is what comes out when nobody sets them."""
        return cls(value, _GAP, frozenset(variables))

    def __add__(self, other: Text) -> Text:
        """The two texts, one behind the other."""
        return Text(self.value + other.value, self.pattern + other.pattern, self.variables | other.variables)


def joined(parts: Iterable[Text]) -> Text:
    """The texts, one behind the other."""
    all_parts = tuple(parts)
    variables = _NOTHING.union(*(part.variables for part in all_parts))
    return Text("".join(part.value for part in all_parts), "".join(part.pattern for part in all_parts), variables)


def joined_path(directory: Text, path: Text) -> Text:
    """`path` as seen from where `directory` is seen from, in its shortest form.

    A variable at the head of a name can be empty, or several names.
    """
    pattern = _normal(posixpath.join(directory.pattern, path.pattern))
    return Text(
        _normal(posixpath.join(directory.value, path.value)), _widened(pattern), directory.variables | path.variables
    )


def matches(pattern: str, text: str) -> bool:
    """Whether a text can be what a pattern says."""
    return fnmatchcase(text, pattern)


def _normal(path: str) -> str:
    normal = posixpath.normpath(path)
    return normal.removeprefix("/") if normal.startswith("//") else normal


def _widened(pattern: str) -> str:
    """The pattern without the `/` behind names that may be empty."""
    return pattern.replace(f"{_GAP}/", _GAP) if pattern.startswith(_GAP) or f"/{_GAP}" in pattern else pattern


def named(variables: Iterable[str]) -> str:
    """Variables as a sentence names them: `A and B, which can be set from outside`."""
    *others, last = sorted(variables)
    return f"{', '.join(others)}{' and ' if others else ''}{last}, which can be set from outside"
