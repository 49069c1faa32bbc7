"""What every instruction has: keyword, flags, arguments, and the line that builders print."""

from __future__ import annotations

import attrs
import pytest

import stagegraph
from stagegraph import Heredoc, Span
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import (
    KEYWORDS,
    Copy,
    From,
    Instruction,
    Run,
    Unknown,
    instruction_class,
    read_line,
)


def read(text: str) -> Instruction:
    (instruction,) = stagegraph.parse(text, tolerant=True).instructions
    return instruction


@pytest.mark.parametrize(
    ("text", "keyword", "flags", "arguments", "line"),
    [
        ("RUN a b\n", "RUN", (), "a b", "RUN a b"),
        ("  rUn \t a  b \r\n", "rUn", (), "a  b", "rUn \t a  b"),
        ("COPY --from='a b'  --link  x y\n", "COPY", ("--from=a b", "--link"), "x y", "COPY --from='a b'  --link  x y"),
        ("RUN a \\\n\n  # no\n\tb\n", "RUN", (), "a \tb", "RUN a \tb"),
        ("RUN\n", "RUN", (), "", "RUN"),
        ("COPY --link\n", "COPY", ("--link",), "", "COPY --link"),
        ("RU\\\nN a\n", "RUN", (), "a", "RUN a"),
        ("RUN\\\n a\n", "RUN", (), "a", "RUN a"),
        ("RUN a \\  \nb\n", "RUN", (), "a b", "RUN a b"),
        ("RUN a\\\\\n", "RUN", (), "a\\\\", "RUN a\\\\"),
        ("RUN a \\\n", "RUN", (), "a", "RUN a"),
        ("RUN a # b\n", "RUN", (), "a # b", "RUN a # b"),
        ("RUN\xa0a\n", "RUN\xa0a", (), "", "RUN\xa0a"),
        ("\xa0RUN a\xa0\n", "RUN", (), "a", "RUN a"),
        ("RUN <<E\nx\nE\n", "RUN", (), "<<E", "RUN <<E"),
        ("RUN \u2003a\n", "RUN", (), "a", "RUN \u2003a"),
        ("\\\nRUN a\n", "RUN", (), "a", "RUN a"),
    ],
)
def test_parts(text: str, keyword: str, flags: tuple[str, ...], arguments: str, line: str) -> None:
    instruction = read(text)
    assert (instruction.keyword, instruction.flags, instruction.arguments) == (keyword, flags, arguments)
    assert instruction.line == line
    assert instruction.name == keyword.upper()
    assert instruction.text == text


def test_the_place() -> None:
    run = stagegraph.parse("FROM a\n\nRUN b \\\n\n c\n").instructions[1]
    assert (run.first_line, run.last_line) == (3, 5)
    assert run.span == Span(8, 20, 3, 5)


def test_instructions_are_equal_when_they_say_the_same() -> None:
    assert read("RUN a \\\n b\n") == read("  RUN   a  b") == Run("RUN", (), "a  b")
    assert read("RUN a\n") != read("run a\n")
    assert read("COPY --link a b\n") != read("COPY a b\n")
    assert read("RUN <<E\na\nE\n") != read("RUN <<E\nb\nE\n")
    assert Run("RUN", (), "a") != From("RUN", (), "a")


def test_a_changed_copy_prints_its_content() -> None:
    run = read("  run  --network=none \\\n cat <<E\nbody\nE\n")
    changed = attrs.evolve(run, keyword="RUN")
    assert changed.line == "RUN --network=none cat <<E"
    assert changed.text == "RUN --network=none cat <<E\nbody\nE\n"
    assert run.text == "  run  --network=none \\\n cat <<E\nbody\nE\n"


@pytest.mark.parametrize("keyword", sorted(KEYWORDS))
def test_every_keyword_in_any_case(keyword: str) -> None:
    kind = KEYWORDS[keyword]
    assert {instruction_class(one) for one in (keyword, keyword.upper(), keyword.title())} == {kind}
    assert isinstance(read(f"{keyword.title()} x\n"), kind)


@pytest.mark.parametrize("keyword", ["", "runn", "FROMM", "\u212a", "run:"])
def test_other_keywords(keyword: str) -> None:
    assert instruction_class(keyword) is Unknown


def test_read_line_has_no_place() -> None:
    copy = read_line("  COPY --from=a b c ", "\\")
    assert copy == Copy("COPY", ("--from=a",), "b c")
    assert copy.span is None
    assert copy.heredocs == ()


def test_what_an_instruction_has_no_flags_for_is_refused() -> None:
    with pytest.raises(Complaint) as caught:
        read("USER --x=1 me\n").check()
    assert caught.value.message == "unknown flag: --x"


def test_heredocs_belong_to_the_instruction() -> None:
    run = read("RUN cat <<one 3<<-'two'\n$A\none\n\tb\n\ttwo\n")
    assert run.heredocs == (
        Heredoc("one", "$A\n"),
        Heredoc("two", "\tb\n", expand=False, chomp=True, file_descriptor=3),
    )
    assert (run.first_line, run.last_line) == (1, 5)
