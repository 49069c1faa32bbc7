"""From text to the tokens of the grammar: the part of the language that depends on the file itself.

Lines are joined where they are continued, comments and blank lines are set aside, heredoc bodies
are taken up to the word that ends them. The rules are those of BuildKit's `parser.Parse`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stagegraph.errors import Complaint, DockerfileSyntaxError, StageGraphError
from stagegraph.quickly import maker_of
from stagegraph.source import BYTE_ORDER_MARK, SourceFile, Span
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.directives import DirectiveReader, check_escape
from stagegraph.syntax.flag_words import split_flags
from stagegraph.syntax.heredocs import Heredoc, heredocs_announced_by
from stagegraph.syntax.instructions import (
    SPELLINGS,
    Instruction,
    OnBuild,
    instruction_class,
    split_keyword,
)
from stagegraph.syntax.instructions.making import make_instruction
from stagegraph.syntax.nodes import BlankLine, Comment, Directive, EmptyContinuation

MAX_LINE_BYTES = 65_535
_MOST_BYTES_A_CHARACTER = 4


InstructionClass = type[Instruction]
Lexeme = tuple[str, Instruction | Heredoc]
"""The name of a terminal of the grammar, and what it stands for."""


_blank_line, _comment = maker_of(BlankLine), maker_of(Comment)
_Known = tuple[InstructionClass, bool, str]
"""A class of instructions, whether the line parser reads the arguments of these, and the keyword."""

# As keywords are usually spelled.
_SPELLINGS: dict[str, _Known] = {spelling: (kind, kind.READ_AT_ONCE, spelling) for spelling, kind in SPELLINGS.items()}

# Flags, what was read ahead, and heredocs, where there are none of these.
_NOTHING: tuple[tuple[str, ...], Mapping[str, object] | None, Sequence[Heredoc]] = ((), None, ())


class LineReader:
    """Reads one text, once. What is no instruction is set aside in `trivia`.

    With `tolerant`, what the line parser refuses is set aside in `problems` and reading goes on;
    without, it is raised as it is met.
    """

    def __init__(self, source: SourceFile, *, tolerant: bool = False) -> None:
        self.source = source
        self.escape = "\\"
        self.trivia: list[Comment | BlankLine | Directive] = []
        self.problems: list[StageGraphError] = []
        self.empty_continuations: list[EmptyContinuation] = []
        self._tolerant = tolerant
        self._directives = DirectiveReader()
        self._lines = _split_lines(source.text)
        self._readable = _count_readable(source.text, self._lines)
        self._next = 0  # the index of the next line
        self._offset = 1 if source.text.startswith(BYTE_ORDER_MARK) else 0  # where it begins

    def lexemes(self) -> Iterator[Lexeme]:
        """The tokens of the whole text.

        Raises:
            DockerfileSyntaxError: the first thing the line parser refuses, unless tolerant.
        """
        source, lines, readable, size = self.source, self._lines, self._readable, len(self.source.text)
        escape, spellings, make, new = self.escape, _SPELLINGS, make_instruction, tuple.__new__
        index, offset, start = 0, self._offset, 0  # kept here, and in self while a method reads on
        has_instructions = False
        while index < readable:
            line = lines[index]
            index += 1
            offset += len(line) + 1
            stripped = line.strip(WHITE_SPACE)
            if not stripped or stripped[0] == "#":
                span = new(Span, (start, offset if offset < size else size, index, index))  # noqa: FURB136 - sooner
                self._set_aside(line, stripped, span)
                start, escape = offset, self.escape
                continue
            if not has_instructions:
                has_instructions = self._directives.done = True
            first_line = index
            if stripped[-1] == escape:
                self._next, self._offset = index, offset
                line = self._join(line)
                index, offset = self._next, self._offset
                stripped = line.strip(WHITE_SPACE)
            keyword, _, rest = stripped.partition(" ")
            found, first = spellings.get(keyword), rest and rest[0]
            if found is None or first <= " ":  # not as it is usual
                rest, found = _split(stripped)
                first = rest[:1]
            kind, is_read, keyword = found  # one text for all that spell it so
            flags, already, heredocs = _NOTHING
            if first == "-" or first > "~":
                flags, rest = split_flags(rest, escape)
                first = rest[:1]
            if is_read or first == "[" or "<<" in (stripped if flags else rest):
                self._next, self._offset = index, offset
                already, heredocs = self._read_ahead(kind, rest, line, start, first_line)
                index, offset = self._next, self._offset
            span = new(Span, (start, offset if offset < size else size, first_line, index))  # noqa: FURB136 - sooner
            start = offset
            instruction = make(kind, keyword, flags, rest, span, escape, stripped, source)
            if already is not None:
                instruction.know(already)
            yield "ANNOUNCEMENT" if heredocs else "INSTRUCTION", instruction
            for heredoc in heredocs:
                yield "HEREDOC", heredoc
        self._next = index
        self._finish(start, has_instructions=has_instructions)

    def _set_aside(self, line: str, stripped: str, span: Span) -> None:
        """Notes a comment, a directive or a blank line."""
        text = self.source.text[span.start : span.end]
        if not stripped:
            self._directives.done = True
            self.trivia.append(_blank_line(text, span))
        elif self._directives.done:
            self.trivia.append(_comment(text, span))
        else:
            self._read_directive(text, line.lstrip(WHITE_SPACE).rstrip("\r"), span)

    def _read_directive(self, text: str, line: str, span: Span) -> None:
        """Notes a comment that may be a directive."""
        try:
            found = self._directives.read(line)
            if found is None:
                self.trivia.append(Comment(text, span))
                return
            self.trivia.append(Directive(text, found.name, found.value, span))
            if found.name == "escape":
                self.escape = check_escape(found.value)
        except Complaint as complaint:
            self._refuse(complaint, span)
            if not self.trivia or self.trivia[-1].span != span:
                self.trivia.append(Comment(text, span))

    def _read_ahead(
        self, kind: InstructionClass, arguments: str, joined: str, start: int, first_line: int
    ) -> tuple[Mapping[str, object] | None, list[Heredoc]]:
        """What the line parser must know of an instruction: what it may refuse, and heredocs."""
        known: Mapping[str, object] | None = None
        heredocs: list[Heredoc] = []
        try:
            known = kind.read_ahead(arguments, self.escape)
            if "<<" in joined and kind.may_have_heredocs(arguments, self.escape):
                heredocs = self._read_bodies(heredocs_announced_by(joined))
        except Complaint as complaint:
            self._refuse(complaint, self._span(start, first_line))
        if kind is OnBuild:
            known = {**(known or {}), "untrimmed_line": joined.lstrip(WHITE_SPACE).rstrip("\r")}
        return known, heredocs

    def _join(self, current: str) -> str:
        """The logical line that begins with `current`; takes the lines that continue it."""
        current = current.lstrip(WHITE_SPACE)
        parts, has_empty_line = [], False
        while True:
            current = current.rstrip("\r")
            shortened = current.rstrip(" \t")
            if not shortened.endswith(self.escape) or shortened.endswith(self.escape * 2):
                parts.append(current)
                break
            parts.append(shortened[:-1])
            following, skipped_empty = self._take_continuation()
            has_empty_line = has_empty_line or skipped_empty
            if following is None:
                break
            current = following
        joined = "".join(parts)
        if has_empty_line:
            end = min(self._offset, len(self.source.text))
            self.empty_continuations.append(EmptyContinuation(joined, Span(end, end, self._next, self._next)))
        return joined

    def _take_continuation(self) -> tuple[str | None, bool]:
        """The next line that is neither blank nor a comment, None at the end; whether one was blank."""
        skipped_empty = False
        while self._next < self._readable:
            raw = self._take()
            line = raw.strip(WHITE_SPACE)
            if line and line[0] != "#":
                return raw, skipped_empty
            skipped_empty = skipped_empty or not line
        return None, skipped_empty

    def _read_bodies(self, announced: list[Heredoc]) -> list[Heredoc]:
        """The heredocs with their bodies, which are the next lines.

        Raises:
            Complaint: the file ends first.
        """
        heredocs = []
        for heredoc in announced:
            start, body_end = self._offset, None
            while body_end is None:
                if self._next >= self._readable:
                    raise Complaint("unterminated heredoc")
                line_start = self._offset
                if heredoc.is_ended_by(self._take()):
                    body_end = line_start
            heredocs.append(heredoc.with_content(self.source.text[start:body_end]))
        return heredocs

    def _take(self) -> str:
        """The next line, without its line feed."""
        line = self._lines[self._next]
        self._next += 1
        self._offset += len(line) + 1
        return line

    def _span(self, start: int, first_line: int) -> Span:
        """From `start` to the end of the last line taken."""
        return Span(start, min(self._offset, len(self.source.text)), first_line, self._next)

    def _finish(self, start: int, *, has_instructions: bool) -> None:
        """What can only be said at the end: nothing there, or a line that is too long."""
        overlong = self._readable < len(self._lines)
        rest = self.source.span(start, len(self.source.text)) if overlong else None
        if rest is not None:
            self.trivia.append(Comment(self.source.text[start:], rest))
        if not has_instructions:
            last = self.source.line_starts[max(0, self._readable - 1)]
            place = self.source.span(last, len(self.source.text)) if start else None
            self._refuse(Complaint("file with no instructions"), place)
        elif rest is not None:
            self._refuse(Complaint(f"dockerfile line greater than max allowed size of {MAX_LINE_BYTES}"), rest)

    def _refuse(self, complaint: Complaint, span: Span | None) -> None:
        error = DockerfileSyntaxError.of(complaint, self.source, span)
        if not self._tolerant:
            raise error from None
        self.problems.append(error)


def _split(line: str) -> tuple[str, _Known]:
    """Arguments with flags, and what is known of the keyword, of any line."""
    keyword, rest = split_keyword(line).groups()
    kind = instruction_class(keyword)
    return rest, (kind, kind.READ_AT_ONCE, keyword)


def _split_lines(text: str) -> list[str]:
    """The lines, without line feeds and without the byte order mark."""
    lines = text.removeprefix(BYTE_ORDER_MARK).split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _count_readable(text: str, lines: list[str]) -> int:
    """How many lines the builders' scanner reads: it stops at one that is too long."""
    if len(text) * _MOST_BYTES_A_CHARACTER > MAX_LINE_BYTES:
        for index, line in enumerate(lines):
            if (
                len(line) * _MOST_BYTES_A_CHARACTER > MAX_LINE_BYTES
                and len(line.encode("utf-8", "surrogatepass")) > MAX_LINE_BYTES
            ):
                return index
    return len(lines)
