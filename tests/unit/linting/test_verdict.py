"""What BuildKit says of a whole file, and of the rest of one that it refuses."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.linting.verdict import MAX_BUILD_ERRORS, judge
from stagegraph.stages.options import BuildOptions


def judged(text: str, **options):
    return judge(stagegraph.parse(text, tolerant=True), BuildOptions(**options))


def errors(text: str) -> list[tuple[int | None, str]]:
    return [(error.line, error.message) for error in judged(text).errors]


def warnings(text: str) -> list[tuple[str, int | None]]:
    return [(one.rule, one.line) for one in judged(text).warnings]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("FROM a\nRUN b\n", []),
        ("FROM a\nCOPY b\n", [(2, ("COPY requires at least two arguments, but only one was provided. "
                                  "Destination could not be determined"))]),
        (
            "FROM a\nRUN --x b\nEXPOSE many\nFROM b\nCOPY --from=9 a b\nFROM C\n",
            [
                (2, "unknown flag: --x"),
                (5, "invalid stage index 9"),
                (6, ('failed to parse stage name "C": invalid reference format: '
                    "repository name (library/C) must be lowercase")),
                (3, "invalid containerPort: many"),
            ],
        ),
        ("RUN a\nRUN b\nFROM c\n", [(1, "no build stage in current context")]),
        ("ARG A=1\n", [(None, "dockerfile contains no stages to build")]),
        ("# c\n", [(1, "file with no instructions")]),
        ("FORM a\nRUN b\n", [(1, "unknown instruction: FORM (did you mean FROM?)")]),
        ("FROM a\nRUN <<E\nx\nFROM b\nCOPY x\n", [(2, "unterminated heredoc")]),
        ("# escape=x\nFROM a\nNOPE ` \n", [(1, "invalid escape token 'x' does not match ` or \\")]),
        ("FROM a AS b-\n", [(None, "invalid context name b-: invalid reference format")]),
        (
            "FROM a AS b\nCOPY --from=c x y\nEXPOSE no\nFROM a AS c\nCOPY --from=b x y\n",
            [(1, "circular dependency detected on stage: b"), (3, "invalid containerPort: no")],
        ),
        (
            "FROM a AS b\nCOPY --from=c x y\nFROM a AS c\n",
            [(2, 'cannot copy from stage "c", it needs to be defined before current stage "b"')],
        ),
        ("FROM a\nENV B=${C?}\nEXPOSE $B\n", [(2, 'failed to process "${C?}": C: is not allowed to be unset')]),
    ],
)  # fmt: skip
def test_every_error_is_found_alone(text, expected):
    assert errors(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # what does not depend on the error is still found
        ("FROM a\nCOPY b\nMAINTAINER me\nCMD c\n", [("MaintainerDeprecated", 3), ("JSONArgsRecommended", 4)]),
        ("FROM a\nEXPOSE many\nCMD c\nFROM b\nENV c d\n", [("JSONArgsRecommended", 3), ("LegacyKeyValueFormat", 5)]),
        ("FROM a\nADD\nFROM b AS X\nWORKDIR y\n", [("StageNameCasing", 3), ("WorkdirRelativePath", 4)]),
        ("FROM $A\nCMD c\nFROM b\nCMD d\n", [
            ("InvalidDefaultArgInFrom", 1), ("UndefinedArgInFrom", 1), ("JSONArgsRecommended", 4)
        ]),
        # what may depend on it is not: B may be set, the directory absolute, the shell chosen
        ("FROM a\nENV B\nWORKDIR /$B\nFROM b\nCMD d\n", [("JSONArgsRecommended", 5)]),
        ("FROM a AS p\nARG =1\nFROM p\nWORKDIR /$B\n", []),
        ("FROM a\nSHELL x\nCMD y\n", []),
        ("FROM a\nWORKDIR ${A?}\nWORKDIR b\n", []),
        ("ARG =1\nFROM ${A:-b}\n", []),
        ("FORM a AS b\nFROM c\nCOPY --from=1 x y\nCMD d\n", []),
        # all that is said when the file is first looked at is kept, and said once
        ("FROM ${A:-a}\nCMD b\nEXPOSE many\n", [("UndefinedArgInFrom", 1), ("JSONArgsRecommended", 2)]),
    ],
)  # fmt: skip
def test_the_rest_of_a_file_is_judged(text, expected):
    assert judged(text).errors
    assert sorted(warnings(text)) == sorted(expected)


def test_every_stage_is_judged_needed_or_not():
    assert warnings("FROM a\nCMD b\nFROM c\n") == [("JSONArgsRecommended", 2)]


def test_warnings_may_be_errors():
    verdict = judged("# check=error=true\nFROM a\nCMD b\n")
    assert verdict.errors == ()
    options = stagegraph.lint("# check=error=true\nFROM a\nCMD b\n")
    assert [(one.rule, one.line, one.message) for one in options] == [
        ("build-error", None, "lint violation found for rules: JSONArgsRecommended"),
        ("JSONArgsRecommended", 3, options[1].message),
    ]


def test_a_file_with_another_error_has_no_error_of_the_checks():
    found = stagegraph.lint("# check=error=true\nFROM a\nCMD b\nCOPY c\n")
    assert [one.rule for one in found] == ["JSONArgsRecommended", "build-error"]


def test_a_platform_is_compared_where_it_is_known():
    text = "FROM --platform=linux/arm64 b AS arm64\nRUN x\n"
    image = {"os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": ["sha256:" + "0" * 64]}}
    assert [one.rule for one in stagegraph.lint(text)] == []
    found = stagegraph.lint(text, images={"docker.io/library/b:latest": image})
    assert [(one.rule, one.line, one.message) for one in found] == [
        (
            "InvalidBaseImagePlatform",
            1,
            'Base image b was pulled with platform "linux/amd64", expected "linux/arm64" for current build',
        )
    ]


def test_buildkit_is_not_asked_for_ever():
    text = "FROM a\n" + "EXPOSE many\n" * (MAX_BUILD_ERRORS + 5)
    assert len(judged(text).errors) == MAX_BUILD_ERRORS


@pytest.mark.parametrize(
    ("text", "whole"), [("FROM a\n", True), ("FROM a\nCOPY b\n", False), ("RUN x\nFROM a\n", False)]
)
def test_whether_a_file_is_whole(text, whole):
    assert judged(text).is_whole is whole


def test_the_stages_are_without_what_is_refused():
    cut = judged("FROM a\nCOPY b\nRUN c\nFROM d e\nRUN f\nARG\n").cut
    assert [stage.from_.image for stage in cut.stages] == ["a", "scratch"]
    assert [[one.name for one in stage.instructions] for stage in cut.stages] == [["RUN"], ["RUN"]]
