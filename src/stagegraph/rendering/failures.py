"""An error as text: its place, its excerpt with a caret, and what to do. Short, whatever the file holds."""

from __future__ import annotations

from stagegraph.errors import StageGraphError
from stagegraph.rendering.spelling import visible

_LONGEST_MESSAGE = 2000
_CUT = "..."


def failure_text(error: StageGraphError, name: str | None = None) -> str:
    """The error for people, several lines; `name` is what the file is called, if not as in the error.

    Like `StageGraphError.render`, but safe to print: a message that quotes half the file is cut,
    and what a terminal would obey is escaped.
    """
    lines = [visible(f"{_place(error, name)}{_shortened(error.message)}")]
    if error.excerpt is not None and error.caret is not None:
        gutter = str(error.line)
        lines += [f" {gutter} | {error.excerpt}", f" {' ' * len(gutter)} | {error.caret}"]
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
