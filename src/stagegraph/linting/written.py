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
            return self._seen[0]
        places = self.instruction.places
        return places.keyword if places is not None else None

    def flag(self, number: int) -> Span | None:
        """One of the flags, from 0; None where there are fewer."""
        if self._seen is not None:
            return self._seen[1 + number] if number < len(self.instruction.flags) else None
        places = self.instruction.places
        return places.flags[number] if places is not None and number < len(places.flags) else None

    @property
    def words(self) -> tuple[Span, ...]:
        """The words of the arguments, cut at blanks."""
        if self._seen is not None:
            return self._seen[1 + len(self.instruction.flags) :]
        places = self.instruction.places
        return places.words if places is not None else ()

    @property
    def arguments(self) -> Span | None:
        """All of the arguments."""
        if self._seen is not None and (words := self.words):
            first, last = words[0], words[-1]
            return Span(first.start, last.end, first.first_line, last.last_line)
        places = self.instruction.places
        return places.arguments if places is not None else None

    @lazy
    def _seen(self) -> tuple[Span, ...] | None:
        """Keyword, flags and words, where they are what stands between the blanks of one line."""
        span, head = self.instruction.span, (self.instruction.keyword, *self.instruction.flags)
        if span is None or span.first_line != span.last_line:
            return None
        text, start, line = self.source.text, span.start, span.first_line
        found = list(_WORD.finditer(text, start, span.end))
        if len(found) < len(head) or any(one[0] != word for one, word in zip(found, head, strict=False)):
            return None
        behind = found[len(head) :]
        if (text[behind[0].start() : behind[-1].end()] if behind else "") != self.instruction.arguments:
            return None
        return tuple(Span(one.start(), one.end(), line, line) for one in found)
