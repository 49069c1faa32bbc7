"""From text to tokens: lines that are joined, comments that are set aside, bodies that are taken."""

from __future__ import annotations

import pytest

from stagegraph import DockerfileSyntaxError, Span
from stagegraph.source import SourceFile
from stagegraph.syntax.lexemes import MAX_LINE_BYTES, LineReader


def kinds_of(text: str) -> list[str]:
    return [kind for kind, _ in LineReader(SourceFile(text)).lexemes()]


def read_all(text: str, *, tolerant: bool = False) -> LineReader:
    reader = LineReader(SourceFile(text), tolerant=tolerant)
    list(reader.lexemes())
    return reader


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("FROM alpine\n", ["INSTRUCTION"]),
        ("RUN\n", ["INSTRUCTION"]),
        ("COPY --link\n", ["INSTRUCTION"]),
        ("COPY --link --from=x a b\n", ["INSTRUCTION"]),
        ("RUN <<a <<b\na\nb\n", ["ANNOUNCEMENT", "HEREDOC", "HEREDOC"]),
        ("COPY --link <<a /\na\n", ["ANNOUNCEMENT", "HEREDOC"]),
        ("# comment\n\nRUN a\n", ["INSTRUCTION"]),
        ("CMD <<a\n", ["INSTRUCTION"]),
        ('RUN ["<<a"]\n', ["INSTRUCTION"]),
        ("ONBUILD RUN <<a\na\n", ["ANNOUNCEMENT", "HEREDOC"]),
        ("ONBUILD CMD <<a\n", ["INSTRUCTION"]),
    ],
)
def test_tokens(text: str, kinds: list[str]) -> None:
    assert kinds_of(text) == kinds


def test_what_is_no_instruction_is_set_aside() -> None:
    reader = read_all("# escape=`\n# comment\n \nRUN a\n  # indented\n")
    assert [(type(node).__name__, node.text, node.span) for node in reader.trivia] == [
        ("Directive", "# escape=`\n", Span(0, 11, 1, 1)),
        ("Comment", "# comment\n", Span(11, 21, 2, 2)),
        ("BlankLine", " \n", Span(21, 23, 3, 3)),
        ("Comment", "  # indented\n", Span(29, 42, 5, 5)),
    ]
    assert reader.escape == "`"


def test_an_empty_line_inside_a_continuation_is_noted() -> None:
    reader = read_all("RUN a \\\n\n# comment\n b\nRUN c \\\n# comment\n d\n")
    assert [(one.line, one.span.first_line) for one in reader.empty_continuations] == [("RUN a  b", 4)]


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("", "file with no instructions", None),
        ("# comment\n", "file with no instructions", 1),
        ("# escape=x\nRUN a\n", "invalid escape token 'x' does not match ` or \\", 1),
        ("# syntax=a\n# syntax=b\nRUN a\n", "only one syntax parser directive can be used", 2),
        ("RUN a\nRUN <<x\nb\n", "unterminated heredoc", 2),
        ("RUN a\nCMD [1]\n", "when using JSON array syntax, arrays must be comprised of strings only", 2),
        ("RUN a\n\nENV A\n", "ENV must have two arguments", 3),
        ("LABEL a=b c\n", 'Syntax error - can\'t find = in "c". Must be of the form: name=value', 1),
        ("ONBUILD ENV A\n", "ENV must have two arguments", 1),
        ("HEALTHCHECK CMD [1]\n", "when using JSON array syntax, arrays must be comprised of strings only", 1),
        ("RUN a\n" + "x" * 65_536, "dockerfile line greater than max allowed size of 65535", 2),
        ("x" * 65_536 + "\nRUN a", "file with no instructions", None),
        ("RUN <<a\n" + "x" * 65_536 + "\na\n", "unterminated heredoc", 1),
        ("RUN a\n" + "é" * 32_768, "dockerfile line greater than max allowed size of 65535", 2),
    ],
    ids=lambda value: str(value)[:30],
)
def test_refused(text: str, message: str, line: int | None) -> None:
    with pytest.raises(DockerfileSyntaxError) as caught:
        read_all(text)
    assert (caught.value.message, caught.value.line) == (message, line)


@pytest.mark.parametrize("text", ["RUN " + "x" * (MAX_LINE_BYTES - 4), "RUN " + "é" * 32_765 + "x"])
def test_the_longest_line(text: str) -> None:
    assert len(text.encode()) == MAX_LINE_BYTES
    assert kinds_of(text) == ["INSTRUCTION"]
    assert kinds_of(text[:-1] + "\\\n" + "y" * MAX_LINE_BYTES) == ["INSTRUCTION"]


def test_a_tolerant_reader_goes_on() -> None:
    reader = read_all("# escape=x\nENV A\nRUN b\nCMD [1]\nRUN <<x\n", tolerant=True)
    assert [(problem.line, problem.message) for problem in reader.problems] == [
        (1, "invalid escape token 'x' does not match ` or \\"),
        (2, "ENV must have two arguments"),
        (4, "when using JSON array syntax, arrays must be comprised of strings only"),
        (5, "unterminated heredoc"),
    ]
