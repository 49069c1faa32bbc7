"""Fixes: what they make of a text, and where they are not made."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import DeclaredTarget, Edit, Fix, LintConfiguration, Rule, UnknownTargets
from stagegraph.linting.fixing import MAX_ATTEMPTS
from stagegraph.syntax.parsing import parse_source


@pytest.mark.parametrize(
    ("before", "after"),
    [
        # index to name
        ("FROM a AS b\nFROM c\nCOPY --from=0 x y\n", "FROM a AS b\nFROM c\nCOPY --from=b x y\n"),
        # casing
        ("FROM a AS Bc\nFROM c\nCOPY --from=Bc x y\n", "FROM a AS bc\nFROM c\nCOPY --from=bc x y\n"),
        ("FROM a AS b\nFROM c\nCOPY --from=B x y\n", "FROM a AS b\nFROM c\nCOPY --from=b x y\n"),
        (
            "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=B,target=/b x\n",
            "FROM a AS b\nFROM c\nRUN --mount=type=bind,from=b,target=/b x\n",
        ),
        ("FROM a as b\n", "FROM a AS b\n"),
        ("from a AS b\nrun x\n", "from a as b\nrun x\n"),
        ("FROM a\nrun x\nCopy y z\n", "FROM a\nRUN x\nCOPY y z\n"),
        ("from a AS b\nfrom c\nFROM d\nCOPY --from=b x y\n", "FROM a AS b\nFROM d\nCOPY --from=b x y\n"),
        ("from a AS b\nfrom c\nCOPY --from=b x y\n", "from a as b\nfrom c\ncopy --from=b x y\n"),
        ("FROM a \\\n  as \\\n  Bc\n", "FROM a \\\n  AS \\\n  bc\n"),
        # dead stages
        ("FROM a AS b\nRUN x\n\nFROM c\n", "FROM c\n"),
        ("FROM a AS b\nRUN x\nFROM b AS d\nRUN y\nFROM c\n", "FROM c\n"),
        ("FROM a AS b\n\n# test it\n# well\nFROM b AS t\nRUN x\n\n# the app\nFROM b\n",
         "FROM a AS b\n\n# the app\nFROM b\n"),
        ("FROM a AS b\n# apart\n\nFROM b AS t\n\nFROM b\n", "FROM a AS b\n# apart\n\nFROM b\n"),
        # the comment at the head is on the file
        ("# Copyright\nFROM a AS b\nFROM c\n", "# Copyright\nFROM c\n"),
        ("# syntax=x\n# of the file\nFROM a AS b\nFROM c\n", "# syntax=x\n# of the file\nFROM c\n"),
        ("# check=skip=X\n\n# of b\nFROM a AS b\nFROM c\n", "# check=skip=X\n\nFROM c\n"),
        # heredocs and continued lines go with the stage
        ("FROM a AS b\nRUN <<E\nFROM x\nE\nRUN y \\\n # z\n z\nFROM c\n", "FROM c\n"),
        # a number behind the stage that goes becomes a name first
        (
            "FROM a AS b\nFROM a AS dead\nFROM a AS d\nFROM c\nCOPY --from=2 x y\n",
            "FROM a AS d\nFROM c\nCOPY --from=d x y\n",
        ),
        # everything at once, and the line endings as they were
        (
            "FROM a as Bc\r\nFROM bx:1 as t\r\nFROM c\r\nCOPY --from=0 x y\r\n",
            "FROM a AS bc\r\nFROM c\r\nCOPY --from=bc x y\r\n",
        ),
    ],
)  # fmt: skip
def test_what_fixes_make(before, after):
    fixed = stagegraph.fix(before)
    assert fixed.text == after
    assert fixed.refused == ()
    assert stagegraph.fix(after).text == after


def test_at_the_end_of_the_file():
    before = "FROM a AS b\nRUN x\n\n\n# test\nFROM b AS t\nRUN y\n\n"
    assert stagegraph.fix(before, targets=["b"]).text == "FROM a AS b\nRUN x\n"


def test_what_was_fixed_is_said():
    fixed = stagegraph.fix("FROM a AS b\nFROM c\nCOPY --from=0 x y\n")
    assert [(one.rule, one.fix.description) for one in fixed.applied] == [("index-reference", 'name stage "b"')]
    assert fixed.source.text == "FROM a AS b\nFROM c\nCOPY --from=0 x y\n"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        # a number that means a stage without a name, and would mean another one
        ("FROM a AS b\nFROM c\nFROM d\nCOPY --from=1 x y\n", ["dead-stage"]),
        # a build of the file fails before and after
        ("FROM a AS Bc\nFROM bc\nEXPOSE many\n", ["StageNameCasing"]),
        ("FROM a as b\nFROM c\nCOPY x\n", ["FromAsCasing"]),
        ("FROM $A\nrun x\n", ["ConsistentInstructionCasing"]),
    ],
)
def test_what_would_change_a_build_is_not_fixed(text, refused):
    fixed = stagegraph.fix(text)
    assert fixed.text == text
    assert [one.rule for one in fixed.refused] == refused


def test_one_fix_that_cannot_be_made_keeps_none_of_the_others():
    text = "FROM a AS dead\nFROM a as b\nFROM c\nFROM d AS e\nCOPY --from=2 x y\nCOPY --from=B x y\n"
    fixed = stagegraph.fix(text)
    assert fixed.text == text.replace("as b", "AS b").replace("=B", "=b")
    assert [one.rule for one in fixed.refused] == ["dead-stage"]


def editing(name: str, edit: Edit) -> Rule:
    """A rule that always wants one edit, once."""
    asked: list[str] = []

    def find(subject):
        asked.append(subject.source.text)
        if subject.source.text == asked[0]:
            yield rule.at(None, "x", fix=Fix("x", (edit,)))

    rule = Rule(name, "x", find=find)
    return rule


@pytest.mark.parametrize("changed", ["RUN other", "ENV A=2", "COPY a b", "FROM x", "EXPOSE no", "COPY"])
def test_a_fix_of_somebody_else_is_checked_as_well(changed):
    text = "FROM a\nRUN this\n"
    rule = editing("wrong", Edit(7, 15, changed))
    fixed = stagegraph.fix(text, rules=[rule])
    assert (fixed.text, [one.rule for one in fixed.refused]) == (text, ["wrong"])


def test_every_declared_target_counts():
    text = "FROM a AS b\nRUN x\nFROM a AS c\nFROM a AS d\n"
    assert stagegraph.fix(text, targets=["b", "d"]).text == "FROM a AS b\nRUN x\nFROM a AS d\n"
    assert stagegraph.fix(text, targets=["b", "c", "d"]).text == text
    assert stagegraph.fix(text, targets=["nope"]).text == text
    assert stagegraph.fix(text, targets=UnknownTargets("nobody knows")).text == text


def test_a_target_with_arguments_of_its_own():
    text = "ARG B=a\nFROM a AS x\nFROM $B as y\n"
    target = DeclaredTarget("y", build_args={"B": "$("})
    assert stagegraph.fix(text, targets=[target]).text == text  # that build fails, so nobody can tell
    assert stagegraph.fix(text, targets=[DeclaredTarget("y")]).text == "ARG B=a\nFROM a AS x\nFROM $B AS y\n"


def test_warnings_that_are_errors_do_not_stand_in_the_way():
    assert stagegraph.fix("# check=error=true\nFROM a as b\n").text == "# check=error=true\nFROM a AS b\n"


def test_rules_that_are_not_wanted_fix_nothing():
    text = "FROM a as b\nFROM c\n"
    only = LintConfiguration(ignore=["dead-stage"])
    assert stagegraph.fix(text, configuration=only).text == "FROM a AS b\nFROM c\n"
    assert stagegraph.fix("# stagegraph: ignore=dead-stage\n" + text).text == (
        "# stagegraph: ignore=dead-stage\nFROM a AS b\nFROM c\n"
    )


def test_edits_that_overlap_are_made_one_after_the_other():
    rules = [editing("first", Edit(5, 8, "c:2")), editing("second", Edit(4, 6, "  c"))]
    fixed = stagegraph.fix("FROM c:1\nRUN x\n", rules=rules)
    assert fixed.text == "FROM  c:1\nRUN x\n"
    assert [one.rule for one in fixed.applied] == ["second"]


@pytest.mark.parametrize("count", [MAX_ATTEMPTS + 10, 2 * MAX_ATTEMPTS])
def test_many_fixes_that_cannot_be_made_are_tried_a_number_of_times(monkeypatch, count):
    tried = []

    def counted(source):
        tried.append(source)
        return parse_source(source)

    monkeypatch.setattr("stagegraph.linting.fixing.parse_source", counted)
    text = "".join(f"FROM a AS s{index}\n" for index in range(count)) + f"FROM a\nFROM b\nCOPY --from={count} x y\n"
    fixed = stagegraph.fix(text)
    assert fixed.text == text
    assert len(fixed.refused) == count
    before, at_once = 1, 1
    assert len(tried) == before + at_once + MAX_ATTEMPTS
