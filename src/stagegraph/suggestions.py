"""The name that was probably meant (BuildKit's `util/suggest`)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from stagegraph.errors import Complaint
from stagegraph.near_names import NearNames
from stagegraph.values.letters import as_runes, lower, upper

if TYPE_CHECKING:
    from collections.abc import Iterable

_FARTHEST = 2


def nearest(name: str, options: Iterable[str], *, case_sensitive: bool = True) -> str | None:
    """The option at most two edits from `name`; the first among equals, None if there is none.

    None too when `name` itself is among the options: then the name was not the mistake. Without
    `case_sensitive` the answer is lower case, or upper case if `name` is.
    """
    wanted, candidates = name, tuple(options)
    if not case_sensitive:
        wanted, candidates = lower(name), tuple(map(lower, candidates))
    if wanted in candidates:
        return None
    found = _near_names(candidates).nearest(as_runes(wanted), _FARTHEST)
    best = candidates[found] if found is not None else ""
    if not case_sensitive:
        best = _in_case_of(name, best)
    return best or None


def did_you_mean(message: str, name: str, options: Iterable[str], *, case_sensitive: bool = True) -> Complaint:
    """The complaint `message`, with ` (did you mean X?)` behind it if `name` has a near option."""
    suggestion = nearest(name, options, case_sensitive=case_sensitive)
    if suggestion is None:
        return Complaint(message)
    return Complaint(f"{message} (did you mean {suggestion}?)", suggestion=suggestion)


@lru_cache(maxsize=4)  # what is wrong in a file is mostly wrong beside the same names
def _near_names(options: tuple[str, ...]) -> NearNames:
    return NearNames(map(as_runes, options))


def _in_case_of(original: str, option: str) -> str:
    if original == lower(original):
        return lower(option)
    return upper(option) if original == upper(original) else option
