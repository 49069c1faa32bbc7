"""`NearNames`: which of many names is the fewest edits away, without a look at each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import attrs

from stagegraph.lazily import lazy


class NearNames:
    """Names in their order, to be asked about many others; what they begin with alike is compared once for all."""

    def __init__(self, names: Iterable[str]) -> None:
        self._indices: dict[str, int] = {}
        for index, name in enumerate(names):
            self._indices.setdefault(name, index)
        self._root = _Branch.of([(index, name) for name, index in self._indices.items()]) if self._indices else None

    def nearest(self, name: str, farthest: int) -> int | None:
        """The index of the first among the nearest names; None if all are more than `farthest` edits away.

        An edit puts one character in, takes one out, or puts one in the place of another.
        """
        within = (self._first_within(name, budget) for budget in range(farthest + 1))
        return next((index for index in within if index is not None), None)

    def _first_within(self, wanted: str, budget: int) -> int | None:
        """The least index of a name that is at most `budget` edits away.

        What many names begin with is compared once for all of them; where it differs, one of three
        edits is made. Behind the last edit everything is the same, so the whole name is known.
        """
        if budget == 0 or self._root is None:
            return self._indices.get(wanted)
        best: int | None = None
        waiting = [(self._root, 0, 0, budget)]
        while waiting:
            branch, at, start, left = waiting.pop()
            index, name = branch.first
            if (best is not None and index >= best) or not branch.has_length(at + len(wanted) - start, left):
                continue
            if len(branch.names) == 1:
                if distance(wanted[start:], name[at:], left) <= left:
                    best = index
                continue
            shared = _alike(wanted, start, name, at, branch.depth)
            at, start = at + shared, start + shared
            if at == branch.depth:
                waiting += [(one, at, start, left) for one in branch.branches.values()]
                continue
            for at_next, start_next in _edited(at, start, len(wanted)):
                if left > 1:
                    waiting.append((branch, at_next, start_next, left - 1))
                    continue
                found = self._indices.get(name[:at_next] + wanted[start_next:])
                if found is not None and (best is None or found < best):
                    best = found
        return best


@attrs.frozen(slots=False, eq=False)
class _Branch:
    """Names with their indices, in order, that are alike up to `depth`; no two of them are equal."""

    names: Sequence[tuple[int, str]]
    depth: int
    shortest: int
    longest: int

    @classmethod
    def of(cls, names: Sequence[tuple[int, str]]) -> _Branch:
        written = [name for _, name in names]
        least, greatest = min(written), max(written)
        lengths = tuple(map(len, written))
        return cls(names, _alike(least, 0, greatest, 0, len(greatest)), min(lengths), max(lengths))

    @property
    def first(self) -> tuple[int, str]:
        """The first name."""
        return self.names[0]

    def has_length(self, length: int, budget: int) -> bool:
        """Whether any of the names may have a length, give or take a number of edits."""
        return self.shortest - budget <= length <= self.longest + budget

    @lazy
    def branches(self) -> Mapping[str, _Branch]:
        """The names by the character behind what they share; by none, the one that ends there."""
        found: dict[str, list[tuple[int, str]]] = {}
        for one in self.names:
            found.setdefault(one[1][self.depth : self.depth + 1], []).append(one)
        return {character: _Branch.of(names) for character, names in found.items()}


def _edited(at: int, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where the comparison goes on in a name and in the one that is asked about, after each of the edits."""
    yield at + 1, start
    if start < end:
        yield at, start + 1
        yield at + 1, start + 1


def _alike(wanted: str, start: int, name: str, at: int, end: int) -> int:
    """How many characters are the same, up to the `end` of `name`."""
    length = min(len(wanted) - start, end - at)
    if wanted.startswith(name[at : at + length], start):
        return length
    return next(offset for offset in range(length) if wanted[start + offset] != name[at + offset])


def distance(first: str, second: str, budget: int) -> int:
    """The Levenshtein distance, or any number beyond `budget` if it is beyond it.

    Up to the first difference nothing is edited; there one of three edits is, and three
    branches at most twice are cheaper than a table.
    """
    if abs(len(first) - len(second)) > budget:
        return budget + 1
    if budget == 0:
        return int(first != second)
    start = _alike(first, 0, second, 0, len(second))
    if start == len(first) == len(second):
        return 0
    rest, other = first[start:], second[start:]
    return 1 + min(
        distance(rest[1:], other[1:], budget - 1),
        distance(rest[1:], other, budget - 1),
        distance(rest, other[1:], budget - 1),
    )
