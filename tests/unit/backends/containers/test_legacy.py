"""What is the legacy builder's own where it is carried out in containers."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.files.nodes import Bytes, Entry, File

from .fake import FakeEngine, TreeBackend


def built(text, engine, **options):
    backend = TreeBackend(engine)
    plan = stagegraph.plan(text, builder="legacy", **options)
    return backend, list(stagegraph.run(plan, backend=backend))


def writes(run, _tree, _tell):
    return {f"/{run.words[-1]}": Entry(File(Bytes(b"")))}, 0


def images_of(events):
    return [event.image for event in events if isinstance(event, stagegraph.StepFinished)]


def test_an_instruction_that_changes_no_files_has_the_image_of_the_one_before():
    _, events = built("FROM alpine\nENV A=1\nRUN x\nCMD y\n", FakeEngine(writes))
    base, env, run, cmd = images_of(events)
    assert base == env == "docker.io/library/alpine:latest"
    assert run == cmd != base


def test_every_stage_up_to_the_target_is_built():
    engine = FakeEngine(writes)
    text = "FROM alpine AS a\nRUN unneeded\nFROM alpine AS b\nRUN needed\nFROM b\nRUN behind\n"
    backend, _ = built(text, engine, target="b")
    made = {
        path for tree in engine.images.values() for path in tree.entries if path in ("/unneeded", "/needed", "/behind")
    }
    assert made == {"/unneeded", "/needed"}
    assert backend.files.get("/unneeded") is None
    assert backend.files.get("/needed") is not None


def test_triggers_are_carried_out_with_their_from():
    backend, events = built("FROM alpine AS a\nONBUILD RUN x\nONBUILD RUN y\nFROM a\n", FakeEngine(writes))
    assert events[-1].succeeded
    assert backend.files.get("/x") is not None
    assert backend.files.get("/y") is not None


@pytest.mark.parametrize(("copied", "is_there"), [("/etc/passwd", True), ("/none", False)])
def test_images_are_copied_from(copied, is_there):
    backend, events = built(f"FROM scratch\nCOPY --from=alpine {copied} /p\n", FakeEngine())
    assert events[-1].succeeded is is_there
    if is_there:
        assert backend.files.get("/p") is not None
