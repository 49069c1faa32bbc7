"""The build checks made of the text, and while `FROM` is resolved (text_checks, resolution_checks)."""

from __future__ import annotations

import pytest

import stagegraph


def warnings_of(text: str, **options) -> list[tuple[str, int | None, str]]:
    return [(one.rule, one.line, one.message) for one in stagegraph.plan(text, **options).warnings]


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("FROM a AS b\nRUN c\n", []),
        ("FROM a AS Build\n", [("StageNameCasing", 1, "Stage name 'Build' should be lowercase")]),
        ("FROM a as b\n", [("FromAsCasing", 1, "'as' and 'FROM' keywords' casing do not match")]),
        ("from a AS b\n", [("FromAsCasing", 1, "'AS' and 'from' keywords' casing do not match")]),
        ("from a as b\n", []),
        ("FROM a\nRUN b \\\n\n c\n", [("NoEmptyContinuation", 4, "Empty continuation line")]),
        (
            "FROM a\nrun b\nRUN c\n",
            [
                (
                    "ConsistentInstructionCasing",
                    2,
                    "Command 'run' should match the case of the command majority (uppercase)",
                )
            ],
        ),
        (
            "from a\nrun b\nRun c\n",
            [
                (
                    "ConsistentInstructionCasing",
                    3,
                    "Command 'Run' should match the case of the command majority (lowercase)",
                )
            ],
        ),
        (
            "FROM a AS x\nFROM b AS x\n",
            [("DuplicateStageName", 2, 'Duplicate stage name "x", stage names should be unique')],
        ),
        (
            "FROM a AS scratch\n",
            [("ReservedStageName", 1, 'Stage name should not use the same name as reserved stage "scratch"')],
        ),
        (
            "FROM a\nMAINTAINER me\n",
            [("MaintainerDeprecated", 2, "Maintainer instruction is deprecated in favor of using label")],
        ),
        (
            "FROM ${A:-b}\n",
            [("UndefinedArgInFrom", 1, "FROM argument 'A' is not declared")],
        ),
        (
            "ARG TAG=1\nFROM a:${TGA:-2}\n",
            [("UndefinedArgInFrom", 2, "FROM argument 'TGA' is not declared (did you mean TAG?)")],
        ),
        (
            "FROM --platform=$TARGETPLATFORM a\n",
            [
                (
                    "RedundantTargetPlatform",
                    1,
                    (
                        "Setting platform to predefined $TARGETPLATFORM in FROM is redundant "
                        "as this is the default behavior"
                    ),
                )
            ],
        ),
        (
            "FROM --platform=linux/amd64 a AS x\n",
            [
                (
                    "FromPlatformFlagConstDisallowed",
                    1,
                    'FROM --platform flag should not use constant value "linux/amd64"',
                )
            ],
        ),
        ("FROM --platform=linux/amd64 a AS x-amd64\n", []),
        ("FROM --platform=$BUILDPLATFORM a\n", []),
        (
            "# check=experimental=all\n# other\nFROM a AS x\n",
            [
                (
                    "InvalidDefinitionDescription",
                    3,
                    "Comment for FROM should follow the format: `# x <description>`",
                )
            ],
        ),
        ("# check=experimental=all\n# x The stage.\nFROM a AS x\n", []),
        ("# other\nFROM a AS x\n", []),
        (
            "# check=experimental=all\n# c\nARG A B\nFROM a\n",
            [
                (
                    "InvalidDefinitionDescription",
                    3,
                    "Comment for ARG should follow the format: `# <arg_key> <description>`",
                )
            ],
        ),
        ("FROM a\n# check=skip=MaintainerDeprecated\nMAINTAINER me\n", []),
    ],
)
def test_warnings(text: str, warnings: list[tuple[str, int, str]]) -> None:
    assert warnings_of(text) == warnings


def test_a_base_that_is_no_image_name_by_default() -> None:
    text = "ARG TAG\nFROM a:$TAG\n"
    message = "Default value for ARG a:$TAG results in empty or invalid base image name"
    assert warnings_of(text, build_args={"TAG": "1"}) == [("InvalidDefaultArgInFrom", 2, message)]


def test_a_default_that_cannot_be_expanded_is_none_of_the_checks() -> None:
    assert warnings_of("ARG A=${B\nFROM $A\n", build_args={"A": "alpine"}) == []


def test_a_base_image_for_another_platform() -> None:
    message = 'Base image a was pulled with platform "linux/amd64", expected "linux/arm64" for current build'
    assert warnings_of("FROM a\n", platform="linux/arm64") == [("InvalidBaseImagePlatform", 1, message)]


def test_dead_stages_are_looked_at_only_as_text() -> None:
    text = "FROM --platform=linux/amd64 a AS Dead\nENV PASSWORD=x\nFROM b\n"
    assert [rule for rule, _, _ in warnings_of(text)] == ["StageNameCasing", "FromPlatformFlagConstDisallowed"]
