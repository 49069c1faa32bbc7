from __future__ import annotations

import pytest

import stagegraph


@pytest.mark.parametrize(
    ("text", "names"),
    [
        # before the first stage
        ("ARG A=1\nFROM a\n", ["A=1"]),
        ("ARG A=1 B=2\nFROM a:$B\n", ["A=1"]),
        ("ARG A=1\nFROM a:$A\n", []),
        ("ARG A=1\nFROM --platform=$A a\n", []),
        ("ARG A=1\nARG B=$A\nFROM a:$B\n", []),
        ("ARG A=1 B=$A\nFROM a:$B\n", []),
        ("ARG A=1\nFROM a\nARG A\nRUN b\n", []),
        # a value of its own hides the global one
        ("ARG A=1\nFROM a\nARG A=2\nRUN b\n", ["A=1"]),
        ("ARG A=1\nFROM a\nONBUILD ARG A\n", []),
        ("ARG A=1\nFROM a\nRUN echo $A\n", ["A=1"]),
        ("ARG BUILDKIT_SYNTAX=x HTTP_PROXY=y SOURCE_DATE_EPOCH=0 TARGETARCH=z\nFROM a\n", []),
        # in a stage
        ("FROM a\nARG A\n", ["A"]),
        ("FROM a\nARG A\nLABEL b=$A\n", []),
        ("FROM a\nARG A\nRUN b\n", []),
        ("FROM a\nRUN b\nARG A\nCOPY c d\n", ["A"]),
        ("FROM a\nARG A B=$A\nENV C=$B\n", []),
        ("FROM a\nARG A\nONBUILD RUN b\n", []),
        ("FROM a\nARG A\nCOPY <<E /x\n$A\nE\n", []),
        ("FROM a AS b\nARG A\nFROM b\nRUN c\n", []),
        ("FROM a AS b\nARG A\nFROM b\nENV C=$A\n", []),
        ("FROM a AS b\nARG A\nFROM b AS c\nFROM c\nRUN d\n", []),
        ("FROM a AS b\nARG A\nFROM c\nCOPY --from=b d e\nRUN f\n", ["A"]),
        ("ARG N=b\nFROM a AS b\nARG A\nFROM $N\nRUN f\n", []),
        ("FROM a AS b\nARG A\nFROM b AS c\nFROM c\nENV D=$A\n", []),
        ("FROM a\nARG A B\nARG C\n", ["A", "B", "C"]),
        ("FROM a\nARG AB\nENV C=$A D=${ABC}\n", ["AB"]),
        ("FROM a\nARG 'A'=1\n", []),  # a name that nothing can use
    ],
)
def test_what_is_found(find, text, names):
    assert [text[one.span.start : one.span.end] for one in find(text)] == names


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("ARG A=1\nFROM a\n", 'no FROM uses the argument "A", and no stage takes its value'),
        ("FROM a AS b\nARG A\n", 'nothing in stage "b" uses the argument "A" after this'),
    ],
)
def test_the_message(find, text, message):
    assert [one.message for one in find(text)] == [message]


def test_a_file_that_is_not_whole():
    assert stagegraph.lint("ARG A\nFROM a\nCOPY x\n").silences["unused-build-arg"] == "a build of the file fails"
