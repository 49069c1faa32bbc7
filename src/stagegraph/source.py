"""Text and places in it: `SourceFile`, `Span`, excerpts with a caret."""

from __future__ import annotations

from bisect import bisect_right
from stagegraph.lazily import lazy
from typing import NamedTuple

import attrs

BYTE_ORDER_MARK = "\ufeff"


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
        """The column, from 1 and in characters, at which `span` begins."""
        return span.start - self.line_starts[span.first_line - 1] + 1

    def span(self, start: int, end: int) -> Span:
        """The span of the characters `[start, end)`."""
        starts = self.line_starts
        return Span(start, end, bisect_right(starts, start), bisect_right(starts, max(start, end - 1)))

    def caret(self, span: Span) -> str:
        """Blanks and carets that mark `span` under its first line; tabs stay tabs."""
        line, column = self.line(span.first_line), self.column(span)
        lead = "".join("\t" if character == "\t" else " " for character in line[: column - 1])
        end_of_line = self.line_starts[span.first_line - 1] + len(line)
        return lead + "^" * max(1, min(span.end, end_of_line) - span.start)
