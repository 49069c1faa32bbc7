"""The name that was probably meant (BuildKit's `util/suggest`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stagegraph.errors import Complaint
from stagegraph.values.letters import as_runes, lower, upper

if TYPE_CHECKING:
    from collections.abc import Iterable

_FARTHEST = 2


def nearest(name: str, options: Iterable[str], *, case_sensitive: bool = True) -> str | None:
    """The option at most two edits from `name`; the first among equals, None if there is none.

    None too when `name` itself is among the options: then the name was not the mistake. Without
    `case_sensitive` the answer is lower case, or upper case if `name` is.
    """
    wanted = name if case_sensitive else lower(name)
    best, budget = "", _FARTHEST
    for option in options:
        candidate = option if case_sensitive else lower(option)
        if candidate == wanted:
            return None
        if budget >= 0 and (distance := _distance(as_runes(wanted), as_runes(candidate), budget)) <= budget:
            best, budget = candidate, distance - 1
    if not case_sensitive:
        best = _in_case_of(name, best)
    return best or None


def did_you_mean(message: str, name: str, options: Iterable[str], *, case_sensitive: bool = True) -> Complaint:
    """The complaint `message`, with ` (did you mean X?)` behind it if `name` has a near option."""
    suggestion = nearest(name, options, case_sensitive=case_sensitive)
    if suggestion is None:
        return Complaint(message)
    return Complaint(f"{message} (did you mean {suggestion}?)", suggestion=suggestion)


def _distance(first: str, second: str, budget: int) -> int:
    """The Levenshtein distance, or any number beyond `budget` if it is beyond it.

    Up to the first difference nothing is edited; there one of three edits is, and three
    branches at most twice are cheaper than a table.
    """
    longer = max(len(first), len(second))
    if longer - min(len(first), len(second)) > budget:
        return budget + 1
    start = 0
    while start < len(first) and start < len(second) and first[start] == second[start]:
        start += 1
    if start == longer:
        return 0
    if budget == 0:
        return 1
    rest, other = first[start:], second[start:]
    return 1 + min(
        _distance(rest[1:], other[1:], budget - 1),
        _distance(rest[1:], other, budget - 1),
        _distance(rest, other[1:], budget - 1),
    )


def _in_case_of(original: str, option: str) -> str:
    if original == lower(original):
        return lower(option)
    return upper(option) if original == upper(original) else option
