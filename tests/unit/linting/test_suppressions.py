"""Comments that suppress findings."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import LintConfiguration

TWO = "FROM a AS b\nFROM c\n"


def found(text: str, **options) -> list[tuple[int | None, str]]:
    return [(one.line, one.rule) for one in stagegraph.lint(text, **options)]


@pytest.mark.parametrize(
    "comments",
    [
        "# stagegraph: ignore=index-reference\n",
        "# stagegraph: ignore=index-reference because the order is generated\n",
        "#stagegraph:ignore=index-reference\n",
        "  #  stagegraph:  ignore = index-reference  why not\n",
        "# stagegraph: ignore=index-reference\r\n",
        "# stagegraph: ignore=index-reference\n\n# another comment\n#\n",
        "# why\n# stagegraph: ignore=index-reference\n",
    ],
)
def test_a_finding_of_the_instruction_below_is_suppressed(comments):
    assert found(f"{TWO}{comments}COPY --from=0 x y\n") == []


def test_several_rules_in_one_comment_and_in_several():
    text = "FROM a AS b\nFROM c\n{}COPY --from=0 / y\n"
    assert found(text.format("")) == [(3, "copies-whole-stage"), (3, "index-reference")]
    assert found(text.format("# stagegraph: ignore=index-reference,copies-whole-stage reason\n")) == []
    assert found(text.format("# stagegraph: ignore=index-reference , copies-whole-stage reason\n")) == []
    assert found(text.format("# stagegraph: ignore=index-reference\n# stagegraph: ignore=copies-whole-stage\n")) == []
    assert found(text.format("# stagegraph: ignore=index-reference\n")) == [(4, "copies-whole-stage")]


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("# stagegraph: ignore=StageNameCasing\nFROM a AS B\n", "StageNameCasing"),
        ("# stagegraph: ignore=dead-stage\nFROM a AS b\nRUN x\nFROM c\n", "dead-stage"),
        ("FROM a\n# stagegraph: ignore=build-error\nEXPOSE many\n", "build-error"),
        # these are found in lines behind the first one of the instruction
        ("FROM a\n# stagegraph: ignore=UndefinedVar\nENV B=1 \\\n  C=$D\n", "UndefinedVar"),
        ("FROM a\n# stagegraph: ignore=NoEmptyContinuation\nRUN b \\\n\n  c\n", "NoEmptyContinuation"),
    ],
)
def test_findings_of_every_kind(text, rule):
    without = "".join(line for line in text.splitlines(keepends=True) if "stagegraph" not in line)
    assert [one for _, one in found(without)] == [rule]
    assert found(text) == []


@pytest.mark.parametrize(
    ("comment", "message"),
    [
        ("ignore=index-reference", "index-reference has nothing to say about this instruction"),
        ("ignore=index-refrence", 'no rule is called "index-refrence"; did you mean index-reference?'),
        ("ignore=wholly-unknown", 'no rule is called "wholly-unknown"'),
        ("ignore", "this is not understood; it is written # stagegraph: ignore=RULE reason"),
        ("ignore=", "this is not understood; it is written # stagegraph: ignore=RULE reason"),
        ("ingore=index-reference", "this is not understood; it is written # stagegraph: ignore=RULE reason"),
    ],
)
def test_a_comment_that_suppresses_nothing(comment, message):
    text = f"FROM a\n  # stagegraph: {comment} \nRUN b\n"
    (finding,) = stagegraph.lint(text)
    assert (finding.rule, finding.line, finding.message) == ("unused-suppression", 2, message)
    assert text[finding.span.start : finding.span.end] == f"# stagegraph: {comment}"


def test_a_comment_above_no_instruction():
    assert found("FROM a\nEXPOSE 80/TCP\n# stagegraph: ignore=ExposeProtoCasing\n") == [
        (2, "ExposeProtoCasing"),
        (3, "unused-suppression"),
    ]


def test_a_comment_counts_for_the_next_instruction_alone():
    text = f"{TWO}# stagegraph: ignore=index-reference\nRUN x\nCOPY --from=0 x y\n"
    assert found(text) == [(3, "unused-suppression"), (5, "index-reference")]


def test_what_cannot_be_known_is_not_called_unused():
    text = "# stagegraph: ignore=dead-stage\nFROM a AS b\nFROM b\n"
    assert found(text) == [(1, "unused-suppression")]
    assert found(text, targets=stagegraph.UnknownTargets("nobody knows")) == []
    assert found(text, configuration=LintConfiguration(ignore=["dead-stage"])) == []
    assert found(text, configuration=LintConfiguration(ignore=["unused-suppression"])) == []
    assert found(text, configuration=LintConfiguration(select=["dead-stage"])) == []


def test_other_comments_are_comments():
    assert found("FROM a\n# stagegraph is a tool\n# we like stagegraph: ignore=x\nRUN b\n") == []
    assert found("FROM a\nRUN b \\\n# stagegraph: ignore=x\n  c\n") == []
