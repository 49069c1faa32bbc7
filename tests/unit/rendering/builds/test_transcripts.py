"""The transcripts of a simulated build have the shape of those that the real builders print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends.events import (
    STATUS,
    OutputLine,
    PlanFinished,
    StepFailed,
    StepFinished,
    StepSkipped,
    StepStarted,
)
from stagegraph.rendering.builds.buildkit import BuildKitProgress
from stagegraph.rendering.builds.legacy import LegacyProgress

RECORDED = Path(__file__).parent / "recorded"
TEXT = (RECORDED / "stages.Dockerfile").read_text()


def lines_of(progress, events):
    return [*progress.begin(), *(line for event in events for line in progress.lines(event))]


def simulated(builder, text=TEXT, target="stage2", **options):
    plan = stagegraph.plan(text, target=target, builder=builder)
    events = stagegraph.run(plan, **options)
    progress = LegacyProgress(plan) if builder == "legacy" else BuildKitProgress("docker")
    return lines_of(progress, events)


def shape(lines):
    """The lines without times, ids, and what processes print."""
    kept = [line for line in lines if not re.match(r"#\d+ \d+\.\d+ |base$|stage\d$", line)]
    text = "\n".join(kept)
    text = re.sub(r"\b[0-9a-f]{12,64}\b", "<id>", text)
    return re.sub(r"\d+(\.\d+)?(s|B|kB)\b", r"<\2>", text).split("\n")


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_the_shape_is_the_builders(builder):
    name = "stages.legacy.txt" if builder == "legacy" else "stages.buildkit.plain.txt"
    assert shape(simulated(builder)) == shape((RECORDED / name).read_bytes().decode().replace("\r", "").splitlines())


def test_ids_agree_as_the_builders_do():
    """A stage begins with the image of its base, and the last image is the one that is built."""
    lines = simulated("legacy", tag="hello")
    ids = [line.removeprefix(" ---> ") for line in lines if re.match(r" ---> [0-9a-f]{12}$", line)]
    assert ids[1] == ids[2] == ids[4]
    assert lines[-2:] == [f"Successfully built {ids[-1]}", "Successfully tagged hello:latest"]
    assert simulated("legacy", tag="hello") == lines


def test_legacy_steps_stand_in_order_whatever_runs_first():
    plan = stagegraph.plan("FROM a AS x\nRUN 1\nFROM b\nRUN 2\n", builder="legacy")
    one, two, three, four = plan.steps
    events = [
        StepStarted(three.name, three, 0),
        StepFinished(three.name, three, 0, "3" * 64),
        StepStarted(one.name, one, 0),
        StepFinished(one.name, one, 0, "1" * 64),
        StepStarted(two.name, two, 0),
        OutputLine(two.name, two, 0, "hello"),
        StepStarted(four.name, four, 0),
        StepFailed(four.name, four, 0, "no"),
        StepFinished(two.name, two, 0, "sha256:" + "2" * 64),
        PlanFinished(False, 0),
    ]
    assert lines_of(LegacyProgress(plan), events) == [
        "Step 1/4 : FROM a AS x",
        " ---> 111111111111",
        "Step 2/4 : RUN 1",
        "hello",
        " ---> 222222222222",
        "Step 3/4 : FROM b",
        " ---> 333333333333",
        "Step 4/4 : RUN 2",
    ]


def test_legacy_words_beside_the_steps(tmp_path):
    (tmp_path / "a").touch()
    text = "ARG V\nFROM scratch AS a\nONBUILD COPY a /x\nONBUILD ENV A=1\nFROM a\nCOPY a /y\nFROM a\nCOPY a /y\n"
    plan = stagegraph.plan(text, builder="legacy", build_args={"unused": "1"})
    lines = lines_of(LegacyProgress(plan), stagegraph.run(plan, context=tmp_path))
    text = "\n".join(shape(lines))
    assert "Step 1/8 : ARG V\nStep 2/8 : FROM scratch AS a\n ---> \nStep 3/8" in text
    assert (
        "FROM a\n# Executing 2 build triggers\n ---> Running in <id>\n"
        " ---> Removed intermediate container <id>\n ---> <id>" in text
    )
    assert "Step 8/8 : COPY a /y\n ---> Using cache\n ---> <id>\n" in text
    assert text.endswith("[Warning] One or more build-args [unused] were not consumed\nSuccessfully built <id>")


def test_buildkit_lines_turn_from_one_to_another():
    plan = stagegraph.plan("FROM a AS x\nRUN 1\nFROM b\nRUN 2\nCOPY --from=x / /\n")
    first, second, third = plan.steps[1], plan.steps[3], plan.steps[4]
    events = [
        StepStarted(first.name, first, 1.0),
        OutputLine(first.name, first, 1.5, "one", "stdout"),
        StepStarted(second.name, second, 2.0),
        OutputLine(first.name, first, 2.25, "status", STATUS),
        StepFailed(second.name, second, 3.0, "no \x1b"),
        StepFinished(first.name, first, 4.0),
        StepSkipped(third.name, third, 4.0, "it needs"),
        PlanFinished(False, 4.0),
    ]
    assert lines_of(BuildKitProgress("docker"), events)[1:] == [
        f"#1 {first.name}",
        "#1 0.500 one",
        "#1 ...",
        f"#2 {second.name}",
        "#2 ...",
        f"#1 {first.name}",
        "#1 status",
        "#1 ...",
        f"#2 {second.name}",
        "#2 ERROR: no \\x1b",
        f"#1 {first.name}",
        "#1 DONE 3.0s",
    ]
