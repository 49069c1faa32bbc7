"""Where a span stands in lines and columns, as editors and reports count them."""

from __future__ import annotations

from typing import NamedTuple

from stagegraph.source import SourceFile, Span


class Region(NamedTuple):
    """From a line and column up to another one, which is not in it any more; all count from 1, in characters."""

    line: int
    column: int
    end_line: int
    end_column: int


def region_of(source: SourceFile, span: Span) -> Region:
    """The lines and columns of a span; an empty one marks the character it stands before."""
    end = max(span.end, span.start + 1)
    starts = source.line_starts
    exact = source.span(span.start, end)
    return Region(
        exact.first_line,
        span.start - starts[exact.first_line - 1] + 1,
        exact.last_line,
        end - starts[exact.last_line - 1] + 1,
    )
