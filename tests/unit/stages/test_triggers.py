"""The one instruction that a trigger is."""

from __future__ import annotations

import pytest

from stagegraph import Heredoc
from stagegraph.errors import Complaint
from stagegraph.stages.triggers import read_trigger
from stagegraph.syntax.instructions import Copy, Run


def test_triggers() -> None:
    assert read_trigger("RUN a b") == Run("RUN", (), "a b")
    assert read_trigger("COPY --from=x a b") == Copy("COPY", ("--from=x",), "a b")
    assert read_trigger("RUN <<E\nx\nE") == Run("RUN", (), "<<E", (Heredoc("E", "x\n"),))
    assert read_trigger("RUN a \\\n b").arguments == "a  b"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "file with no instructions"),
        ("RUN a\nRUN b", "onbuild trigger should be a single expression"),
        ("NONSENSE x", "unknown instruction: NONSENSE"),
        ("FROM a", "*instructions.Stage is not a command type"),
        ("RUN <<E\nx", "unterminated heredoc"),
        ("EXPOSE", "EXPOSE requires at least one argument"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read_trigger(text)
    assert caught.value.message == message
