"""The plan of the legacy builder: every step in order, and where it fails half way."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import PlanningError, StageGraphError, StepKind


def plan(text: str, **options) -> stagegraph.Plan:
    return stagegraph.plan(text, builder="legacy", **options)


def failure(text: str, **options) -> StageGraphError:
    with pytest.raises(PlanningError) as caught:
        plan(text, **options)
    return caught.value


def test_every_instruction_up_to_the_target_is_a_step() -> None:
    text = "ARG V=1\nFROM a:$V AS x\nENV A=1\nFROM b\nCOPY --from=x p q\nFROM c\nRUN z\n"
    steps = plan(text, target=None).steps
    assert [(step.name, step.kind, step.inputs, step.stage, step.lines) for step in steps] == [
        ("Step 1/7 : ARG V=1", StepKind.METADATA, (), None, (1, 1)),
        ("Step 2/7 : FROM a:$V AS x", StepKind.FROM, (), 0, (2, 2)),
        ("Step 3/7 : ENV A=1", StepKind.METADATA, (2,), 0, (3, 3)),
        ("Step 4/7 : FROM b", StepKind.FROM, (), 1, (4, 4)),
        ("Step 5/7 : COPY --from=x p q", StepKind.COPY, (4, 3), 1, (5, 5)),
        ("Step 6/7 : FROM c", StepKind.FROM, (), 2, (6, 6)),
        ("Step 7/7 : RUN z", StepKind.RUN, (6,), 2, (7, 7)),
    ]
    assert [step.name for step in plan(text, target="X").steps] == [
        "Step 1/3 : ARG V=1",
        "Step 2/3 : FROM a:$V AS x",
        "Step 3/3 : ENV A=1",
    ]


def test_lines_are_shown_as_they_are_joined() -> None:
    steps = plan("FROM a\nrun  x \\\n  # no\n   y\nRUN <<E\nz\nE\n").steps
    assert [step.name for step in steps[1:]] == ["Step 2/3 : run  x    y", "Step 3/3 : RUN <<E"]


@pytest.mark.parametrize(
    ("text", "message", "line", "announced"),
    [
        ("FROM a AS x\nRUN b\nFROM c AS X\nRUN d\n", "x stage name already used", 3, 2),
        ("FROM scratch\n", "No image was generated. Is your Dockerfile empty?", None, 1),
        ("FROM a\nFROM $NOPE\n", "base name ($NOPE) should not be blank", 2, 2),
        ("FROM a\nFROM x:$NOPE\n", "invalid reference format", 2, 2),
        ("FROM a\nCOPY --from=0 x y\n", "invalid from flag value 0: refers to current build stage", 2, 2),
        ("FROM a\nCOPY --from=1 x y\n", "invalid from flag value 1: index out of bounds", 2, 2),
        ("FROM a\nCOPY https://x/y /\n", "COPY failed: source can't be a URL for COPY", 2, 2),
        ("FROM a\nCOPY <<E /x\nE\n", "COPY failed: no source files were specified", 2, 2),
        (
            "FROM a\nCOPY b c d\n",
            "When using COPY with more than one source file, the destination must be a directory and end with a /",
            2,
            2,
        ),
        (
            "FROM a\nADD b c d\n",
            "When using ADD with more than one source file, the destination must be a directory and end with a /",
            2,
            2,
        ),
        ("FROM a\nWORKDIR $NOPE\n", "cannot normalize nothing", 2, 2),
        ("FROM a\nSTOPSIGNAL NOPE\n", "invalid signal: NOPE", 2, 2),
        ("FROM a\nVOLUME $NOPE\n", "VOLUME specified can not be an empty string", 2, 2),
        ("ARG A=${B\nFROM a\n", 'failed to process "${B": unsupported modifier (\ufffd) in substitution', 1, 1),
        ("FROM a AS b\nONBUILD NONSENSE x\nFROM b\n", "unknown instruction: NONSENSE", 3, 3),
        ("FROM a AS b\nONBUILD RUN --network=none x\nFROM b\n", None, 3, 3),
    ],
)
def test_it_fails_half_way(text: str, message: str | None, line: int | None, announced: int) -> None:
    error = failure(text)
    assert message is None or error.message == message
    assert (error.line, len(error.steps)) == (line, announced)


@pytest.mark.parametrize(
    ("instruction", "option"),
    [
        ("RUN --mount=target=/m x", "mount"),
        ("RUN --network=none x", "network"),
        ("RUN --security=insecure x", "security"),
        ("RUN --security=insecure --network=none x", "network"),
        ("COPY --chmod=1 x y", "chmod"),
        ("ADD --chmod=1 x y", "chmod"),
    ],
)
def test_options_that_require_buildkit(instruction: str, option: str) -> None:
    assert failure(f"FROM a\n{instruction}\n").message == (
        f"the --{option} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ "
        "to learn how to build images with BuildKit enabled"
    )


def test_a_failure_behind_the_target_is_none() -> None:
    text = "FROM a AS t\nFROM $NOPE\nCOPY --from=9 x y\n"
    assert [step.name for step in plan(text, target="t").steps] == ["Step 1/1 : FROM a AS t"]


@pytest.mark.parametrize(
    ("text", "build_args", "value"),
    [
        ("ENV X=e\nARG X=a\n", {}, "e"),
        ("ARG X=a\nENV X=e\n", {}, "e"),
        ("ARG X=a\n", {"X": "b"}, "b"),
        ("ARG X\n", {"X": "b"}, "b"),
        ("", {"X": "b"}, ""),
        ("ARG A=1 X=$A\n", {}, ""),
        ("ARG A=1\nARG X=$A\n", {}, "1"),
        ("ARG X=$http_proxy\n", {"http_proxy": "p"}, "p"),
    ],
)
def test_which_value_counts(text: str, build_args: dict[str, str], value: str) -> None:
    assert plan(f"FROM a\n{text}LABEL x=$X\n", build_args=build_args).config["Labels"] == {"x": value}


def test_build_arguments_that_nothing_used() -> None:
    found = plan("ARG A\nFROM a\nARG B\n", build_args={"A": "1", "B": "2", "D": "4", "C": "3", "http_proxy": "x"})
    assert found.unused_build_args == ("C", "D")
    assert [(one.rule, one.line, one.message) for one in found.warnings] == [
        ("UnusedBuildArgs", None, "One or more build-args [C D] were not consumed")
    ]


def test_an_empty_continuation_is_warned_of() -> None:
    (warning,) = plan("FROM a\nRUN b \\\n\n  c\n").warnings
    assert (warning.rule, warning.line, warning.message) == (
        "NoEmptyContinuation",
        4,
        "Empty continuation line found in: RUN b   c",
    )


def test_the_config() -> None:
    config = plan(
        "FROM a\nENV A=1\nWORKDIR b\nWORKDIR c\nEXPOSE 1 2/udp\nUSER me\nCMD x\nVOLUME /v\n"
        'HEALTHCHECK --retries=1 CMD y\nONBUILD RUN z\nSHELL ["s"]\nENTRYPOINT w\n'
    ).config
    assert config == {
        "User": "me",
        "ExposedPorts": {"1/tcp": {}, "2/udp": {}},
        "Env": ["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "A=1"],
        "Entrypoint": ["s", "w"],
        "Cmd": ["/bin/sh", "-c", "x"],
        "Volumes": {"/v": {}},
        "WorkingDir": "/b/c",
        "Healthcheck": {"Test": ["CMD-SHELL", "y"], "Retries": 1},
        "OnBuild": ["RUN z"],
        "Shell": ["s"],
    }


def test_triggers_run_inside_from() -> None:
    found = plan("FROM a AS src\nFROM b AS base\nONBUILD COPY --from=src x y\nONBUILD ENV A=1\nFROM base\nLABEL a=$A\n")
    assert [(step.name, step.inputs) for step in found.steps[-2:]] == [
        ("Step 5/6 : FROM base", (4, 1)),
        ("Step 6/6 : LABEL a=$A", (5,)),
    ]
    assert found.config["Labels"] == {"a": "1"}
