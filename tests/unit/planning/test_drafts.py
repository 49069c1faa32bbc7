"""Progress lines: their numbers, and the platform where several are built."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import InputError
from stagegraph.planning.drafts import capitalise

SEVERAL = {"BUILDKIT_MULTI_PLATFORM": "1"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [("run x", "RUN x"), ("Copy --link a b", "COPY --link a b"), ("run", "RUN"), ("run\tx y", "RUN\tX y"), ("", "")],
)
def test_everything_before_the_first_blank_is_in_capitals(text: str, shown: str) -> None:
    assert capitalise(text) == shown


@pytest.mark.parametrize(
    ("count", "first", "last"),
    [(1, "[1/2] ", "[2/2] "), (8, "[1/9] ", "[9/9] "), (9, "[ 1/10] ", "[10/10] "), (99, "[  1/100] ", "[100/100] ")],
)
def test_numbers_are_as_wide_as_the_last(count: int, first: str, last: str) -> None:
    steps = stagegraph.plan("FROM a\n" + "RUN x\n" * count).steps
    assert steps[0].name.startswith(first)
    assert steps[-1].name.startswith(last)


@pytest.mark.parametrize(
    ("text", "platform", "prefix"),
    [
        ("FROM alpine\nRUN x\n", "linux/amd64", "linux/amd64"),
        ("FROM --platform=$BUILDPLATFORM alpine\nARG TARGETPLATFORM\nRUN x\n", "linux/arm64", "linux/amd64->arm64"),
        ("FROM --platform=$BUILDPLATFORM alpine\nARG TARGETARCH\nRUN x\n", "linux/arm/v7", "linux/amd64->arm/v7"),
        (
            "FROM --platform=$BUILDPLATFORM alpine\nARG TARGETOS TARGETARCH TARGETVARIANT\nRUN x\n",
            "linux/arm/v6",
            "linux/amd64->arm/v6",
        ),
        ("FROM alpine\nENV TARGETOS=windows\nRUN x\n", "linux/amd64", "linux/amd64->windows/amd64"),
        (
            "FROM alpine\nENV TARGETPLATFORM=a/b/c/d TARGETARCH=arm64\nRUN x\n",
            "linux/amd64",
            "linux/amd64->arm64",
        ),
    ],
)
def test_the_platform_is_shown_where_several_are_built(text: str, platform: str, prefix: str) -> None:
    plan = stagegraph.plan(text, platform=platform, build_args=SEVERAL)
    assert plan.steps[-1].name == f"[{prefix} 2/2] RUN x"
    assert stagegraph.plan(text, platform=platform).steps[-1].name == "[2/2] RUN x"


def test_each_stage_shows_its_own_platform() -> None:
    text = "FROM --platform=linux/arm64 alpine AS a\nRUN x\nFROM alpine\nCOPY --from=a p q\nCOPY --from=nginx p q\n"
    assert [step.name for step in stagegraph.plan(text, build_args=SEVERAL).steps] == [
        "[linux/amd64 stage-1 1/3] FROM docker.io/library/alpine:latest",
        "[linux/arm64 a 1/2] FROM docker.io/library/alpine:latest",
        "[linux/arm64 a 2/2] RUN x",
        "[linux/amd64 stage-1 2/3] COPY --from=a p q",
        "FROM docker.io/library/nginx:latest",
        "[linux/amd64 stage-1 3/3] COPY --from=nginx p q",
    ]


def test_whether_several_platforms_are_built_is_a_boolean() -> None:
    off = {"BUILDKIT_MULTI_PLATFORM": "0"}
    assert stagegraph.plan("FROM a\nRUN x\n", build_args=off).steps[-1].name == "[2/2] RUN x"
    with pytest.raises(InputError) as caught:
        stagegraph.plan("FROM a\n", build_args={"BUILDKIT_MULTI_PLATFORM": "maybe"})
    assert caught.value.message == "invalid boolean value for multi-platform: maybe"
