"""`ONBUILD`, and keywords that there are none of."""

from __future__ import annotations

import attrs
import pytest

import stagegraph
from stagegraph.errors import Complaint
from stagegraph.syntax.instructions import Copy, Env, Instruction, OnBuild, Run, Unknown


def read(text: str) -> Instruction:
    (instruction,) = stagegraph.parse(text).instructions
    return instruction


@pytest.mark.parametrize(
    ("text", "trigger", "expression"),
    [
        ("ONBUILD RUN a\n", Run("RUN", (), "a"), "RUN a"),
        ("onbuild \t run a  b\n", Run("run", (), "a  b"), "run a  b"),
        ("ONBUILD COPY --from=x a b\n", Copy("COPY", ("--from=x",), "a b"), "COPY --from=x a b"),
        ("ONBUILD ENV A=1  \n", Env("ENV", (), "A=1"), "ENV A=1  "),
        ("ONBUILD RUN a \\\n  b\n", Run("RUN", (), "a   b"), "RUN a   b"),
        ("ONBUILD RUN cat <<one <<-two\n1\none\n\t2\n\ttwo\n", Run("RUN", (), "cat <<one <<-two"), None),
    ],
)
def test_triggers(text: str, trigger: Instruction, expression: str | None) -> None:
    onbuild = read(text)
    assert isinstance(onbuild, OnBuild)
    onbuild.check()
    assert onbuild.trigger == trigger
    assert onbuild.expression == (expression or "RUN cat <<one <<-two\n1\none\n\t2\ntwo")


def test_a_changed_trigger() -> None:
    onbuild = attrs.evolve(read("ONBUILD RUN a  \n"), arguments="COPY b c")
    assert isinstance(onbuild, OnBuild)
    assert (onbuild.trigger, onbuild.expression) == (Copy("COPY", (), "b c"), "COPY b c")


def test_a_trigger_is_looked_at_when_it_runs() -> None:
    onbuild = read("ONBUILD NOPE x\n")
    assert isinstance(onbuild, OnBuild)
    onbuild.check()
    assert onbuild.trigger == Unknown("NOPE", (), "x")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ONBUILD\n", "ONBUILD requires at least one argument"),
        ("ONBUILD ONBUILD RUN x\n", "Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed"),
        ("ONBUILD from x\n", "FROM isn't allowed as an ONBUILD trigger"),
        ("ONBUILD Maintainer x\n", "MAINTAINER isn't allowed as an ONBUILD trigger"),
        ("ONBUILD --x RUN a\n", "unknown flag: --x"),
    ],
)
def test_refused(text: str, message: str) -> None:
    with pytest.raises(Complaint) as caught:
        read(text).check()
    assert caught.value.message == message


@pytest.mark.parametrize(
    ("keyword", "message"),
    [
        ("RUNN", "unknown instruction: RUNN (did you mean RUN?)"),
        ("form", "unknown instruction: form (did you mean from?)"),
        ("NONSENSE", "unknown instruction: NONSENSE"),
        ("<<EOF", "unknown instruction: <<EOF"),
    ],
)
def test_unknown_keywords(keyword: str, message: str) -> None:
    instruction = read(f"{keyword} a b\n")
    assert isinstance(instruction, Unknown)
    with pytest.raises(Complaint) as caught:
        instruction.check()
    assert caught.value.message == message


def test_a_lone_escape_is_an_instruction_without_a_keyword() -> None:
    with pytest.raises(Complaint) as caught:
        read("\\\n").check()
    assert caught.value.message == "unknown instruction: "
