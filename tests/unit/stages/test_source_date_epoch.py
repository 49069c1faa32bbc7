"""`SOURCE_DATE_EPOCH`, which BuildKit reads before anything else."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import PlanningError

TEXT = """\
FROM scratch AS stamp
ADD https://example.com/a /
FROM alpine
ARG SOURCE_DATE_EPOCH
RUN echo $SOURCE_DATE_EPOCH
"""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0"),
        ("123", "123"),
        ("+5", "5"),
        ("007", "7"),
        ("", "$SOURCE_DATE_EPOCH"),
        ("stamp", "stamp"),
        ("context", "context"),
    ],
)
def test_values(value: str, shown: str) -> None:
    plan = stagegraph.plan(TEXT, build_args={"SOURCE_DATE_EPOCH": value})
    assert plan.steps[-1].name == f"[stage-1 2/2] RUN echo {shown}"


def test_without_a_value() -> None:
    assert stagegraph.plan(TEXT).steps[-1].name == "[stage-1 2/2] RUN echo $SOURCE_DATE_EPOCH"
    assert stagegraph.plan(f"ARG SOURCE_DATE_EPOCH=01\n{TEXT}").steps[-1].name == "[stage-1 2/2] RUN echo 1"


@pytest.mark.parametrize(
    ("text", "value", "message"),
    [
        (TEXT, "soon", "invalid SOURCE_DATE_EPOCH: soon"),
        ("FROM alpine AS a\n", "a", "SOURCE_DATE_EPOCH stage must use FROM scratch"),
        ("FROM scratch AS a\n", "a", "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD"),
        (
            "FROM scratch AS a\nADD https://x/y /\nADD https://x/z /\n",
            "a",
            "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD",
        ),
        (
            "FROM scratch AS a\nADD https://x/y b /\n",
            "a",
            "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD source",
        ),
        (
            "FROM scratch AS a\nADD <<E /\nE\n",
            "a",
            "SOURCE_DATE_EPOCH stage must contain exactly one remote ADD source",
        ),
        (
            "FROM scratch AS a\nADD b /\n",
            "a",
            "SOURCE_DATE_EPOCH stage source must be a single HTTP(S) or Git ADD",
        ),
        (
            "FROM ${X AS a\n",
            "a",
            (
                'failed to process source stage base name "${X": '
                'failed to process "${X": unsupported modifier (\ufffd) in substitution'
            ),
        ),
        (
            "FROM scratch AS a\nRUN x\n",
            "a",
            "SOURCE_DATE_EPOCH stage does not meet source-only requirements: unsupported RUN instruction",
        ),
    ],
)
def test_refused(text: str, value: str, message: str) -> None:
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan(text, build_args={"SOURCE_DATE_EPOCH": value})
    assert caught.value.message == message


def test_the_arguments_of_the_stage_count() -> None:
    text = "ARG B=scratch\nFROM $B AS stamp\nARG URL=https://x/y\nADD $URL /\nFROM alpine\n"
    build_args = {"SOURCE_DATE_EPOCH": "stamp"}
    assert len(stagegraph.plan(text, build_args=build_args).steps) == 1
    with pytest.raises(PlanningError, match="source must be a single HTTP"):
        stagegraph.plan(text, build_args={**build_args, "URL": "local"})
