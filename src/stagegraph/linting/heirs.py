"""What the stages that are built upon a stage do with the variables that they inherit, however far."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from stagegraph.lazily import lazy
from stagegraph.syntax.instructions import Instruction, OnBuild, Run

if TYPE_CHECKING:
    from stagegraph.linting.subject import Subject
    from stagegraph.stages.cutting import Stage

_RUNNING = (Run, OnBuild)
_WORD = re.compile(r"\w+")


class Heirs:
    """The heirs of each stage. Bases make a forest, in which the heirs of a stage stand side by side."""

    def __init__(self, subject: Subject) -> None:
        self._stages = subject.stages
        self._children: dict[int, list[int]] = {}
        for base in subject.bases:
            if base.meaning is not None:
                self._children.setdefault(base.meaning, []).append(base.stage.index)
        self._run = set(subject.variable_bases.all())  # what another argument builds upon them may run
        for stage in reversed(subject.stages):
            if any(self._runs(child) for child in self._children.get(stage.index, ())):
                self._run.add(stage.index)

    def _runs(self, index: int) -> bool:
        return index in self._run or any(isinstance(one, _RUNNING) for one in self._stages[index].instructions)

    def run_something(self, stage: Stage) -> bool:
        """Whether anything runs in them."""
        return stage.index in self._run

    def mention(self, stage: Stage, word: str) -> bool:
        """Whether a word stands in one of them."""
        if stage.index not in self._children:
            return False
        place, last = self._reach[stage.index]
        mentioning = self._places_by_word.get(word, ())
        next_one = bisect_right(mentioning, place)
        return next_one < len(mentioning) and mentioning[next_one] <= last

    @lazy
    def _reach(self) -> Mapping[int, tuple[int, int]]:
        """For each stage its place in a walk through the forest, and that of the last of its heirs."""
        order: list[int] = []
        waiting = [stage.index for stage in reversed(self._stages) if stage.index not in self._heirs]
        while waiting:
            index = waiting.pop()
            order.append(index)
            waiting += reversed(self._children.get(index, ()))
        places = {index: place for place, index in enumerate(order)}
        last: dict[int, int] = {}
        for index in reversed(order):
            children = self._children.get(index, ())
            last[index] = last[children[-1]] if children else places[index]
        return {index: (places[index], last[index]) for index in order}

    @lazy
    def _heirs(self) -> frozenset[int]:
        """The stages that are built upon another one."""
        return frozenset(child for children in self._children.values() for child in children)

    @lazy
    def _places_by_word(self) -> Mapping[str, Sequence[int]]:
        """The places of the heirs that mention a word, in order."""
        found: dict[str, list[int]] = {}
        for place, index in sorted((self._reach[index][0], index) for index in self._heirs):
            for word in {word for one in self._stages[index].instructions for word in words_of(one)}:
                found.setdefault(word, []).append(place)
        return found


def words_of(instruction: Instruction) -> list[str]:
    """The words in the text of an instruction, whatever they mean."""
    return _WORD.findall(instruction.text)
