"""A plan of the legacy builder's, stage by stage, by an engine that says what that builder says."""

from __future__ import annotations

import itertools
import threading
from contextlib import closing

import pytest

import stagegraph
from stagegraph.backends.docker.connection import Connection
from stagegraph.backends.docker.legacy import LegacyWork
from stagegraph.backends.progress import Cancellation, CancelledError, Progress, StepError
from stagegraph.backends.protocol import Build

from .fake_containers import WAIT, said

TWO = "ARG V=1\nFROM alpine AS a\nRUN one\nFROM a\nCOPY --from=a /x /y\n"


@pytest.fixture
def images(engine):
    """The images of the builds, in order; the engine makes one for each that it is sent."""
    made = []

    def built(text):
        made.append(engine.add_image(f"built {len(made)}", f"sha256:layer {len(made)}", Env=["A=1"], OnBuild=["RUN x"]))
        return said(text, made[-1])

    engine.built = built
    return made


@pytest.fixture
def legacy(engine):
    """Makes the work of a plan, of which events are told."""
    assert engine.images_by_id
    with closing(Connection()) as connection:

        def make(text=TWO, options=None, **more):
            plan = stagegraph.plan(text, builder="legacy", **(options or {}))
            return LegacyWork(connection, Build(plan, **more), None)

        yield make


def carried_out(work, cancellation=None):
    told = []
    for task in work.tasks():
        work.work(task, Progress(told.append, itertools.count().__next__, cancellation or Cancellation()))
    return [(event.KIND, event.step.id) for event in told if not isinstance(event, stagegraph.OutputLine)]


def test_arguments_come_first_and_each_stage_after_what_it_needs(legacy):
    tasks = legacy().tasks()
    assert [[step.id for step in task.steps] for task in tasks] == [[1], [2, 3], [4, 5]]
    assert [(task.key, task.needs) for task in tasks] == [(1, set()), (3, {1}), (5, {1, 3})]


def test_stages_are_built_one_upon_the_other(legacy, engine, images):
    work = legacy()
    ids = [1, 2, 3, 4, 5]
    assert carried_out(work) == [(kind, one) for one in ids for kind in ("step-started", "step-finished")]
    assert work.image() == images[1]
    texts = [text for text, _ in engine.uploads]
    assert texts == [
        "ARG V=1\nFROM alpine AS a\nRUN one\n",
        f"ARG V=1\nFROM {images[0]} AS a\nFROM {images[0]}\nCOPY --from=a /x /y\n",
    ]


def test_what_was_made_is_remembered(legacy, images):
    work = legacy()
    carried_out(work)
    assert {image.removeprefix("sha256:")[:12] for image in images} <= set(work.made)


def test_what_the_builder_is_asked(legacy, engine, images):
    options = {"build_args": {"V": "2"}, "labels": {"k": "v"}}
    carried_out(legacy(options=options, network="host", no_cache=True))
    first, last = (asked for _, asked in engine.uploads)
    assert (first["labels"], last["labels"]) == ({}, {"k": "v"})
    for asked in (first, last):
        assert (asked["buildargs"], asked["network_mode"], asked["nocache"]) == ({"V": "2"}, "host", True)
        assert (asked["rm"], asked["forcerm"]) == (True, True)
    assert len(images) == 2


def test_the_default_network_is_the_builders_own(legacy, engine, images):
    carried_out(legacy("FROM alpine\n"))
    ((_, asked),) = engine.uploads
    assert (asked["network_mode"], asked["nocache"], len(images)) == (None, False, 1)


def test_others_copy_from_an_image_without_its_triggers(legacy, engine, images):
    work = legacy("FROM alpine AS a\nONBUILD RUN x\nFROM alpine\nCOPY --from=a /x /y\n")
    carried_out(work)
    (plain,) = (image for image in work.made if image.startswith("sha256:"))
    assert engine.images_by_id[plain]["config"] == {"Env": ["A=1"]}
    assert engine.images_by_id[plain]["rootfs"]["diff_ids"] == ["sha256:layer 0"]
    assert engine.uploads[1][0].startswith(f"FROM {plain} AS a\n")
    assert work.image() == images[1]


def test_a_stage_of_nothing_is_not_sent(legacy, engine, images):
    work = legacy("FROM scratch AS a\nFROM a AS b\nFROM alpine\nCOPY --from=b / /\n")
    ids = [1, 2, 3, 4]
    assert carried_out(work) == [(kind, one) for one in ids for kind in ("step-started", "step-finished")]
    ((text, _),) = engine.uploads
    assert work.image() == images[0]
    first, second = (line.split()[1] for line in text.splitlines()[:2])
    assert {first, second} <= set(work.made)
    assert [engine.images_by_id[image]["rootfs"]["diff_ids"] for image in (first, second)] == [[], []]


def test_a_label_makes_something_of_nothing(legacy, engine, images):
    work = legacy("FROM scratch\n", {"labels": {"k": "v"}})
    carried_out(work)
    assert (work.image(), len(engine.uploads)) == (images[0], 1)


def test_a_step_that_fails_leaves_no_container_and_its_images_are_known(legacy, engine):
    def built(_text):
        yield {"stream": "Step 1/2 : FROM alpine\n ---> aaaaaaaaaaaa\n"}
        yield {"stream": "Step 2/2 : RUN one\n ---> Running in bbbbbbbbbbbb\n"}
        yield {"error": "returned a non-zero code: 4", "errorDetail": {"code": 4}}

    engine.built = built
    work = legacy("FROM alpine\nRUN one\n")
    with pytest.raises(StepError) as caught:
        carried_out(work)
    assert (caught.value.step.id, caught.value.exit_code) == (2, 4)
    assert [name for name, _ in engine.removed_containers] == ["bbbbbbbbbbbb"]
    assert "aaaaaaaaaaaa" in work.made


def test_a_builder_that_makes_no_image(legacy, engine):
    engine.built = lambda text: list(said(text, "sha256:0123456789abcdef"))[:-1]
    with pytest.raises(StepError, match="the builder has made no image"):
        carried_out(legacy("FROM alpine\n"))


def test_cancelling_breaks_the_build_off_and_clears_its_container_away(legacy, engine, monkeypatch):
    broken = threading.Event()
    monkeypatch.setattr("stagegraph.backends.docker.connection.Streaming.break_off", lambda _stream: broken.set())

    def built(_text):
        yield {"stream": "Step 1/2 : FROM alpine\n ---> aaaaaaaaaaaa\nStep 2/2 : RUN one\n"}
        yield {"stream": " ---> Running in bbbbbbbbbbbb\n"}
        threading.Thread(target=cancellation.cancel).start()
        assert broken.wait(WAIT)

    engine.built = built
    cancellation = Cancellation()
    work = legacy("FROM alpine\nRUN one\n")
    with pytest.raises(CancelledError):
        carried_out(work, cancellation)
    assert [name for name, _ in engine.removed_containers] == ["bbbbbbbbbbbb"]
    assert "aaaaaaaaaaaa" in work.made


def test_what_is_cancelled_already_is_never_sent(legacy, engine):
    cancellation = Cancellation()
    cancellation.cancel()
    with pytest.raises(CancelledError):
        carried_out(legacy("FROM alpine\n"), cancellation)
    assert engine.uploads == []
