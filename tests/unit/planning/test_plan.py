"""A plan: which stages run and why, which warnings there are, which frontend is asked."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import Plan, ResolutionError

TEXT = """\
FROM golang AS base
FROM base AS build
RUN go build
FROM base AS test
COPY --from=build /out /out
FROM alpine AS tools
FROM alpine AS dead
FROM scratch
COPY --from=build /out /out
RUN --mount=from=tools,target=/t ls
"""


def accounts(plan: Plan) -> list[tuple[str, bool, str, tuple[int, str, int | None] | None]]:
    return [
        (
            one.stage.display_name,
            one.executed,
            one.reason,
            None if one.edge is None else (one.edge.consumer, one.edge.kind.value, one.edge.line),
        )
        for one in plan.stages
    ]


def test_buildkit_runs_what_the_target_needs() -> None:
    plan = stagegraph.plan(TEXT)
    assert [stage.display_name for stage in plan.execution_set] == ["base", "build", "tools", "stage-5"]
    assert accounts(plan) == [
        ("base", True, "build is built upon it", (1, "base", 2)),
        ("build", True, "stage-5 copies from it", (5, "copy", 9)),
        ("test", False, "stage-5 does not need it", None),
        ("tools", True, "stage-5 mounts it", (5, "mount", 10)),
        ("dead", False, "stage-5 does not need it", None),
        ("stage-5", True, "it is the target", None),
    ]


def test_the_legacy_builder_runs_everything_up_to_the_target() -> None:
    plan = stagegraph.plan(TEXT, builder="legacy", target="tools")
    assert [stage.display_name for stage in plan.execution_set] == ["base", "build", "test", "tools"]
    unasked = "the legacy builder runs every stage up to the target"
    assert accounts(plan) == [
        ("base", True, unasked, None),
        ("build", True, unasked, None),
        ("test", True, unasked, None),
        ("tools", True, "it is the target", None),
        ("dead", False, "it comes after the target", None),
        ("stage-5", False, "it comes after the target", None),
    ]


def test_a_reason_of_the_legacy_builder_leads_to_the_target_too() -> None:
    text = TEXT.replace("RUN --mount=from=tools,target=/t ls\n", "")
    plan = stagegraph.plan(text, builder="legacy")
    assert accounts(plan)[:3] == [
        ("base", True, "build is built upon it", (1, "base", 2)),
        ("build", True, "stage-5 copies from it", (5, "copy", 9)),
        ("test", True, "the legacy builder runs every stage up to the target", None),
    ]


@pytest.mark.parametrize(
    ("stage", "chain"),
    [
        ("base", ["base", "build", "stage-5"]),
        ("BUILD", ["build", "stage-5"]),
        (3, ["tools", "stage-5"]),
        ("stage-5", ["stage-5"]),
        ("dead", ["dead"]),
    ],
)
def test_why(stage: str | int, chain: list[str]) -> None:
    plan = stagegraph.plan(TEXT)
    assert [one.stage.display_name for one in plan.why(stage)] == chain
    assert plan.why(plan.graph.stage(stage)) == plan.why(stage)


def test_why_of_no_stage() -> None:
    with pytest.raises(ResolutionError, match='there is no stage "biuld"'):
        stagegraph.plan(TEXT).why("biuld")


def test_every_reason_of_the_target_of_a_trigger() -> None:
    text = "FROM a AS src\nFROM a AS base\nONBUILD COPY --from=src x y\nFROM base\n"
    assert accounts(stagegraph.plan(text))[:2] == [
        ("src", True, "a trigger of the base of stage-2 reads it", (2, "onbuild", 4)),
        ("base", True, "stage-2 is built upon it", (2, "base", 4)),
    ]


@pytest.mark.parametrize("mount", ["type=tmpfs,from=a,target=/m", "type=ssh,from=a"])
def test_a_stage_that_is_named_and_not_read_does_not_run(mount: str) -> None:
    plan = stagegraph.plan(f"FROM alpine AS a\nRUN x\nFROM alpine\nRUN --mount={mount} y\n")
    assert accounts(plan)[0] == ("a", False, "stage-1 names it, and reads nothing of it", None)


def test_a_stage_without_a_step_runs_too() -> None:
    plan = stagegraph.plan("FROM scratch AS empty\nFROM alpine\nCOPY --from=empty x y\n")
    assert accounts(plan)[0] == ("empty", True, "stage-1 copies from it", (1, "copy", 3))


def test_a_stage_that_a_context_replaces_does_not_run() -> None:
    plan = stagegraph.plan("FROM a AS b\nRUN x\nFROM b\n", contexts={"b": "docker-image://c"})
    assert accounts(plan)[0] == ("b", False, "the named context b replaces it", None)


def test_planning_the_stages_that_run_gives_the_same_plan() -> None:
    plan = stagegraph.plan("FROM a AS x\nRUN 1\nFROM b AS y\nRUN 2\nFROM x AS z\nRUN 3\n")
    kept = stagegraph.plan("FROM a AS x\nRUN 1\nFROM x AS z\nRUN 3\n")
    assert [(step.name, step.inputs) for step in plan.steps] == [(step.name, step.inputs) for step in kept.steps]


@pytest.mark.parametrize(
    ("head", "build_args", "frontend"),
    [
        ("", {}, None),
        ("# syntax=docker/dockerfile:1\n", {}, "docker/dockerfile:1"),
        ("# syntax=a b // c\n", {}, "a"),
        ("# comment\n# syntax=a\n", {}, None),
        ("# syntax=a\n", {"BUILDKIT_SYNTAX": "b c"}, "b"),
        ("# syntax=a\n", {"BUILDKIT_SYNTAX": ""}, "a"),
    ],
)
def test_frontend(head: str, build_args: dict[str, str], frontend: str | None) -> None:
    text = f"{head}FROM a\n"
    assert stagegraph.plan(text, build_args=build_args).frontend == frontend
    assert stagegraph.plan(text, builder="legacy", build_args=build_args).frontend is None


@pytest.mark.parametrize(
    ("text", "warnings"),
    [
        ("FROM a\nRUN b\n", []),
        ("FROM a\nCMD b\n", ["JSONArgsRecommended"]),
        ("FROM a\nENV PASSWORD=x\n", ["SecretsUsedInArgOrEnv"]),
        ("FROM a\nENV PUBLIC_KEY=x\n", []),
        ("FROM a\nARG AWS_SECRET\n", ["SecretsUsedInArgOrEnv"]),
        ("FROM a\nENV A b\nLABEL c d\n", ["LegacyKeyValueFormat", "LegacyKeyValueFormat"]),
        ("FROM a\nWORKDIR b\nWORKDIR c\n", ["WorkdirRelativePath"]),
        ("FROM a\nWORKDIR /b\nWORKDIR c\n", []),
        ('FROM a\nCMD ["b"]\nCMD ["c"]\n', ["MultipleInstructionsDisallowed"]),
        ("FROM a\nCOPY $X b\n", ["UndefinedVar"]),
        ("FROM a\nRUN $X b\n", []),
        ("FROM a\nEXPOSE 80/TCP 1:2\n", ["ExposeInvalidFormat", "ExposeProtoCasing"]),
        ('FROM a\nSHELL ["b"]\nCMD c\n', []),
        ("FROM a\nCMD b\nFROM c\n", []),
    ],
)
def test_warnings(text: str, warnings: list[str]) -> None:
    assert sorted(warning.rule for warning in stagegraph.plan(text).warnings) == warnings


def test_a_warning_says_what_was_meant() -> None:
    (warning,) = stagegraph.plan("FROM a\nENV VERSION=1\nCOPY $VERSOIN b\n").warnings
    assert (warning.rule, warning.line, warning.message) == (
        "UndefinedVar",
        3,
        "Usage of undefined variable '$VERSOIN' (did you mean $VERSION?)",
    )


def test_warnings_can_be_an_error() -> None:
    with pytest.raises(stagegraph.CheckError) as caught:
        stagegraph.plan("# check=error=true\nFROM a\nCMD b\nENV A b\n")
    assert caught.value.message == "lint violation found for rules: JSONArgsRecommended, LegacyKeyValueFormat"
    assert stagegraph.plan("# check=error=true\nFROM a\nRUN b\n").warnings == ()
    assert stagegraph.plan("# check=error=true\nFROM a\nCMD b\n", builder="legacy").warnings == ()


def test_the_result() -> None:
    assert stagegraph.plan("FROM scratch\n").result is None
    plan = stagegraph.plan(TEXT)
    assert plan.result == plan.steps[-1].id
    legacy = stagegraph.plan("FROM a\nFROM b\nRUN c\n", builder="legacy", target=None)
    assert legacy.result == legacy.steps[-1].id


def test_a_plan_is_a_value() -> None:
    assert stagegraph.plan(TEXT) == stagegraph.plan(TEXT)
    assert stagegraph.plan(TEXT) != stagegraph.plan(TEXT, target="test")


def test_a_plan_draws_itself() -> None:
    plan = stagegraph.plan(TEXT)
    assert plan.to_dot().startswith("digraph ")
    assert plan.to_mermaid().startswith('---\ntitle: "buildkit, target stage-5"\n---\nflowchart ')
    diagram = plan.diagram()
    assert {box.label for box in diagram.boxes} >= {step.name for step in plan.steps}
    assert len(diagram.arrows) == sum(len(step.inputs) for step in plan.steps)
