"""Both builders side by side."""

from __future__ import annotations

import json

import pytest

import stagegraph
from stagegraph import Builder, Comparison, Disagreement, Plan, StageGraphError

BUILDKIT, LEGACY = Builder.BUILDKIT, Builder.LEGACY
TEXT = """\
FROM ubuntu AS base
RUN echo "base"

FROM base AS stage1
RUN echo "stage1"

FROM base AS stage2
RUN echo "stage2"
"""


def stages_only(both: Comparison, builder: Builder) -> list[str]:
    return [stage.display_name for stage in both.stages_only(builder)]


def steps_only(both: Comparison, builder: Builder) -> list[str]:
    return [step.name for step in both.steps_only(builder)]


def test_what_only_one_builder_runs() -> None:
    both = stagegraph.compare(TEXT, target="stage2")
    assert (stages_only(both, BUILDKIT), stages_only(both, LEGACY)) == ([], ["stage1"])
    assert steps_only(both, BUILDKIT) == []
    assert steps_only(both, LEGACY) == ['Step 4/6 : RUN echo "stage1"']
    assert both.disagreements == ()


def test_the_plan_and_the_error_of_each() -> None:
    both = stagegraph.compare("FROM alpine AS Build\nFROM Build\n")
    assert both.plan(BUILDKIT) is None
    assert isinstance(both.error(BUILDKIT), StageGraphError)
    assert isinstance(both.plan(LEGACY), Plan)
    assert both.error(LEGACY) is None


def test_instructions_that_make_no_step_of_their_own_in_buildkit_do_not_count() -> None:
    both = stagegraph.compare("FROM a\nENV A=1\nRUN b\nCMD c\n")
    assert (steps_only(both, BUILDKIT), steps_only(both, LEGACY)) == ([], [])


def test_equal_steps_are_run_once_by_buildkit() -> None:
    both = stagegraph.compare(
        "FROM a AS x\nRUN 1\nFROM a AS y\nRUN 1\nFROM scratch\nCOPY --from=x p p\nCOPY --from=y p q\n"
    )
    assert len(steps_only(both, LEGACY)) == 1
    assert steps_only(both, BUILDKIT) == []


def test_triggers_run_in_both() -> None:
    """The legacy builder runs them inside `FROM`, without a step of their own."""
    both = stagegraph.compare("FROM a AS b\nONBUILD RUN t\nFROM b\nRUN u\n")
    assert (steps_only(both, BUILDKIT), steps_only(both, LEGACY)) == ([], [])


@pytest.mark.parametrize(
    ("text", "options", "disagreements"),
    [
        ("FROM a AS x\nRUN y\n", {}, ()),
        (
            "FROM alpine AS Build\nFROM Build\n",
            {},
            (
                Disagreement(
                    'buildkit fails: failed to parse stage name "Build": invalid reference format: '
                    "repository name (library/Build) must be lowercase",
                    2,
                ),
                Disagreement("legacy builds it"),
            ),
        ),
        (
            "FROM a AS x\nFROM b AS x\n",
            {},
            (Disagreement("buildkit builds it"), Disagreement("legacy fails: x stage name already used", 2)),
        ),
        (
            "FROM a\nCOPY --from=0 x y\n",
            {},
            (
                Disagreement("buildkit fails: circular dependency detected on stage: stage-0", 1),
                Disagreement("legacy fails: invalid from flag value 0: refers to current build stage", 2),
            ),
        ),
        ("FROM $NOPE\n", {}, ()),
        ("ENV A\n", {}, ()),
        (
            "FROM base\n",
            {"contexts": {"base": "docker-image://b"}},
            (
                Disagreement(
                    "FROM base is named context base to BuildKit, and image docker.io/library/base:latest to the "
                    "legacy builder",
                    1,
                ),
            ),
        ),
        (
            "FROM a\nCOPY --from=src x y\n",
            {"contexts": {"src": "./src"}},
            (
                Disagreement(
                    "COPY --from=src is named context src to BuildKit, and image docker.io/library/src:latest to the "
                    "legacy builder",
                    2,
                ),
            ),
        ),
        (
            "FROM base-$TARGETARCH\n",
            {},
            (
                Disagreement("buildkit builds it"),
                Disagreement("legacy fails: invalid reference format", 1),
            ),
        ),
    ],
)
def test_disagreements(text: str, options: dict[str, object], disagreements: tuple[Disagreement, ...]) -> None:
    assert stagegraph.compare(text, **options).disagreements == disagreements


def test_nothing_is_compared_where_one_fails() -> None:
    both = stagegraph.compare("FROM a AS x\nRUN 1\nFROM b AS x\nRUN 2\n")
    assert (stages_only(both, BUILDKIT), stages_only(both, LEGACY)) == ([], [])
    assert (steps_only(both, BUILDKIT), steps_only(both, LEGACY)) == ([], [])


def test_to_dict() -> None:
    dump = stagegraph.compare(TEXT, target="stage2").to_dict()
    assert json.loads(json.dumps(dump)) == dump
    assert list(dump) == ["schema", "builders", "only", "disagreements"]
    assert dump["builders"]["buildkit"] == {"plan": stagegraph.plan(TEXT, target="stage2").to_dict()}  # type: ignore[index]
    assert dump["only"] == {
        "buildkit": {"stages": [], "steps": []},
        "legacy": {"stages": [1], "steps": ['Step 4/6 : RUN echo "stage1"']},
    }
    assert dump["disagreements"] == []


def test_to_dict_of_errors() -> None:
    dump = stagegraph.compare("FROM a AS x\nRUN 1\nFROM b AS x\n", target="y").to_dict()
    missing = {"message": 'target stage "y" could not be found', "line": None, "column": None, "steps": []}
    assert dump["builders"] == {
        "buildkit": {"error": {**missing, "message": missing["message"] + " (did you mean x?)", "suggestion": "x"}},
        "legacy": {"error": {**missing, "suggestion": None}},
    }
    failed = stagegraph.compare("FROM a AS x\nRUN 1\nFROM b AS x\n").to_dict()
    assert failed["builders"]["legacy"] == {  # type: ignore[index]
        "error": {
            "message": "x stage name already used",
            "line": 3,
            "column": 1,
            "suggestion": None,
            "steps": ["Step 1/3 : FROM a AS x", "Step 2/3 : RUN 1"],
        }
    }
