"""Where a Dockerfile that stands in a declaration stands in the file: character by character, or not at all.

A block scalar of YAML and a heredoc of HCL hold the text line by line, indented, with some signs
doubled. Whether a value is such a one is not asked of the reader but seen: the lines behind the
place of the value are the lines of the text, or there is no exact place.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left, bisect_right

import attrs

from stagegraph.projects.declared import InlineDockerfile
from stagegraph.source import SourceFile

_DOUBLED = {
    ".yaml": re.compile(r"\$\$"),
    ".yml": re.compile(r"\$\$"),
    ".hcl": re.compile(r"\$\$(?=\{)|%%(?=\{)"),
}
_FIELDS = {".yaml": "dockerfile_inline", ".yml": "dockerfile_inline"}
_FIELD_OF_BAKE = "dockerfile-inline"


@attrs.frozen
class InlinePlaces:
    """The place of every character of an inline Dockerfile in the file that holds it.

    `first_line` is the line of the file (from 1) on which the text begins. Of each line of the text
    there are: where it starts in the text, where in the file, and the columns behind which one more
    sign stands in the file.
    """

    first_line: int
    _inner: tuple[int, ...]
    _outer: tuple[int, ...]
    _doubled: tuple[tuple[int, ...], ...]

    def offset(self, position: int) -> int:
        """Where the character at `position` of the text stands in the file; both from 0."""
        line = bisect_right(self._inner, position) - 1
        column = position - self._inner[line]
        return self._outer[line] + column + bisect_left(self._doubled[line], column)

    def end(self, position: int) -> int:
        """Where something ends in the file that goes up to `position` of the text; no indentation behind it counts."""
        line = bisect_right(self._inner, position) - 1
        ends_a_line = line and position == self._inner[line]
        return self.offset(position - 1) + 1 if ends_a_line else self.offset(position)

    def line(self, number: int) -> int:
        """The line of the file that line `number` of the text is; both from 1."""
        return self.first_line + number - 1


def field_of(dockerfile: InlineDockerfile) -> str:
    """How the field is called in which it stands."""
    return _FIELDS.get(_ending(dockerfile), _FIELD_OF_BAKE)


def inline_places(dockerfile: InlineDockerfile, file: SourceFile) -> InlinePlaces | None:
    """Where the text stands in its file; None where it does not stand there as it is: folded, quoted, made up."""
    doubled = _DOUBLED.get(_ending(dockerfile))
    lines = [line.rstrip("\r") for line in dockerfile.text.split("\n")]
    ends_a_line = not lines[-1]
    written = _lines_behind(file, dockerfile.place.line, len(lines) - ends_a_line)
    if doubled is None or written is None:
        return None
    indent = _indent(lines, written, doubled)
    placed = [_column(line, text, indent, doubled) for line, text in zip(lines, written, strict=False)]
    columns = [column for column in placed if column is not None]
    if len(columns) < len(placed):
        return None
    first = dockerfile.place.line  # the line behind it, counted from 0
    outer = [file.line_starts[first + number] + column for number, column in enumerate(columns)]
    extra = [
        tuple(sign.start() - number for number, sign in enumerate(doubled.finditer(text[column:])))
        for text, column in zip(written, columns, strict=True)
    ]
    if ends_a_line:
        behind = first + len(written)
        outer.append(file.line_starts[behind] if behind < len(file.line_starts) else len(file.text))
        extra.append(())
    return InlinePlaces(first + 1, tuple(SourceFile(dockerfile.text).line_starts), tuple(outer), tuple(extra))


def _ending(dockerfile: InlineDockerfile) -> str:
    return posixpath.splitext(dockerfile.place.file)[1].lower()


def _lines_behind(file: SourceFile, line: int, count: int) -> list[str] | None:
    """So many lines behind a line, None where there are fewer."""
    if line + count > len(file.line_starts):
        return None
    return [file.line(line + 1 + number) for number in range(count)]


def _indent(lines: list[str], written: list[str], doubled: re.Pattern[str]) -> int:
    """By how much the file's lines are indented: as the first one is that is not blank."""
    pairs = zip(lines, written, strict=False)
    return next((len(_single(text, doubled)) - len(line) for line, text in pairs if line.strip()), 0)


def _column(line: str, text: str, indent: int, doubled: re.Pattern[str]) -> int | None:
    """Where a line of the Dockerfile begins in a line of the file, None where that is another line."""
    if not line.strip() and not text.strip():
        return max(0, len(text) - len(line))
    is_indented = indent >= 0 and not text[:indent].strip()
    return indent if is_indented and _single(text[indent:], doubled) == line else None


def _single(text: str, doubled: re.Pattern[str]) -> str:
    return doubled.sub(lambda sign: sign[0][0], text)
