"""An error as text: its place, its excerpt with a caret, and what to do. Short, whatever the file holds."""

from __future__ import annotations

from stagegraph.errors import StageGraphError
from stagegraph.rendering.spelling import visible

_WIDEST = 160
_LONGEST_MESSAGE = 2000
_BEFORE = 40
_CUT = "..."


def failure_text(error: StageGraphError, name: str | None = None) -> str:
    """The error for people, several lines; `name` is what the file is called, if not as in the error.

    Like `StageGraphError.render`, but safe to print: of a long line only the part at fault is
    shown, and what a terminal would obey is escaped.
    """
    lines = [visible(f"{_place(error, name)}{_shortened(error.message)}")]
    if error.source is not None and error.span is not None and error.excerpt is not None:
        lines += _excerpt(error.excerpt, error.line or 1, error.column or 1, error.span.end - error.span.start)
    if error.suggestion and "did you mean" not in error.message:
        lines.append(f"did you mean {visible(error.suggestion)}?")
    return "\n".join(lines) + "\n"


def _place(error: StageGraphError, name: str | None) -> str:
    if error.source is None:
        return "stagegraph: "
    parts = (name or error.source.name, error.line, error.column)
    return ":".join(str(part) for part in parts if part) + ": "


def _shortened(message: str) -> str:
    return message if len(message) <= _LONGEST_MESSAGE else message[:_LONGEST_MESSAGE] + _CUT


def _excerpt(line: str, number: int, column: int, length: int) -> list[str]:
    """The line and the carets under it, both cut to a window that begins a little before the fault."""
    start = column - 1
    first = 0 if start + min(length, _BEFORE) <= _WIDEST else start - _BEFORE
    window = line[first : first + _WIDEST]
    before, at_fault = window[: start - first], window[start - first :][: max(length, 1)]
    lead = "".join("\t" if character == "\t" else " " * len(visible(character)) for character in before)
    head = _CUT if first else ""
    tail = _CUT if first + _WIDEST < len(line) else ""
    gutter = str(number)
    return [
        f" {gutter} | {head}{visible(window)}{tail}",
        f" {' ' * len(gutter)} | {' ' * len(head)}{lead}{'^' * max(1, len(visible(at_fault)))}",
    ]
