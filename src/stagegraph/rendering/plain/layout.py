"""Columns and sections of plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_WIDEST = 60
_INDENT = "  "
_GAP = "  "


def columns(rows: Sequence[Sequence[str]], *, right: Iterable[int] = ()) -> list[str]:
    """The rows as indented lines, their cells one under the other; `right` are columns of numbers.

    A cell wider than 60 characters does not widen its column. The last cell is never padded.
    """
    if not rows:
        return []
    numbers = frozenset(right)
    widths = [
        max((len(cell) for cell in column if len(cell) <= _WIDEST), default=0) for column in zip(*rows, strict=True)
    ]
    return [_line(row, widths, numbers) for row in rows]


def section(title: str, lines: Sequence[str]) -> list[str]:
    """A blank line, a title and its lines; nothing at all where there are none."""
    return ["", title, *lines] if lines else []


def indented(lines: Iterable[str]) -> list[str]:
    """The lines, moved in."""
    return [_INDENT + line for line in lines]


def text_of(lines: Iterable[str]) -> str:
    """The lines as one text."""
    return "".join(f"{line.rstrip()}\n" for line in lines)


def _line(row: Sequence[str], widths: Sequence[int], numbers: frozenset[int]) -> str:
    *padded, last = [
        cell.rjust(width) if place in numbers else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(row, widths, strict=True))
    ]
    return _INDENT + _GAP.join((*padded, last.rstrip()))
