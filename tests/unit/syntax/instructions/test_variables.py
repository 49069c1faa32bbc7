"""`ARG`, `ENV` and `LABEL`."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import Arg, Argument, Env, Instruction, Label
from stagegraph.syntax.pairs import Pair


def read(text: str) -> Instruction:
    (instruction,) = stagegraph.parse(f"{text}\n").instructions
    return instruction


@pytest.mark.parametrize(
    ("arguments", "declared"),
    [
        ("A", (Argument("A", None),)),
        ("A=", (Argument("A", ""),)),
        ("A=1 B C=$A", (Argument("A", "1"), Argument("B", None), Argument("C", "$A"))),
        ("A='b c' D", (Argument("A", "'b c'"), Argument("D", None))),
        ("A=b=c", (Argument("A", "b=c"),)),
        ("--flag A=1", (Argument("A", "1"),)),
    ],
)
def test_declared(arguments: str, declared: tuple[Argument, ...]) -> None:
    arg = read(f"ARG {arguments}")
    assert isinstance(arg, Arg)
    arg.check()
    assert arg.declared == declared


@pytest.mark.parametrize("keyword", ["ENV", "LABEL"])
@pytest.mark.parametrize(
    ("arguments", "pairs"),
    [
        ("A=1 B='2 3'", (Pair("A", "1"), Pair("B", "'2 3'"))),
        ("A b c=d", (Pair("A", "b c=d", separator=""),)),
        ("A=1 \\\n  B=2", (Pair("A", "1"), Pair("B", "2"))),
    ],
)
def test_pairs(keyword: str, arguments: str, pairs: tuple[Pair, ...]) -> None:
    instruction = read(f"{keyword} {arguments}")
    assert isinstance(instruction, Env | Label)
    instruction.check()
    assert instruction.pairs == pairs


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ARG", "ARG requires at least one argument"),
        ("ARG =x", "ARG names can not be blank"),
        ("ARG A =x", "ARG names can not be blank"),
        ("ENV", "ENV requires at least one argument"),
        ("LABEL", "LABEL requires at least one argument"),
        ("ENV =x", "ENV names can not be blank"),
        ("LABEL a=b =x", "LABEL names can not be blank"),
        ("ENV --x a=b", "unknown flag: --x"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(text).check()
    assert caught.value.message == message
