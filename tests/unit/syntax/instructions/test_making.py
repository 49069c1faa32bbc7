"""Instructions that are read from a text."""

from __future__ import annotations

import attrs
import pytest

from stagegraph.lazily import lazy
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.instructions import KEYWORDS, Instruction, Run
from stagegraph.syntax.instructions.making import ASKED_FOR, make_instruction

SOURCE = SourceFile("RUN  echo\n")


def made(kind: type[Instruction]) -> Instruction:
    return make_instruction(kind, "RUN", (), "echo", Span(0, 10, 1, 1), "\\", "RUN  echo", SOURCE)


@pytest.mark.parametrize("kind", KEYWORDS.values())
def test_it_is_what_the_class_makes(kind: type[Instruction]) -> None:
    one = made(kind)
    assert type(one) is kind
    assert one == kind("RUN", (), "echo")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.keyword = "CMD"  # type: ignore[misc]


def test_it_knows_its_text_and_a_changed_copy_does_not() -> None:
    one = made(Run)
    assert (one.line, one.text) == ("RUN  echo", "RUN  echo\n")
    changed = attrs.evolve(one, arguments="true")
    assert (changed.line, changed.text) == ("RUN true", "RUN true\n")


def test_room_is_made_for_what_there_is() -> None:
    """A name that no instruction has any more would take room in each of them for nothing."""
    classes = {cls for kind in KEYWORDS.values() for cls in kind.__mro__}
    assert [name for name in ASKED_FOR if not any(isinstance(vars(cls).get(name), lazy) for cls in classes)] == []
