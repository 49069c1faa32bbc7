"""What the legacy builder says, as events; the transcripts are those of Docker Engine 28.5."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.backends.containers.transcripts import BuildStream, printed_messages
from stagegraph.backends.progress import Cancellation, Progress, StepError

RUN = """\
Step 1/3 : FROM alpine
 ---> 42f0b9e5923f
Step 2/3 : RUN printf x
 ---> Running in a87aa545fb9a
{output} ---> Removed intermediate container a87aa545fb9a
 ---> 6776148b7704
Step 3/3 : RUN echo y
 ---> Using cache
 ---> 0657e502cafb
"""
TEXT = "FROM alpine\nRUN printf x\nRUN echo y\n"


def stream_of(text=TEXT, skipped=0):
    told = []
    plan = stagegraph.plan(text, builder="legacy")
    return BuildStream(plan.steps, skipped, Progress(told.append, lambda: 0.0, Cancellation())), told


def followed(messages, text=TEXT, skipped=0):
    stream, told = stream_of(text, skipped)
    stream.follow(messages)
    return stream, told


def summary(told):
    return [(event.KIND, event.step.id) for event in told if not isinstance(event, stagegraph.OutputLine)]


def printed(told, step):
    return [
        (event.text, event.stream)
        for event in told
        if isinstance(event, stagegraph.OutputLine) and event.step.id == step and event.stream != "status"
    ]


DONE = [
    ("step-started", 1),
    ("step-finished", 1),
    ("step-started", 2),
    ("step-finished", 2),
    ("step-started", 3),
    ("step-cached", 3),
]


@pytest.mark.parametrize(
    ("output", "lines"),
    [
        ("", []),
        ("x\n", ["x"]),
        ("x", ["x"]),
        ("one\ntwo", ["one", "two"]),
        ("\n", [""]),
        ("Step 3/3 : RUN echo y\n", ["Step 3/3 : RUN echo y"]),
        (" ---> 0123456789ab\n", [" ---> 0123456789ab"]),
        (" ---> Removed intermediate container 0123456789ab\n", [" ---> Removed intermediate container 0123456789ab"]),
    ],
)
def test_whatever_a_command_prints_it_ends_no_step(output, lines):
    stream, told = followed([{"stream": RUN.format(output=output)}])
    assert summary(told) == DONE
    assert printed(told, 2) == [(line, "stdout") for line in lines]
    assert stream.differences() == ((), ())


def test_ids_are_told_and_what_came_from_the_cache_is_nothing_that_was_made():
    stream, told = followed([{"stream": RUN.format(output="")}])
    images = [event.image for event in told if isinstance(event, stagegraph.StepFinished | stagegraph.StepCached)]
    assert images == ["42f0b9e5923f", "6776148b7704", "0657e502cafb"]
    assert stream.images == ["42f0b9e5923f", "6776148b7704"]
    assert stream.containers == ["a87aa545fb9a"]


def test_the_id_of_the_whole_is_told_apart():
    stream, _ = followed([{"stream": RUN.format(output="")}, {"aux": {"ID": "sha256:abc"}}])
    assert stream.image == "sha256:abc"


def test_red_is_standard_error_and_its_last_line_need_not_end():
    head, tail = RUN.format(output="").split(" ---> Removed")
    messages = [{"stream": head}, {"stream": "\x1b[91mone\ntw\x1b[0m"}, {"stream": "\x1b[91mo\x1b[0m"}]
    _, told = followed([*messages, {"stream": f" ---> Removed{tail}"}])
    assert printed(told, 2) == [("one", "stderr"), ("two", "stderr")]
    assert summary(told) == DONE


@pytest.mark.parametrize(
    ("reported", "code"),
    [({"code": 3, "message": "m"}, 3), ({"message": "m"}, None), (None, None), ({"code": "3"}, None)],
)
def test_a_failure_is_that_of_the_step_at_work(reported, code):
    stream, told = stream_of()
    text = RUN.format(output="").split(" ---> Removed")[0] + "rest"
    with pytest.raises(StepError) as caught:
        stream.follow([{"stream": text}, {"error": "it failed", "errorDetail": reported}])
    assert (caught.value.step.id, caught.value.message, caught.value.exit_code) == (2, "it failed", code)
    assert printed(told, 2) == [("rest", "stdout")]


def test_a_failure_before_any_step_is_that_of_the_first():
    stream, _ = stream_of()
    assert not stream.is_begun
    with pytest.raises(StepError) as caught:
        stream.follow([{"error": "no space left on device"}])
    assert caught.value.step.id == 1


def test_steps_before_those_of_the_stage_are_passed_over():
    text = "Step 1/4 : ARG V\nStep 2/4 : FROM scratch AS a\n ---> \nStep 3/4 : FROM alpine\n ---> 42f0b9e5923f\n"
    _, told = followed([{"stream": text}], "FROM alpine\n", skipped=2)
    assert summary(told) == [("step-started", 1), ("step-finished", 1)]


def test_triggers_belong_to_the_step_of_their_from():
    text = (
        "Step 1/1 : FROM a\n# Executing 2 build triggers\n ---> Using cache\n ---> 111111111111\n"
        " ---> Running in 222222222222\nhi\n ---> Removed intermediate container 222222222222\n ---> 333333333333\n"
    )
    stream, told = followed([{"stream": text}], "FROM alpine\n")
    assert summary(told) == [("step-started", 1), ("step-finished", 1)]
    assert printed(told, 1) == [("hi", "stdout")]
    assert stream.images == ["333333333333"]


@pytest.mark.parametrize(
    ("said", "differences"),
    [
        ("Step 1/1 : FROM alpine\nlatest: Pulling from library/alpine\n ---> 42f0b9e5923f\n", ((), ())),
        ("Step 1/1 : FROM other\n ---> 42f0b9e5923f\n", (("Step 1/1 : FROM alpine",), ("Step 1/1 : FROM other",))),
        ("", (("Step 1/1 : FROM alpine",), ())),
        ("Step 1/1 : FROM alpine\n ---> 42f0b9e5923f\nStep 2/1 : RUN x\n", ((), ("Step 2/1 : RUN x",))),
    ],
)
def test_what_is_announced_is_laid_beside_the_plan(said, differences):
    stream, _ = followed([{"stream": said}], "FROM alpine\n")
    assert stream.differences() == differences


@given(st.data())
def test_pieces_of_any_length_tell_the_same(data):
    """The command line prints everything in one stream, of which any number of bytes may come at once."""
    output = "".join(data.draw(st.lists(st.sampled_from(["out\n", "x", "\x1b[91merr\n\x1b[0m", "\x1b[1m", "é\r\n"]))))
    text = RUN.format(output=output)
    cuts = sorted(data.draw(st.sets(st.integers(1, len(text) - 1))))
    pieces = [text[start:end] for start, end in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    _, whole = followed(printed_messages([text]))
    _, cut = followed(printed_messages(pieces))
    assert sorted(printed(cut, 2)) == sorted(printed(whole, 2))
    assert summary(cut) == summary(whole) == DONE
