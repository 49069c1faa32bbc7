"""Bases that hold variables: which stages other build arguments might make them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence

from stagegraph.linting.mending import written_base
from stagegraph.stages.cutting import Stage

MAX_PATTERNS = 100
"""How many different bases with variables are held against names; beyond that each might be any stage."""

_OF_NAMES = re.compile(r"[a-z0-9_.-]*")
_VANISHING = str.maketrans("", "", "\"'\\`")
_VARIABLE = re.compile(r"\$(?:\w+|.)")


class VariableBases:
    """What the bases of a file might become."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._texts = {stage.index: base for stage in stages if "$" in (base := written_base(stage))}
        if len(set(self._texts.values())) > MAX_PATTERNS:
            self._texts = dict.fromkeys(self._texts, "$ANYTHING")
        names = [(stage.index, stage.name) for stage in stages if stage.name is not None] if self._texts else []
        self._candidates = {text: list(_matching(_fixed_parts(text), names)) for text in set(self._texts.values())}

    def counting(self) -> NewBases:
        """The stages that might be bases, each given once for each text."""
        return NewBases(self._texts, self._candidates)

    def all(self) -> Iterator[int]:
        """Every stage that might be the base of a later one."""
        last = {text: index for index, text in self._texts.items()}
        for text, index in last.items():
            candidates = self._candidates[text]
            yield from candidates[: bisect_left(candidates, index)]


class NewBases:
    """Gives the stages that might be the base of others, those alone that were not given before."""

    def __init__(self, texts: Mapping[int, str], candidates: Mapping[str, Sequence[int]]) -> None:
        self._texts = texts
        self._candidates = candidates
        self._counted: dict[str, int] = {}

    def new_for(self, index: int) -> Sequence[int]:
        """The earlier stages that might be the base of a stage, but for those that were given before."""
        text = self._texts.get(index)
        if text is None:
            return ()
        candidates, counted = self._candidates[text], self._counted.get(text, 0)
        count = bisect_left(candidates, index)
        self._counted[text] = max(count, counted)
        return candidates[counted:count]


def _matching(parts: Sequence[str], names: Sequence[tuple[int, str]]) -> Iterator[int]:
    """The stages whose names begin and end with the outer parts, and have the others between, in order."""
    first, *between, last = parts
    if not all(map(_OF_NAMES.fullmatch, parts)):
        return
    for index, name in names:
        if name.startswith(first) and name.endswith(last) and _has_in_order(name, first, between, last):
            yield index


def _has_in_order(name: str, first: str, between: Sequence[str], last: str) -> bool:
    position, end = len(first), len(name) - len(last)
    for part in between:
        found = name.find(part, position, end)
        if found < 0:
            return False
        position = found + len(part)
    return position <= end


def _fixed_parts(word: str) -> list[str]:
    """What stands around the variables of a word, which may become anything; quotes and escapes vanish."""
    parts, position = [""], 0
    while (dollar := word.find("$", position)) >= 0:
        parts[-1] += word[position:dollar]
        position = _end_of_variable(word, dollar)
        parts.append("")
    parts[-1] += word[position:]
    return [part.translate(_VANISHING) for part in parts]


def _end_of_variable(word: str, start: int) -> int:
    if not word.startswith("${", start):
        match = _VARIABLE.match(word, start)
        return match.end() if match else start + 1
    depth, position = 1, start + 2
    while position < len(word) and depth:
        depth += {"{": 1, "}": -1}.get(word[position], 0)
        position += 1
    return position
