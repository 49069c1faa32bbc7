"""A stage's slice of a Dockerfile."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.docker.slices import StageImages, needs_of, slice_of, stage_steps

TEXT = """\
# escape=`
ARG V=1
FROM alpine AS a
RUN one
FROM a
COPY --from=a /x /y
FROM a AS c
COPY --from=1 /y /z
RUN two"""
BUILT = {0: StageImages("sha256:a", "sha256:plain"), 1: StageImages("sha256:b", "sha256:b")}


def plan_of(text=TEXT, **options):
    return stagegraph.plan(text, builder="legacy", **options)


def piece(number, built, text=TEXT):
    plan = plan_of(text)
    return slice_of(plan, plan.graph.resolved.stages[number], built)


def test_the_first_stage_is_as_it_is_written():
    made = piece(0, {})
    assert made.text == "# escape=`\nARG V=1\nFROM alpine AS a\nRUN one\n"
    assert made.skipped == 1


def test_a_stage_stands_upon_the_image_itself_and_others_are_names_for_images_without_triggers():
    made = piece(1, BUILT)
    assert made.text == "# escape=`\nARG V=1\nFROM sha256:plain AS a\nFROM sha256:a\nCOPY --from=a /x /y\n"
    assert made.skipped == 2


def test_numbers_mean_what_they_meant():
    made = piece(2, BUILT)
    assert made.text.splitlines()[2:] == [
        "FROM sha256:plain AS a",
        "FROM sha256:b",
        "FROM sha256:a",
        "COPY --from=1 /y /z",
        "RUN two",
    ]
    assert made.text.endswith("\n")


def test_a_stage_that_was_not_built_is_a_name_for_nothing():
    assert "FROM scratch\n" in piece(2, {0: BUILT[0]}).text


@pytest.mark.parametrize(("number", "needs"), [(0, set()), (1, {0}), (2, {0, 1})])
def test_what_a_stage_needs(number, needs):
    assert needs_of(plan_of().graph.resolved.stages[number]) == needs


def test_what_triggers_read_is_needed():
    text = "FROM alpine AS a\nFROM alpine AS b\nONBUILD COPY --from=a /x /x\nFROM b\n"
    assert needs_of(plan_of(text).graph.resolved.stages[2]) == {0, 1}


def test_a_label_of_the_command_line_belongs_to_the_last_stage():
    plan = plan_of("FROM alpine AS a\nFROM a\n", labels={"k": "v"})
    steps = [[step.name for step in stage_steps(plan, stage)] for stage in plan.graph.resolved.stages]
    assert [len(names) for names in steps] == [1, 2]
    assert "LABEL k=v" in steps[1][1]


@pytest.mark.parametrize("number", range(3))
def test_the_slice_is_a_dockerfile_with_as_many_steps_as_are_followed(number):
    plan = plan_of()
    made = piece(number, BUILT)
    again = plan_of(made.text)
    own = stage_steps(plan, plan.graph.resolved.stages[number])
    assert len(again.steps) == made.skipped + len(own)
    words = [step.name.partition(" : ")[2] for step in again.steps[made.skipped + 1 :]]
    assert words == [step.name.partition(" : ")[2] for step in own[1:]]
