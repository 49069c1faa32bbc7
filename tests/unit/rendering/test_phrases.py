import pytest

import stagegraph
from stagegraph.rendering.phrases import is_image, lines_of, node_name, plan_summary, titled, unrolled_reason


def chain(length):
    stages = "".join(f"FROM s{number - 1} AS s{number}\n" for number in range(1, length))
    return f"FROM alpine AS s0\n{stages}"


def reasons(text):
    plan = stagegraph.plan(text)
    return [unrolled_reason(plan, planned) for planned in plan.stages]


def test_a_reason_is_unrolled_up_to_the_target():
    assert reasons(chain(3)) == [
        "s1 is built upon it (line 2), s2 is built upon s1 (line 3)",
        "s2 is built upon it (line 3)",
        "it is the target",
    ]


def test_a_long_reason_is_cut_short():
    assert reasons(chain(9))[0] == (
        "s1 is built upon it (line 2), s2 is built upon s1 (line 3), s3 is built upon s2 (line 4), and so on up to s8"
    )


def test_every_kind_of_need_has_its_own_words():
    text = "FROM a AS m\nFROM a AS c\nFROM a AS b\nFROM b AS t\nCOPY --from=c / /\nRUN --mount=from=m,target=/m ls\n"
    assert reasons(text) == [
        "t mounts it (line 6)",
        "t copies from it (line 5)",
        "t is built upon it (line 4)",
        "it is the target",
    ]


def test_a_trigger_is_a_reason():
    text = "FROM a AS x\nFROM a AS base\nONBUILD COPY --from=x / /\nFROM base AS t\n"
    assert reasons(text)[0] == "a trigger of the base of t reads it (line 4)"


def test_a_summary_counts_what_runs(seed):
    assert plan_summary(stagegraph.plan(seed)) == "2 of 3 stages, 3 steps"
    assert plan_summary(stagegraph.plan("FROM scratch\n")) == "1 of 1 stage, 0 steps"


def test_lines_of_a_step():
    plan = stagegraph.plan("FROM alpine\nRUN a \\\n  b\nCOPY . .\n")
    assert [(step.kind.value, lines_of(step)) for step in plan.steps] == [
        ("from", "1"),
        ("run", "2-3"),
        ("context", "-"),
        ("copy", "4"),
    ]


@pytest.mark.parametrize(
    ("node", "name"),
    [
        (0, "base"),
        (1, "stage1"),
        ("context", "build context"),
        ("context:x::linux/arm64", "named context x::linux/arm64"),
        ("scratch", "scratch"),
        ("docker.io/library/ubuntu:latest", "docker.io/library/ubuntu:latest"),
    ],
)
def test_what_people_call_a_node(seed, node, name):
    assert node_name(stagegraph.graph(seed), node) == name


@pytest.mark.parametrize(
    ("node", "answer"),
    [(0, False), ("context", False), ("scratch", False), ("context:x", False), ("docker.io/library/scratch:1", True)],
)
def test_only_what_comes_from_a_registry_is_an_image(node, answer):
    assert is_image(node) is answer


def test_a_stage_is_named_with_its_line(seed):
    assert [titled(stage) for stage in stagegraph.graph(seed).stages] == [
        "base (line 2)",
        "stage1 (line 5)",
        "stage2 (line 8)",
    ]
