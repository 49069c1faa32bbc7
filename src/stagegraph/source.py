"""Text and places in it: `SourceFile`, `Span`, excerpts with a caret."""

from __future__ import annotations

from bisect import bisect_right
from typing import NamedTuple

import attrs

from stagegraph.lazily import lazy

BYTE_ORDER_MARK = "\ufeff"
# How much of a long line is shown, and how much of that before the place in question.
_WIDTH, _BEFORE = 160, 60


class Span(NamedTuple):
    """A stretch of a source: characters `[start, end)`, and the lines it touches, from 1."""

    start: int
    end: int
    first_line: int
    last_line: int


@attrs.frozen(slots=False)
class SourceFile:
    """The text of a Dockerfile, as it stands on disk.

    Bytes are decoded as UTF-8 with `surrogateescape`, so that bytes which are no UTF-8 survive
    a round trip; no line ending is translated. `name` is what messages call the file.
    """

    text: str
    name: str = "Dockerfile"

    @classmethod
    def of(cls, content: str | bytes, name: str = "Dockerfile") -> SourceFile:
        """A source from text or bytes."""
        if isinstance(content, bytes):
            content = content.decode("utf-8", "surrogateescape")
        return cls(content, name)

    @lazy
    def line_starts(self) -> list[int]:
        """The offset at which each line begins; only a line feed ends a line."""
        starts, position = [0], self.text.find("\n")
        while position >= 0:
            starts.append(position + 1)
            position = self.text.find("\n", position + 1)
        return starts

    def line(self, number: int) -> str:
        """The text of line `number` (from 1), without its line ending."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\r\n")

    def column(self, span: Span) -> int:
        """The column, from 1 and in characters, of the first character of `span` that is no blank."""
        line = self.line(span.first_line)
        start = span.start - self.line_starts[span.first_line - 1]
        shown = line[start:].lstrip()
        return (len(line) - len(shown) if shown else start) + 1

    def span(self, start: int, end: int) -> Span:
        """The span of the characters `[start, end)`."""
        starts = self.line_starts
        return Span(start, end, bisect_right(starts, start), bisect_right(starts, max(start, end - 1)))

    def excerpt(self, span: Span) -> tuple[str, str]:
        r"""The first line of `span` and, to stand under it, blanks and carets that mark the span.

        Of a long line only the surroundings are given, with `…` where it is cut; what would
        upset a terminal is shown as `\x1b`; tabs stay tabs.
        """
        line, start = self.line(span.first_line), self.column(span) - 1
        end = min(span.end - self.line_starts[span.first_line - 1], len(line))
        first = max(0, start - _BEFORE) if len(line) > _WIDTH else 0
        window = line[first : first + _WIDTH]
        cells = [_visible(character) for character in window]
        marked = range(start - first, max(end, start + 1) - first)
        carets = "".join(
            "^" * len(cell) if place in marked else "\t" if cell == "\t" else " " * len(cell)
            for place, cell in enumerate([*cells, " "])
        ).rstrip(" ")
        head = "…" if first else ""
        tail = "…" if first + _WIDTH < len(line) else ""
        return f"{head}{''.join(cells)}{tail}", f"{' ' * len(head)}{carets}"


def _visible(character: str) -> str:
    """The character, or how it is written where a terminal would act on it or could not print it."""
    if character.isprintable() or character == "\t":
        return character
    return character.encode("unicode_escape", "backslashreplace").decode("ascii")
