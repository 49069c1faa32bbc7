import re
from pathlib import Path

import pytest

import stagegraph
from stagegraph.rendering.transcript import broken_transcript, transcript

TRANSCRIPTS = Path(__file__).parent / "transcripts"  # as the builders of Docker Engine 28.5 printed them


def test_buildkit(seed):
    assert transcript(stagegraph.plan(seed, target="stage2")) == (
        "[+] Building (7/7)\n"
        " => [internal] load build definition from Dockerfile\n"
        " => [internal] load metadata for docker.io/library/ubuntu:latest\n"
        " => [internal] load .dockerignore\n"
        " => [base 1/2] FROM docker.io/library/ubuntu:latest\n"
        ' => [base 2/2] RUN echo "base"\n'
        ' => [stage2 1/1] RUN echo "stage2"\n'
        " => exporting to image\n"
    )


def test_legacy(seed):
    assert transcript(stagegraph.plan(seed, target="stage2", builder="legacy")) == (
        "Sending build context to Docker daemon\n"
        "Step 1/6 : FROM ubuntu AS base\n"
        'Step 2/6 : RUN echo "base"\n'
        "Step 3/6 : FROM base AS stage1\n"
        'Step 4/6 : RUN echo "stage1"\n'
        "Step 5/6 : FROM base AS stage2\n"
        'Step 6/6 : RUN echo "stage2"\n'
        "Successfully built\n"
    )


def test_what_buildkit_really_printed():
    recorded = (TRANSCRIPTS / "stages.buildkit.plain.txt").read_text()
    names = re.findall(r"^#[1-9]\d* ((?:\[|exporting to).*)$", recorded, re.MULTILINE)
    lines = transcript(stagegraph.plan(_recorded_dockerfile())).splitlines()
    assert lines == [f"[+] Building ({len(names)}/{len(names)})", *(f" => {name}" for name in names)]


def test_what_the_legacy_builder_really_printed():
    recorded = (TRANSCRIPTS / "stages.legacy.txt").read_text().splitlines()
    ours = transcript(stagegraph.plan(_recorded_dockerfile(), builder="legacy")).splitlines()
    unknown = re.compile(r" --->|base$|stage[12]$|$")  # ids, and the output of what ran
    known = [line for line in recorded if not unknown.match(line)]
    assert ours == [re.sub(r"(daemon|built)  ?\S+$", r"\1", line) for line in known]


def _recorded_dockerfile():
    return (TRANSCRIPTS / "stages.Dockerfile").read_bytes()


def test_the_build_definition_has_the_name_of_the_file(tmp_path):
    path = tmp_path / "app.Dockerfile"
    path.write_text("FROM scratch\n")
    assert transcript(stagegraph.plan(path)).splitlines() == [
        "[+] Building (3/3)",
        " => [internal] load build definition from app.Dockerfile",
        " => [internal] load .dockerignore",
        " => exporting to image",
    ]


def test_buildkit_prints_its_warnings_at_the_end():
    text = "FROM alpine as a\nRUN x\nFROM a as b\n"
    assert transcript(stagegraph.plan(text)).endswith(
        " => exporting to image\n"
        "\n"
        " 2 warnings found (use docker --debug to expand):\n"
        " - FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 1)\n"
        " - FromAsCasing: 'as' and 'FROM' keywords' casing do not match (line 3)\n"
    )


def test_the_legacy_builder_warns_of_empty_continuations_before_the_first_step():
    text = "FROM alpine\nRUN a \\\n\n  b\n"
    assert transcript(stagegraph.plan(text, builder="legacy")).splitlines() == [
        "Sending build context to Docker daemon",
        "[WARNING]: Empty continuation line found in: RUN a   b",
        "[WARNING]: Empty continuation lines will become errors in a future release.",
        "Step 1/2 : FROM alpine",
        "Step 2/2 : RUN a   b",
        "Successfully built",
    ]


def test_the_legacy_builder_names_unused_build_args_at_the_end():
    plan = stagegraph.plan("FROM alpine\n", builder="legacy", build_args={"B": "1", "A": "2"})
    assert transcript(plan).splitlines()[-2:] == [
        "[Warning] One or more build-args [A B] were not consumed",
        "Successfully built",
    ]


@pytest.mark.parametrize(
    ("triggers", "line"),
    [(["RUN x"], "# Executing 1 build trigger"), (["RUN x", "RUN y"], "# Executing 2 build triggers")],
)
def test_the_legacy_builder_counts_triggers(triggers, line):
    images = {"docker.io/library/alpine:latest": {"config": {"OnBuild": triggers}}}
    plan = stagegraph.plan("FROM alpine\nRUN z\n", builder="legacy", images=images)
    assert transcript(plan).splitlines()[1:4] == ["Step 1/2 : FROM alpine", line, "Step 2/2 : RUN z"]


def test_the_steps_before_a_failure():
    with pytest.raises(stagegraph.PlanningError) as caught:
        stagegraph.plan("FROM alpine\nCOPY --chmod=1 a b\n", builder="legacy")
    assert broken_transcript(caught.value.steps) == (
        "Sending build context to Docker daemon\nStep 1/2 : FROM alpine\nStep 2/2 : COPY --chmod=1 a b\n"
    )


def test_a_failure_before_the_first_step_prints_nothing():
    assert broken_transcript(()) == ""
