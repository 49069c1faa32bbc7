"""`NearNames`: which of many names is the fewest edits away, without a look at each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs

from stagegraph.lazily import lazy


class NearNames:
    """Names in their order, to be asked about many others; the work of a question hardly grows with their number."""

    def __init__(self, names: Iterable[str]) -> None:
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            first.setdefault(name, index)
        self._root = _Branch.of([(index, name) for name, index in first.items()]) if first else None

    def nearest(self, name: str, farthest: int) -> int | None:
        """The index of the first among the nearest names; None if all are more than `farthest` edits away.

        An edit puts one character in, takes one out, or puts one in the place of another.
        """
        if self._root is None:
            return None
        within = (_first_within(self._root, name, budget) for budget in range(farthest + 1))
        return next((index for index in within if index is not None), None)


@attrs.frozen(slots=False, eq=False)
class _Branch:
    """Names with their indices, in order, that are alike up to `depth`; no two of them are equal."""

    names: Sequence[tuple[int, str]]
    depth: int

    @classmethod
    def of(cls, names: Sequence[tuple[int, str]]) -> _Branch:
        written = [name for _, name in names]
        least, greatest = min(written), max(written)
        return cls(names, _alike(least, 0, greatest, 0, len(greatest)))

    @property
    def first(self) -> tuple[int, str]:
        return self.names[0]

    @lazy
    def branches(self) -> Mapping[str, _Branch]:
        """The names by the character behind what they share; by none, the one that ends there."""
        found: dict[str, list[tuple[int, str]]] = {}
        for one in self.names:
            found.setdefault(one[1][self.depth : self.depth + 1], []).append(one)
        return {character: _Branch.of(names) for character, names in found.items()}


def _first_within(root: _Branch, wanted: str, budget: int) -> int | None:
    """The least index of a name that is at most `budget` edits away.

    What many names begin with is compared once for all of them; where it differs, one of three edits is made.
    """
    best: int | None = None
    waiting = [(root, 0, 0, budget)]
    while waiting:
        branch, at, start, left = waiting.pop()
        index, name = branch.first
        if best is not None and index >= best:
            continue
        if len(branch.names) == 1:
            if distance(wanted[start:], name[at:], left) <= left:
                best = index
            continue
        shared = _alike(wanted, start, name, at, branch.depth)
        at, start = at + shared, start + shared
        if at == branch.depth:
            waiting += [(one, at, start, left) for one in _ways_on(branch, wanted[start : start + 1], left)]
        elif left:
            waiting.append((branch, at + 1, start, left - 1))
            if start < len(wanted):
                waiting += [(branch, at, start + 1, left - 1), (branch, at + 1, start + 1, left - 1)]
    return best


def _alike(wanted: str, start: int, name: str, at: int, end: int) -> int:
    """How many characters are the same, up to the `end` of `name`."""
    length = min(len(wanted) - start, end - at)
    if wanted.startswith(name[at : at + length], start):
        return length
    return next(offset for offset in range(length) if wanted[start + offset] != name[at + offset])


def _ways_on(branch: _Branch, character: str, budget: int) -> Iterable[_Branch]:
    if budget:
        return branch.branches.values()
    found = branch.branches.get(character)
    return () if found is None else (found,)


def distance(first: str, second: str, budget: int) -> int:
    """The Levenshtein distance, or any number beyond `budget` if it is beyond it.

    Up to the first difference nothing is edited; there one of three edits is, and three
    branches at most twice are cheaper than a table.
    """
    longer = max(len(first), len(second))
    if longer - min(len(first), len(second)) > budget:
        return budget + 1
    start = _alike(first, 0, second, 0, len(second))
    if start == longer:
        return 0
    if budget == 0:
        return 1
    rest, other = first[start:], second[start:]
    return 1 + min(
        distance(rest[1:], other[1:], budget - 1),
        distance(rest[1:], other, budget - 1),
        distance(rest, other[1:], budget - 1),
    )
