"""Where the parts of an instruction stand in its file, continued lines and all.

Worked out when somebody asks: the lines of the instruction are joined once more, with an eye on
where each piece comes from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

import attrs

from stagegraph.source import SourceFile, Span
from stagegraph.syntax.characters import WHITE_SPACE

_WORD = re.compile(r"[^\t\v\f\r ]+")
_BLANK = re.compile(r"[\t\v\f\r ]")


@attrs.frozen
class Places:
    """The places of an instruction's keyword, of its flags, and of the words of its arguments.

    `flags` go with `Instruction.flags`, `words` are the arguments cut at blanks, `arguments` is
    all of them. A place that spans a continuation covers the line break too.
    """

    keyword: Span
    flags: tuple[Span, ...]
    arguments: Span
    words: tuple[Span, ...]


def find_places(source: SourceFile, span: Span, line: str, arguments: str, escape: str) -> Places:
    """The places of the parts of the instruction at `span`, whose logical line is `line`."""
    pieces = list(_pieces(source, span, escape))
    starts = [logical for logical, _ in pieces]

    def place(start: int, end: int) -> Span:
        first, last = (_offset(pieces, starts, position) for position in (start, max(start, end - 1)))
        return source.span(first, last + (end > start))

    keyword = _WORD.match(line)
    arguments_start = len(line) - len(arguments)
    keyword_end = keyword.end() if keyword else 0
    flags = _flag_words(line, keyword_end, arguments_start, escape)
    return Places(
        keyword=place(0, keyword_end),
        flags=tuple(place(start, end) for start, end in flags),
        arguments=place(arguments_start, len(line)),
        words=tuple(place(word.start(), word.end()) for word in _WORD.finditer(line, arguments_start)),
    )


def _pieces(source: SourceFile, span: Span, escape: str) -> Iterator[tuple[int, int]]:
    """For each physical line that is joined: where it begins in the logical line, and in the source."""
    logical, starts = 0, source.line_starts
    for number in range(span.first_line, span.last_line + 1):
        line = source.line(number)
        start = max(starts[number - 1], span.start)
        text = line[start - starts[number - 1] :]
        if number == span.first_line:
            stripped = text.lstrip(f"\ufeff{WHITE_SPACE}")
            start += len(text) - len(stripped)
            text = stripped
        elif not text.strip(WHITE_SPACE) or text.lstrip(WHITE_SPACE).startswith("#"):
            continue
        yield logical, start
        shortened = text.rstrip(" \t")
        if not shortened.endswith(escape) or shortened.endswith(escape * 2):
            return
        logical += len(shortened) - 1


def _offset(pieces: list[tuple[int, int]], starts: list[int], position: int) -> int:
    """The offset in the source of a character of the logical line."""
    logical, offset = pieces[bisect_right(starts, position) - 1]
    return offset + position - logical


def _flag_words(line: str, start: int, end: int, escape: str) -> list[tuple[int, int]]:
    """Where the flag words stand between the keyword and the arguments; `--` alone is none."""
    words: list[tuple[int, int]] = []
    position = start
    while position < end:
        if _BLANK.match(line[position]):
            position += 1
            continue
        begin, position = position, _end_of_word(line, position, end, escape)
        if line[begin:position] != "--":
            words.append((begin, position))
    return words


def _end_of_word(line: str, position: int, end: int, escape: str) -> int:
    """The end of a word in which quotes and escapes keep blanks."""
    quote = ""
    while position < end:
        character = line[position]
        if character == quote:
            quote = ""
        elif not quote and _BLANK.match(character):
            break
        elif not quote and character in "'\"":
            quote = character
        elif character == escape:
            position += 1
        position += 1
    return min(position, end)
