"""Where the words of an instruction stand: seen at a glance where it is plain, else as its places say.

Most instructions that something is said about stand on one line, with blanks between their words
and no quotes around their flags. What is seen there is what `Instruction.places` gives, for a
small part of the work.
"""

from __future__ import annotations

import re

import attrs

from stagegraph.lazily import lazy
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.instructions import Instruction

_WORD = re.compile(r"[^\t\v\f\r\n ]+")


@attrs.frozen(slots=False)
class WrittenInstruction:
    """The places of the words of an instruction that stands in `source`."""

    instruction: Instruction
    source: SourceFile

    @property
    def keyword(self) -> Span | None:
        """The keyword."""
        if self._seen is not None:
            return self._span(self._seen[0])
        places = self.instruction.places
        return places.keyword if places is not None else None

    def flag(self, number: int) -> Span | None:
        """One of the flags, from 0; None where there are fewer."""
        if number >= len(self.instruction.flags):
            return None
        if self._seen is not None:
            return self._span(self._seen[1 + number])
        places = self.instruction.places
        return places.flags[number] if places is not None else None

    def word(self, number: int) -> Span | None:
        """One of the words of the arguments, cut at blanks, from 0; None where there are fewer."""
        if self._seen is not None:
            place = 1 + len(self.instruction.flags) + number
            return self._span(self._seen[place]) if place < len(self._seen) else None
        words = self.words
        return words[number] if number < len(words) else None

    @property
    def words(self) -> tuple[Span, ...]:
        """The words of the arguments, cut at blanks."""
        if self._seen is not None:
            return tuple(map(self._span, self._seen[1 + len(self.instruction.flags) :]))
        places = self.instruction.places
        return places.words if places is not None else ()

    @property
    def arguments(self) -> Span | None:
        """All of the arguments."""
        if self._seen is not None and self.instruction.arguments:
            first, last = self._seen[1 + len(self.instruction.flags)], self._seen[-1]
            return self._span(first)._replace(end=last.end())
        places = self.instruction.places
        return places.arguments if places is not None else None

    @lazy
    def _seen(self) -> list[re.Match[str]] | None:
        """Keyword, flags and words, where they are what stands between the blanks of one line."""
        instruction, text = self.instruction, self.source.text
        span = instruction.span
        if span is None or span.first_line != span.last_line:
            return None
        found = list(_WORD.finditer(text, span.start, span.end))
        head = 1 + len(instruction.flags)
        if [one[0] for one in found[:head]] != [instruction.keyword, *instruction.flags]:
            return None
        behind = text[found[head].start() : found[-1].end()] if len(found) > head else ""
        return found if behind == instruction.arguments else None

    def _span(self, word: re.Match[str]) -> Span:
        assert self.instruction.span is not None
        line = self.instruction.span.first_line
        return Span(word.start(), word.end(), line, line)
