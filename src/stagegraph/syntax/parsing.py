"""Text → `Dockerfile`, by the grammar in `dockerfile.lark`."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from operator import attrgetter
from typing import TYPE_CHECKING, cast

from lark import Lark, Transformer
from lark.lexer import Lexer

from stagegraph.errors import Complaint, InstructionError, StageGraphError
from stagegraph.quickly import maker_of
from stagegraph.source import SourceFile
from stagegraph.syntax.heredocs import Heredoc
from stagegraph.syntax.instructions import Instruction
from stagegraph.syntax.lexemes import Lexeme, LineReader
from stagegraph.syntax.nodes import Dockerfile, Node
from stagegraph.syntax.table_parser import TableParser

if TYPE_CHECKING:
    from lark.common import LexerConf
    from lark.lexer import LexerState


_dockerfile = maker_of(Dockerfile)
Grown = list[Instruction]
"""The instructions that were read so far."""


def parse_source(source: SourceFile, *, tolerant: bool = False) -> Dockerfile:
    """The tree of a text.

    With `tolerant`, nothing is raised: the tree is as good as can be, and its `problems` are all
    that either layer of the builders refuses, in the order of the file.

    Raises:
        DockerfileSyntaxError: what BuildKit's line parser raises, unless tolerant.
    """
    reader = LineReader(source, tolerant=tolerant)
    instructions = tuple(cast("Grown", _table().read(reader.lexemes())))
    problems = _problems(reader, instructions) if tolerant else ()
    nodes, continuations = _in_order(reader, instructions), tuple(reader.empty_continuations)
    return _dockerfile(nodes, reader.escape, source, problems, continuations).know(instructions)


def instruction_error(instruction: Instruction, source: SourceFile | None) -> StageGraphError | None:
    """What the builders' second layer refuses about `instruction`, or None."""
    try:
        instruction.check()
    except Complaint as complaint:
        return InstructionError.of(complaint, source, instruction.span)
    return None


def _in_order(reader: LineReader, instructions: tuple[Instruction, ...]) -> tuple[Node, ...]:
    """Instructions and what was set aside, as they stand in the text."""
    if not reader.trivia:
        return instructions
    return tuple(sorted([*reader.trivia, *instructions], key=attrgetter("span")))


def _problems(reader: LineReader, instructions: tuple[Instruction, ...]) -> tuple[StageGraphError, ...]:
    """What both layers refuse; an instruction refused by the first is not asked of the second."""
    refused = {problem.line for problem in reader.problems}
    typing = (instruction_error(one, reader.source) for one in instructions if one.first_line not in refused)
    problems: list[StageGraphError] = [*reader.problems, *(problem for problem in typing if problem)]
    return tuple(sorted(problems, key=lambda problem: problem.line or 0))


class _ReaderLexer(Lexer):
    """Hands Lark the tokens of the `LineReader` that is parsed."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: LexerConf) -> None:
        """Nothing to configure: the grammar declares its terminals and says no more of them."""

    def lex(self, lexer_state: LexerState, _: object) -> Iterator[Lexeme]:  # type: ignore[override]
        """The tokens; Lark's own type is `Token`, but it asks no more of one than these have."""
        return cast("LineReader", lexer_state.text).lexemes()


class _TreeBuilder(Transformer[Lexeme, Grown]):
    """What each rule of the grammar makes: the list of instructions so far, with one more."""

    def no_instructions(self, _: tuple[()]) -> Grown:
        return []

    def plain_instruction(self, parts: tuple[Grown, Instruction]) -> Grown:
        grown, instruction = parts
        grown.append(instruction)
        return grown

    def instruction_with_heredocs(self, parts: tuple[Grown, Instruction, list[Heredoc]]) -> Grown:
        grown, instruction, heredocs = parts
        instruction.know({"heredocs": tuple(heredocs)})
        grown.append(instruction)
        return grown

    def first_heredoc(self, parts: list[Heredoc]) -> list[Heredoc]:
        return parts

    def next_heredoc(self, parts: tuple[list[Heredoc], Heredoc]) -> list[Heredoc]:
        heredocs, heredoc = parts
        heredocs.append(heredoc)
        return heredocs


@cache
def grammar() -> Lark:
    """The parser; one for all threads, as a parse keeps its state to itself."""
    text = files("stagegraph.syntax").joinpath("dockerfile.lark").read_text(encoding="utf-8")
    return Lark(
        text,
        parser="lalr",
        start="dockerfile",
        lexer=_ReaderLexer,
        transformer=_TreeBuilder(),
        _plugins={"LALR_Parser": TableParser},
    )


@cache
def _table() -> TableParser:
    """The table inside the parser, to be run without the layers around it."""
    table = grammar().parser.parser
    assert isinstance(table, TableParser)
    return table
