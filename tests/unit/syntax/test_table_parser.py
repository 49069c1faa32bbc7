"""The loop over Lark's table makes what Lark's own loop makes."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark, Token, Tree
from lark.lexer import Lexer

from stagegraph.syntax.table_parser import TableParser

GRAMMAR = files("stagegraph.syntax").joinpath("dockerfile.lark").read_text(encoding="utf-8")
# What is under `x` leads to one state behind `A`, and to another behind `B`.
CROSSED = "start: A x C | B x D\nx: y\ny: E\n%declare A B C D E\n"
KINDS = st.lists(
    st.just(["INSTRUCTION"]) | st.integers(1, 3).map(lambda bodies: ["ANNOUNCEMENT", *["HEREDOC"] * bodies]),
)


class _Words(Lexer):
    """Hands Lark the words of a text as tokens, each of the kind that it says."""

    __future_interface__ = 2

    def __init__(self, lexer_conf: object) -> None:
        pass

    def lex(self, lexer_state: object, _: object) -> Iterator[Token]:
        return (Token(kind, kind) for kind in lexer_state.text.text.split())  # type: ignore[attr-defined]


def table_of(grammar: str, start: str) -> TableParser:
    lark = Lark(grammar, parser="lalr", start=start, lexer=_Words, _plugins={"LALR_Parser": TableParser})
    table = lark.parser.parser
    assert isinstance(table, TableParser)
    return table


OURS = table_of(GRAMMAR, "dockerfile")
LARKS = Lark(GRAMMAR, parser="lalr", start="dockerfile", lexer=_Words)


@given(KINDS)
def test_both_loops_make_the_same_tree(instructions: list[list[str]]) -> None:
    kinds = [kind for instruction in instructions for kind in instruction]
    ours = OURS.read((kind, Token(kind, kind)) for kind in kinds)
    assert isinstance(ours, Tree)
    assert ours == LARKS.parse(" ".join(kinds))


def test_a_grammar_whose_reductions_need_a_stack_of_states_is_refused() -> None:
    with pytest.raises(AssertionError, match="what is under x leads to several states"):
        table_of(CROSSED, "start")
