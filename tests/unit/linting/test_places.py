"""The exact places of build checks."""

from __future__ import annotations

import pytest

import stagegraph


@pytest.mark.parametrize(
    ("text", "rule", "words"),
    [
        ("FROM a AS Build\n", "StageNameCasing", ["Build"]),
        ("FROM a as b\n", "FromAsCasing", ["as"]),
        ("FROM a \\\n  as b\n", "FromAsCasing", ["as"]),
        ("FROM a AS b\nFROM c AS b\n", "DuplicateStageName", ["b"]),
        ("FROM a AS scratch\n", "ReservedStageName", ["scratch"]),
        ("FROM a\nrun b\n", "ConsistentInstructionCasing", ["run"]),
        ("from a\nfrom b\nFROM c\n", "ConsistentInstructionCasing", ["FROM"]),
        ("FROM a\nMAINTAINER me\n", "MaintainerDeprecated", ["MAINTAINER"]),
        ('FROM a\nCMD ["b"]\nCMD ["c"]\n', "MultipleInstructionsDisallowed", ["CMD"]),
        ("FROM a\nCMD b c\n", "JSONArgsRecommended", ["b c"]),
        ("FROM a\nENV b c\n", "LegacyKeyValueFormat", ["b c"]),
        ("FROM a\nWORKDIR b\n", "WorkdirRelativePath", ["b"]),
        ("FROM --platform=linux/amd64 a AS b\n", "FromPlatformFlagConstDisallowed", ["--platform=linux/amd64"]),
        ("FROM --platform=$TARGETPLATFORM a\n", "RedundantTargetPlatform", ["--platform=$TARGETPLATFORM"]),
        ("ARG A\nFROM b:$A\n", "InvalidDefaultArgInFrom", ["b:$A"]),
        ("FROM b:${A:-1}\n", "UndefinedArgInFrom", ["${A:-1}"]),
        ("FROM --platform=${A:-linux/amd64} b\n", "UndefinedArgInFrom", ["${A:-linux/amd64}"]),
        ("FROM a\nENV B=$C D=x${E}\n", "UndefinedVar", ["$C", "${E}"]),
        ("FROM a\nENV B=x \\\n  C=$D\n", "UndefinedVar", ["$D"]),
        ("FROM a\nARG X\nENV B=${X:-$C}\n", "UndefinedVar", ["$C"]),
        ("FROM a\nENV B=$CD C=$C\n", "UndefinedVar", ["$CD", "$C"]),
        ("FROM a\nEXPOSE 180/TCP 80/TCP\n", "ExposeProtoCasing", ["180/TCP", "80/TCP"]),
        ("FROM a\nARG TOKEN=1\n", "SecretsUsedInArgOrEnv", ["TOKEN"]),
        ("FROM a\nENV A=1 MY_SECRET=$A\n", "SecretsUsedInArgOrEnv", ["MY_SECRET"]),
        ("FROM a\nEXPOSE 80 90/TCP\n", "ExposeProtoCasing", ["90/TCP"]),
        ("FROM a\nEXPOSE 80 1:90\n", "ExposeInvalidFormat", ["1:90"]),
        ("FROM a\nRUN b \\\n\n  c\n", "NoEmptyContinuation", [""]),
        # a trigger is blamed on the FROM that brings it in, which has no such words
        ("FROM a AS b\nONBUILD WORKDIR c\nFROM b\n", "WorkdirRelativePath", ["FROM b"]),
        # words in quotes are not where the message has them
        ("FROM a\nENV \"B\"=$'C'\n", "UndefinedVar", []),
    ],
)  # fmt: skip
def test_place_of_a_check(text, rule, words):
    found = [one for one in stagegraph.lint(text) if one.rule == rule]
    assert [text[one.span.start : one.span.end] for one in found] == words


def test_the_line_is_buildkits_and_the_span_is_exact():
    found = stagegraph.lint("FROM a\nENV B=x \\\n  C=$D\n")
    assert [(one.line, one.span.first_line) for one in found] == [(2, 3)]


def test_an_empty_line_is_found_where_it_is():
    found = stagegraph.lint("FROM a\nRUN b \\\n  \n\n  c \\\n  # d\n  e\n")
    assert [(one.rule, one.line, one.span.first_line) for one in found] == [("NoEmptyContinuation", 7, 4)]


def test_of_an_error_the_instruction_without_its_line_ending():
    text = "FROM a\n\n  COPY b \n"
    found = stagegraph.lint(text)
    assert [text[one.span.start : one.span.end] for one in found] == ["COPY b"]
