"""`RUN` as BuildKit plans it. The answers here are those of BuildKit's own frontend."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph import InstructionError, PlanningError, StageGraphError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("RUN x ${B\n", "[2/2] RUN x ${B"),
        ("WORKDIR b\nRUN --mount=type=cache,target=c x\n", "[stage-0 3/3] RUN --mount=type=cache,target=c x"),
        ("USER $B\nRUN x\n", "[2/2] RUN x"),
        ('SHELL ["sh"]\nRUN "$PATH" \'$PATH\' \\$PATH\n', "[2/2] RUN \"/bin\" '$PATH' $PATH"),
        ("RUN a\\\n\tb\n", "[2/2] RUN a\tb"),
    ],
)
def test_names(text: str, name: str) -> None:
    image = {"config": {"Env": ["PATH=/bin"]}, "os": "linux", "architecture": "amd64", "rootfs": {"diff_ids": ["x"]}}
    plan = stagegraph.plan(f"FROM a\n{text}", images={"docker.io/library/a:latest": image})
    assert plan.steps[-1].name == name


@pytest.mark.parametrize(
    ("mount", "kind", "message"),
    [
        ("type=cache,target=.", PlanningError, 'invalid mount target "/"'),
        ("type=tmpfs", PlanningError, 'invalid mount target "/"'),
        ("type=cache", PlanningError, 'invalid mount target "/"'),
        ("type=secret", PlanningError, "invalid secret mount. one of source, target required"),
        ("type=nope", PlanningError, 'unsupported mount type "nope"'),
        (
            "from=$X,target=/m",
            InstructionError,
            "'from' doesn't support variable expansion, define alias stage instead",
        ),
    ],
)
def test_refused(mount: str, kind: type[StageGraphError], message: str) -> None:
    with pytest.raises(StageGraphError) as caught:
        stagegraph.plan(f"FROM a\nRUN --mount={mount} x\n")
    assert (type(caught.value), caught.value.message, caught.value.line) == (kind, message, 2)


def test_devices_are_refused_by_the_stable_frontend() -> None:
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan("FROM a\nRUN --device=x y\n")
    message = "device feature is only supported in Dockerfile frontend 1.14.0-labs or later"
    assert (caught.value.message, caught.value.line) == (message, 2)


INVALID = "failed to marshal LLB definition: string field contains invalid UTF-8"


@pytest.mark.parametrize(
    ("run", "refused"),
    [
        (b"RUN <<END\necho \xff\nEND\n", True),
        (b"RUN <<END bash\necho \xff\nEND\n", True),
        (b"RUN cat <<END\necho \xff\nEND\n", True),
        (b"RUN <<END\n#!/bin/sh\necho \xff\nEND\n", False),
    ],
)
def test_bytes_that_are_no_utf_8_in_a_heredoc(run: bytes, refused: bool) -> None:
    """They are refused as an argument of the command, and welcome in a file."""
    if not refused:
        assert stagegraph.plan(b"FROM a\n" + run).steps
        return
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan(b"FROM a\n" + run)
    assert caught.value.message == INVALID


def test_a_run_upon_the_empty_image_names_no_platform() -> None:
    text = "FROM scratch AS a\nCOPY x y\nRUN z\nFROM a\nWORKDIR /w\nRUN z\n"
    names = [step.name for step in stagegraph.plan(text, build_args={"BUILDKIT_MULTI_PLATFORM": "1"}).steps]
    assert names[1:] == [
        "[linux/amd64 a 1/2] COPY x y",
        "[a 2/2] RUN z",
        "[linux/amd64 stage-1 1/2] WORKDIR /w",
        "[stage-1 2/2] RUN z",
    ]


def test_a_heredoc_that_is_announced_among_the_flags() -> None:
    """A blank that separates words, but not flags."""
    text = "FROM a\nRUN --mount=type=tmpfs,target=/x\u2029<<A bash\nhi\nA\nRUN y\n"
    assert [step.name for step in stagegraph.plan(text).steps][2] == "[stage-0 3/3] RUN y"
