from __future__ import annotations

import pytest

import stagegraph
from stagegraph import DeclaredTarget, LintConfiguration, UnknownTargets

TEXT = "FROM a AS builder\nFROM a\n"


@pytest.mark.parametrize(
    ("targets", "messages"),
    [
        (None, []),
        (["builder", "BUILDER", None], []),
        (["nope"], ['the target "nope" names no stage']),
        (["biulder"], ['the target "biulder" names no stage; did you mean builder?']),
        (["0", "stage-1"], ['the target "0" names no stage', 'the target "stage-1" names no stage']),
        (
            [DeclaredTarget("nope", origin="service web in compose.yaml")],
            ['the target "nope" (service web in compose.yaml) names no stage'],
        ),
    ],
)
def test_what_is_found(find, targets, messages):
    found = find(TEXT, targets=targets)
    assert [(one.message, one.line, one.span) for one in found] == [(message, None, None) for message in messages]


@pytest.mark.parametrize(
    ("text", "targets", "reason"),
    [
        (TEXT, UnknownTargets("nobody knows"), "nobody knows"),
        ("FORM a AS b\nFROM c\n", ["b"], "a build of the file fails"),
    ],
)
def test_where_it_cannot_know(text, targets, reason):
    only = LintConfiguration(select=["target-not-found"])
    findings = stagegraph.lint(text, targets=targets, configuration=only)
    assert (list(findings), findings.silences) == ([], {"target-not-found": reason})
