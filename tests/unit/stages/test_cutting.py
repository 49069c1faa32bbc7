"""Where stages begin, and what is wrong before names mean anything."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import InstructionError
from stagegraph.stages.cutting import cut


def test_stages() -> None:
    dockerfile = stagegraph.parse("ARG A=1\nARG B\nFROM a AS Base\nRUN x\nRUN y\nFROM b\nFROM c as d\nRUN z\n")
    found = cut(dockerfile)
    assert [arg.arguments for arg in found.global_args] == ["A=1", "B"]
    assert [(stage.index, stage.name, stage.display_name) for stage in found.stages] == [
        (0, "base", "base"),
        (1, None, "stage-1"),
        (2, "d", "d"),
    ]
    assert [[one.arguments for one in stage.instructions] for stage in found.stages] == [["x", "y"], [], ["z"]]
    assert found.source is dockerfile.source


def test_a_file_of_arguments_has_no_stages() -> None:
    assert cut(stagegraph.parse("ARG A\n")).stages == ()


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("RUN x\nFROM a\n", "no build stage in current context", 1),
        ("ARG A\nENV A=1\nFROM a\n", "no build stage in current context", 2),
        ("FROM a AS t\nFROM b\nCOPY one\n", None, 3),
        ("EXPOSE\nFROM a\n", "EXPOSE requires at least one argument", 1),
        ("FROM a\nRUNN x\nEXPOSE\n", "unknown instruction: RUNN (did you mean RUN?)", 2),
    ],
)
def test_every_instruction_of_the_file_is_checked(text: str, message: str | None, line: int) -> None:
    with pytest.raises(InstructionError) as caught:
        cut(stagegraph.parse(text))
    assert caught.value.line == line
    assert message is None or caught.value.message == message
