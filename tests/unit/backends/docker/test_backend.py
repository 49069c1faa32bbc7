"""The backend on an engine that is none: events, images, and what is left behind."""

from __future__ import annotations

import os
import socket
import threading

import pytest
import requests
from docker.errors import DockerException

import stagegraph
from stagegraph.backends.docker.backend import DockerBackend
from stagegraph.backends.docker.connection import OWNER_LABEL, is_abandoned
from stagegraph.backends.files.nodes import Bytes, Entry, File
from stagegraph.backends.files.tree import FileTree
from stagegraph.backends.laws import violations
from stagegraph.backends.protocol import Build

from .fake import api_error
from .fake_containers import WAIT, said

TEXT = "FROM alpine AS a\nRUN one\nFROM alpine\nCOPY --from=a /x /y\nRUN two\n"
BASE = "docker.io/library/alpine:latest"


def build_of(text=TEXT, builder="buildkit", **more):
    return Build(stagegraph.plan(text, builder=builder), **more)


def events_of(build):
    events = list(DockerBackend().run(build))
    assert violations(events) == []
    return events


def only(events, kind):
    return [event for event in events if isinstance(event, kind)]


def left(engine):
    """The images that the engine had not in the beginning and has in the end."""
    return set(engine.images_by_id) - {engine.names[BASE]} - set(engine.removed)


@pytest.fixture
def commands(engine):
    """What the commands print and how they end, by their last words; there is a file to copy."""
    ends = {}

    def run(container):
        command = container.words[-1]
        return [(f"{command} runs\n".encode(), None)], ends.get(command, 0)

    engine.commands = run
    engine.trees[engine.names[BASE]] = FileTree({"/x": Entry(File(Bytes(b"x"), 0o644))})
    return ends


@pytest.mark.usefixtures("commands")
def test_a_plan_is_carried_out(engine):
    events = events_of(build_of(tags=("t:1", "u:2")))
    assert [event.text for event in only(events, stagegraph.OutputLine) if event.stream == "stdout"] == [
        "one runs",
        "two runs",
    ]
    last = events[-1]
    assert (last.succeeded, last.image.tags) == (True, ("t:1", "u:2"))
    assert last.image.id == engine.names["t:1"] == engine.names["u:2"]
    made = engine.images_by_id[last.image.id]
    assert made["rootfs"]["diff_ids"][0] == "sha256:alpine"
    assert len(made["rootfs"]["diff_ids"]) == 3
    assert made["config"] == last.image.config


@pytest.mark.usefixtures("commands")
def test_what_was_copied_is_in_the_image(engine):
    events_of(build_of())
    files = next(one.files for one in engine.all.values() if one.words[-1] == "two")
    assert files.get("/y").node.content.open().read() == b"x"


@pytest.mark.usefixtures("commands")
def test_nothing_else_is_left_behind(engine):
    image = events_of(build_of())[-1].image.id
    assert left(engine) == {image}
    assert engine.removed
    assert engine.open == set()
    owner = engine.all["container 0"].config["Labels"][OWNER_LABEL]
    assert is_abandoned(owner)  # whatever had been left would be anyone's to clear away


@pytest.mark.usefixtures("commands")
def test_everything_is_left_behind_where_it_is_to_be_kept(engine):
    events_of(build_of(keep=True))
    assert engine.removed == []
    assert engine.open == set()


def test_a_step_that_fails_is_an_event(engine, commands):
    commands["one"] = 4
    events = events_of(build_of(tags=("t:1",), jobs=1))
    (failed,) = only(events, stagegraph.StepFailed)
    assert (failed.step.lines, failed.exit_code) == ((2, 2), 4)
    assert failed.message == 'process "/bin/sh -c one" did not complete successfully: exit code: 4'
    assert [event.step.lines for event in only(events, stagegraph.StepSkipped)] == [(4, 4), (5, 5)]
    assert (events[-1].succeeded, events[-1].image) == (False, None)
    assert (left(engine), engine.open, "t:1" in engine.names) == (set(), set(), False)


@pytest.mark.usefixtures("commands")
def test_an_image_that_is_nowhere_is_a_step_that_fails(engine):
    events = events_of(build_of("FROM none\n"))
    (failed,) = only(events, stagegraph.StepFailed)
    assert failed.message == "docker.io/library/none:latest: not found"
    assert left(engine) == set()


@pytest.mark.usefixtures("commands")
def test_an_engine_that_does_not_know_its_layers_has_cleared_away(engine):
    engine.knows_layers = False
    with pytest.raises(stagegraph.BackendError, match="cannot make an image of its layers"):
        list(DockerBackend().run(build_of()))
    assert (left(engine), engine.open) == (set(), set())


def test_closing_cancels_what_runs_and_clears_away(engine):
    def lines(container):
        yield b"begun\n", None
        assert container.killed.wait(WAIT)

    engine.commands = lambda container: (lines(container), 0)
    running = DockerBackend().run(build_of("FROM alpine\nWORKDIR /w\nRUN one\nRUN two\n"))
    for event in running:
        if isinstance(event, stagegraph.OutputLine) and event.text == "begun":
            break
    running.close()
    assert engine.calls.count("start") == engine.calls.count("kill") == 1
    assert (left(engine), engine.open) == (set(), set())
    assert engine.removed
    assert engine.closed


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("FROM alpine\nRUN --mount=type=cache,target=/c one\n", "there is no --mount=type=cache"),
        ("FROM alpine\nADD https://a.b/c /c\n", "nothing is fetched"),
    ],
)
def test_what_is_refused_is_refused_before_anything_is_asked_of_an_engine(engine, monkeypatch, text, reason):
    asked = []
    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", lambda **_: asked.append(1))
    with pytest.raises(stagegraph.UnsupportedError, match=reason) as caught:
        list(DockerBackend().run(build_of(text)))
    assert caught.value.span.first_line == 2
    assert (asked, engine.calls) == ([], [])


def test_an_ignore_file_that_cannot_be_sent_is_refused_before_anything_is_asked(engine, monkeypatch, tmp_path):
    asked = []
    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", lambda **_: asked.append(1))
    (tmp_path / ".dockerignore").write_text("!x\n")
    with pytest.raises(stagegraph.UnsupportedError, match="leaves out nothing"):
        list(DockerBackend().run(build_of("FROM alpine\nCOPY . /x\n", "legacy", context=tmp_path)))
    assert (asked, engine.uploads) == ([], [])


def test_a_context_that_is_not_there(engine, tmp_path):
    with pytest.raises(stagegraph.InputError, match="nowhere"):
        list(DockerBackend().run(build_of(context=tmp_path / "nowhere")))
    assert engine.calls == []


def test_no_engine(monkeypatch):
    def fail(**_options):
        raise DockerException("refused")

    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", fail)
    with pytest.raises(stagegraph.BackendError, match="there is no Docker Engine at"):
        list(DockerBackend().run(build_of()))


def test_an_engine_that_goes_meanwhile(engine, monkeypatch):
    def gone(_name):
        raise requests.ConnectionError("broken pipe")

    monkeypatch.setattr(engine, "commit", gone)
    with pytest.raises(stagegraph.BackendError, match="the Docker Engine has gone: broken pipe"):
        list(DockerBackend().run(build_of("FROM alpine\nRUN one\n")))
    assert engine.open == set()


@pytest.mark.usefixtures("commands")
@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_what_another_build_has_left_goes_first(engine, builder):
    owner = f"{socket.gethostname()}:{os.getpid()}:over"
    engine.listed["volumes"] = [{"Name": "old", "Labels": {OWNER_LABEL: owner}}]
    engine.built = lambda text: said(text, engine.names[BASE])
    events_of(build_of("FROM alpine\n", builder))
    assert engine.removed_volumes == ["old"]


def test_the_config_of_an_image(engine):
    engine.add_image("here", "sha256:l", Env=["A=1"])
    found = DockerBackend().image_config("here")
    assert found["config"]["Env"] == ["A=1"]
    assert DockerBackend().image_config("nowhere") is None
    assert engine.closed


def test_the_config_of_an_image_that_the_engine_does_not_tell(engine, monkeypatch):
    def refuse(_name):
        raise api_error("not today")

    monkeypatch.setattr(engine, "inspect_image", refuse)
    with pytest.raises(stagegraph.BackendError, match="not today"):
        DockerBackend().image_config("here")


# -- the legacy builder ------------------------------------------------------------------------


@pytest.fixture
def legacy(engine):
    """Every stage that is sent becomes an image."""
    engine.built = lambda text: said(text, engine.add_image(text, f"sha256:{len(engine.images_by_id)}"))
    engine.remove_image = lambda image, noprune: engine.removed.append(image) if noprune else None
    return engine


def test_a_plan_of_the_legacy_builder_is_carried_out(legacy):
    events = events_of(build_of(builder="legacy", tags=("t:1",), jobs=1))
    last = events[-1]
    assert (last.succeeded, last.image.tags) == (True, ("t:1",))
    assert legacy.names["t:1"] == last.image.id
    assert len(legacy.uploads) == 2
    assert len(only(events, stagegraph.StepFinished)) == 5


def test_the_image_and_those_that_were_there_stay(legacy):
    there = legacy.add_image("FROM alpine AS a\nRUN one\n", "sha256:there")
    events = events_of(build_of(builder="legacy", jobs=1))
    short = {image.removeprefix("sha256:")[:12] for image in (there, events[-1].image.id)}
    assert short.isdisjoint(legacy.removed)


def test_stages_on_the_way_go(legacy):
    events_of(build_of(builder="legacy", jobs=1))
    stage = legacy.names["FROM alpine AS a\nRUN one\n"].removeprefix("sha256:")[:12]
    assert stage in legacy.removed


def test_a_stage_of_the_legacy_builder_that_fails(legacy):
    def built(_text):
        yield {"stream": "Step 1/2 : FROM alpine AS a\n ---> aaaaaaaaaaaa\nStep 2/2 : RUN one\n"}
        yield {"stream": " ---> Running in bbbbbbbbbbbb\n"}
        yield {"error": "it returned a non-zero code: 4", "errorDetail": {"code": 4}}

    legacy.built = built
    events = events_of(build_of(builder="legacy", jobs=1))
    (failed,) = only(events, stagegraph.StepFailed)
    assert (failed.step.lines, failed.exit_code) == ((2, 2), 4)
    assert (events[-1].succeeded, events[-1].image) == (False, None)
    assert legacy.removed == ["aaaaaaaaaaaa"]
    assert [name for name, _ in legacy.removed_containers] == ["bbbbbbbbbbbb"]


def test_closing_breaks_a_legacy_build_off(legacy, monkeypatch):
    broken = threading.Event()
    monkeypatch.setattr("stagegraph.backends.docker.connection.Streaming.break_off", lambda _stream: broken.set())

    def built(_text):
        yield {"stream": "Step 1/2 : FROM alpine\n ---> aaaaaaaaaaaa\nStep 2/2 : RUN one\n"}
        yield {"stream": " ---> Running in bbbbbbbbbbbb\nbegun\n"}
        assert broken.wait(WAIT)

    legacy.built = built
    running = DockerBackend().run(build_of("FROM alpine\nRUN one\n", "legacy"))
    for event in running:
        if isinstance(event, stagegraph.OutputLine) and event.text == "begun":
            break
    running.close()
    assert legacy.removed == ["aaaaaaaaaaaa"]
    assert [name for name, _ in legacy.removed_containers] == ["bbbbbbbbbbbb"]
