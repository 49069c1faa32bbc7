"""Text → tree: lossless, tolerant where that is asked for, one grammar for all threads."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import attrs
import pytest
from lark import Lark
from lark.parsers.lalr_analysis import IntParseTable

import stagegraph
from stagegraph import BlankLine, Comment, DockerfileSyntaxError, InstructionError
from stagegraph.syntax.instructions import Instruction
from stagegraph.syntax.parsing import grammar

CONFORMANCE = Path(__file__).parents[2] / "conformance"
TEXTS = sorted(
    {
        json.loads(line)["dockerfile"]
        for path in CONFORMANCE.glob("*.jsonl")
        for line in path.read_text(encoding="utf-8").splitlines()
    }
)
ODD = [
    "",
    "\n",
    "FROM a",
    "FROM a\r\n\r\nRUN b\r\n",
    "\ufeffFROM a\n# x",
    "  FROM a \\\n",
    "FROM a\nRUN <<E\n\n#\n\\\nE",
    "RUN a\\\n\n\n  # b\n",
    "\\\n",
    "FROM a\nENV A\nCMD [1]\nCOPPY x\nRUN <<E\n",
    "FROM a\nRUN b\udcff\n",
    "FROM a\n" + "x" * 70_000 + "\nRUN b\n",
    "# syntax=a\n#escape=`\nRUN a`\n b\n",
]


def is_accepted(text: str) -> bool:
    """Whether the line parser accepts a text."""
    try:
        stagegraph.parse(text)
    except DockerfileSyntaxError:
        return False
    return True


ACCEPTED = [text for text in TEXTS if is_accepted(text)]


@pytest.mark.parametrize("tolerant", [False, True])
def test_spans_tile_the_text_and_printing_gives_it_back(tolerant: bool) -> None:
    texts = [*TEXTS, *ODD] if tolerant else ACCEPTED
    assert len(texts) > 1500
    for text in texts:
        tree = stagegraph.parse(text, tolerant=tolerant)
        assert tree.text == text
        position = 1 if text.startswith("\ufeff") and not tree.nodes else 0
        for node in tree.nodes:
            span = node.span
            assert span is not None
            assert (span.start, text[span.start : span.end]) == (position, node.text)
            assert span.end > span.start
            assert span.first_line == text.count("\n", 0, span.start) + 1
            assert span.last_line == text.count("\n", 0, span.end - 1) + 1
            position = span.end
        assert position == len(text)


def test_bytes_come_back_as_they_were() -> None:
    for text in ACCEPTED:
        content = text.encode("utf-8", "surrogatepass")
        assert stagegraph.parse(content).to_bytes() == content
    every_byte = b"FROM a\nRUN echo " + bytes(set(range(256)) - {10}) + b"\n"
    assert stagegraph.parse(every_byte).to_bytes() == every_byte


def test_a_tree_made_without_a_text_parses_back_to_an_equal_tree() -> None:
    """What an instruction says survives, printed from its content alone."""
    for text in ACCEPTED:
        tree = stagegraph.parse(text)
        bare = attrs.evolve(
            tree,
            source=None,
            nodes=tuple(bare_copy(node) for node in tree.nodes if not isinstance(node, Comment | BlankLine)),
        )
        assert [_cut(one) for one in bare.instructions] == [_cut(one) for one in tree.instructions]
        again = stagegraph.parse(bare.text)
        assert again.instructions == tree.instructions, bare.text
        assert [_cut(one) for one in again.instructions] == [_cut(one) for one in tree.instructions]
        assert stagegraph.parse(again.text) == again


def bare_copy(node: object) -> object:
    return attrs.evolve(node, span=None) if isinstance(node, Instruction) else node


def test_changing_one_instruction_changes_only_its_bytes() -> None:
    for text in ACCEPTED:
        tree = stagegraph.parse(text)
        for place, node in enumerate(tree.nodes):
            if isinstance(node, Instruction) and not node.heredocs:
                changed = attrs.evolve(node, keyword="Run", flags=(), arguments="changed")
                edited = attrs.evolve(tree, nodes=(*tree.nodes[:place], changed, *tree.nodes[place + 1 :]))
                assert node.span is not None
                assert edited.text == f"{text[: node.span.start]}Run changed\n{text[node.span.end :]}"


def test_many_threads_parse_with_one_grammar() -> None:
    alone = [stagegraph.parse(text, tolerant=True) for text in TEXTS]
    with ThreadPoolExecutor(16) as pool:
        together = list(pool.map(lambda text: stagegraph.parse(text, tolerant=True), TEXTS))
    assert together == alone
    assert [tree.escape for tree in together] == [tree.escape for tree in alone]
    assert [[str(one) for one in tree.problems] for tree in together] == [
        [str(one) for one in tree.problems] for tree in alone
    ]
    assert grammar() is grammar()


def test_a_tolerant_parse_lists_the_problems_of_both_layers_in_the_order_of_the_file() -> None:
    text = "# syntax=a\n# syntax=b\nFROM\nENV A\nCOPPY a b\nCMD [1]\nRUN --from=x a\nEXPOSE\nRUN <<E\n"
    tree = stagegraph.parse(text, tolerant=True)
    assert tree.text == text
    assert [(type(one), one.line, one.message, one.suggestion) for one in tree.problems] == [
        (DockerfileSyntaxError, 2, "only one syntax parser directive can be used", None),
        (InstructionError, 3, "FROM requires either one or three arguments", None),
        (DockerfileSyntaxError, 4, "ENV must have two arguments", None),
        (InstructionError, 5, "unknown instruction: COPPY (did you mean COPY?)", "COPY"),
        (
            DockerfileSyntaxError,
            6,
            "when using JSON array syntax, arrays must be comprised of strings only",
            None,
        ),
        (InstructionError, 7, "unknown flag: --from", None),
        (InstructionError, 8, "EXPOSE requires at least one argument", None),
        (DockerfileSyntaxError, 9, "unterminated heredoc", None),
    ]
    assert [one.name for one in tree.instructions] == ["FROM", "ENV", "COPPY", "CMD", "RUN", "EXPOSE", "RUN"]


def test_a_parse_that_is_not_tolerant_says_what_the_first_layer_refuses() -> None:
    assert stagegraph.parse("COPPY a b\nEXPOSE\n").problems == ()
    with pytest.raises(DockerfileSyntaxError, match="ENV must have two arguments"):
        stagegraph.parse("COPPY a b\nENV A\n")


def test_every_tolerant_problem_has_a_place_in_the_text() -> None:
    for text in [*TEXTS, *ODD]:
        for problem in stagegraph.parse(text, tolerant=True).problems:
            if problem.span is not None:
                lines = text.split("\n")
                assert 0 <= problem.span.start <= problem.span.end <= len(text)
                assert problem.line is not None
                assert problem.column is not None
                assert problem.span.first_line == problem.line
                assert 1 <= problem.column <= len(lines[problem.line - 1]) + 1


def test_the_grammar_has_no_collisions() -> None:
    """`strict` refuses what Lark would resolve by itself."""
    text = files("stagegraph.syntax").joinpath("dockerfile.lark").read_text(encoding="utf-8")
    strict = Lark(text, parser="lalr", start="dockerfile", lexer=grammar().options.lexer, strict=True)
    assert {rule.alias for rule in strict.rules} == {rule.alias for rule in grammar().rules}


def test_the_grammar_stays_small() -> None:
    """Construction takes a few milliseconds as long as there are few rules, terminals and states."""
    lark = grammar()
    assert isinstance(lark.parser.parser._parse_table, IntParseTable)
    assert {terminal.name for terminal in lark.terminals} <= {"INSTRUCTION", "ANNOUNCEMENT", "HEREDOC"}
    assert len(lark.rules) <= 12
    assert len(lark.parser.parser._parse_table.states) <= 20


def _cut(instruction: Instruction) -> tuple[tuple[str, ...], bool]:
    return instruction.words, instruction.exec_form
