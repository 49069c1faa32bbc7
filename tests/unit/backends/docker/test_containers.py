"""Containers: what they are made with, what runs in them, and that they go."""

from __future__ import annotations

import threading
from contextlib import closing
from unittest.mock import ANY, Mock

import pytest

import stagegraph
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.connection import Connection
from stagegraph.backends.docker.containers import created, error_in, remove_container
from stagegraph.backends.docker.stubs import MOUNT_POINTS, Stubs
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link
from stagegraph.backends.files.tree import FileTree
from stagegraph.backends.progress import Cancellation, CancelledError

from .fake import api_error
from .fake_containers import WAIT

ALPINE = "docker.io/library/alpine:latest"
GONE = [("container 0", {"force": True, "v": True})]


@pytest.fixture
def connection(engine):
    with closing(Connection()) as connection:
        yield connection
    assert (engine.open, engine.open_volumes) == (set(), set())


def run_of(text):
    """The operation of the last step of a plan."""
    return stagegraph.plan(f"FROM {ALPINE}\n{text}").steps[-1].operations[0]


@pytest.fixture
def container(connection):
    """Makes a container, one for a `RUN` if its text is given."""

    def make(text=None, network="default"):
        run = run_of(text) if text is not None else None
        return created(connection, ALPINE, Stubs(connection, lambda _image: None), run, network)

    return make


def tree(engine, **entries):
    """Gives the image files."""
    nodes = {f"/{name}": Entry(node) for name, node in entries.items()}
    engine.trees[ALPINE] = FileTree(nodes)


def test_what_is_only_looked_at_is_never_started(container, engine, connection):
    with container():
        assert engine.open == {"container 0"}
        (made,) = engine.all.values()
        assert made.config == {
            "Image": ALPINE,
            "Labels": dict(connection.labels),
            "Entrypoint": ["/"],
            "Cmd": [],
            "NetworkDisabled": True,
        }
    assert engine.calls == ["create", "remove"]
    assert engine.removed_containers == GONE


def test_it_goes_whatever_happens(container, engine):
    with pytest.raises(KeyboardInterrupt), container():
        raise KeyboardInterrupt
    assert engine.removed_containers == GONE


def test_what_a_command_is_run_with(container, engine):
    with container("ENV A=b\nWORKDIR /w\nUSER app\nRUN echo x\n"):
        config = engine.all["container 0"].config
    assert (config["Entrypoint"], config["Cmd"]) == (["/bin/sh"], ["-c", "echo x"])
    assert (config["WorkingDir"], config["User"], config["Hostname"]) == ("/w", "app", "buildkitsandbox")
    assert "A=b" in config["Env"]
    assert config["HostConfig"] == {"NetworkMode": "default", "Binds": []}


@pytest.mark.parametrize(
    ("flag", "network", "mode"),
    [("", "host", "host"), ("--network=none ", "host", "none"), ("--network=default ", "mine", "mine")],
)
def test_a_network_of_its_own_comes_first(container, engine, flag, network, mode):
    with container(f"RUN {flag}x", network):
        assert engine.all["container 0"].config["HostConfig"]["NetworkMode"] == mode


def test_lines_are_told_with_their_streams_however_they_come(container, engine):
    chunks = [(b"on", None), (b"e\ntwo\n", b"oh"), (None, b" no"), (b"end", None)]
    engine.commands = lambda _container: (chunks, 3)
    told = []
    with container("RUN x") as one:
        assert one.run(lambda *line: told.append(line), Cancellation()) == 3
    assert told == [("one", "stdout"), ("two", "stdout"), ("end", "stdout"), ("oh no", "stderr")]


def test_the_folders_that_buildkit_leaves_are_there_before_the_command_starts(container, engine):
    tree(engine, dev=Folder(0o700))
    with container("RUN x") as one:
        one.run(lambda *_: None, Cancellation())
    assert engine.calls == ["create", "put", "attach", "start", "remove"]
    files = engine.all["container 0"].files
    assert [files.get(path).node.mode for path in MOUNT_POINTS] == [0o700, 0o755, 0o755]


def test_what_it_becomes_has_these_folders_and_nobody_is_asked(engine, connection):
    stubs = Stubs(connection, lambda _image: None)
    with created(connection, ALPINE, stubs, run_of("RUN x"), "default") as one:
        one.run(lambda *_: None, Cancellation())
        image = one.commit()
    with created(connection, image, stubs, None, "default") as again:
        assert [again.files.kind(path).node for path in MOUNT_POINTS] == [Folder(0o755)] * 3
    assert engine.builds == []


def test_a_script_is_in_a_volume_while_the_command_runs(container, engine):
    with container("RUN <<EOF\n#!/bin/sh\necho one\nEOF\n"):
        assert (engine.open, engine.open_volumes) == ({"container 1"}, {"script"})
        config = engine.all["container 1"].config
        assert config["HostConfig"]["Binds"] == ["script:/dev/pipes:ro"]
        filled = engine.all["container 0"]
        assert filled.config["HostConfig"] == {"Binds": ["script:/dev/pipes"]}
        ((path, entry),) = filled.files.below("/dev/pipes")
        assert f"/dev/pipes/{path}" in config["Entrypoint"] + config["Cmd"]
        assert entry.node.content.open().read() == b"#!/bin/sh\necho one\n"
    assert engine.removed_volumes == ["script"]
    assert engine.calls[-1] == "remove volume by force"
    assert "start" not in engine.calls


@pytest.mark.parametrize("what", ["create volume", "create", "put"])
def test_a_script_that_finds_no_room(container, engine, what):
    engine.failing[what] = "no space left on device"
    with pytest.raises(EngineError, match="no space left on device"), container("RUN <<EOF\n#!/bin/sh\nEOF\n"):
        pytest.fail("there is no container")
    assert (engine.open, engine.open_volumes) == (set(), set())
    assert len(engine.removed_volumes) == (what != "create volume")


@pytest.mark.parametrize("what", ["attach", "start", "put"])
def test_a_command_that_cannot_start(container, engine, what):
    engine.failing[what] = "no such executable"
    with container("RUN x") as one, pytest.raises(EngineError, match="no such executable"):
        one.run(lambda *_: None, Cancellation())


def test_an_image_that_cannot_be_made(container, engine):
    engine.failing["commit"] = "no room"
    with container() as one, pytest.raises(EngineError, match="no room"):
        one.commit()


def test_cancelling_kills_what_runs(container, engine):
    def lines(one):
        yield b"begun\n", None
        assert one.killed.wait(WAIT)

    engine.commands = lambda one: (lines(one), 0)
    cancellation, told = Cancellation(), []

    def cancel():
        engine.started.wait(WAIT)
        cancellation.cancel()

    canceller = threading.Thread(target=cancel)
    canceller.start()
    with container("RUN x") as one, pytest.raises(CancelledError):
        one.run(lambda *line: told.append(line), cancellation)
    canceller.join()
    assert told == [("begun", "stdout")]
    assert engine.calls[-3:] == ["start", "kill", "remove"]


def test_what_is_cancelled_already_is_never_started(container, engine):
    cancellation = Cancellation()
    cancellation.cancel()
    with container("RUN x") as one, pytest.raises(CancelledError):
        one.run(lambda *_: None, cancellation)
    assert "start" not in engine.calls


def test_a_container_that_has_ended_by_itself_need_not_be_killed(container, engine):
    engine.failing["kill"] = "is not running"

    def lines():
        cancellation.cancel()
        yield None, None

    cancellation = Cancellation()
    engine.commands = lambda _container: (lines(), 0)
    with container("RUN x") as one, pytest.raises(CancelledError):
        one.run(lambda *_: None, cancellation)
    assert "kill" in engine.calls


def test_its_files(container, engine):
    tree(engine, d=Folder(0o750), f=File(Bytes(b"text"), 0o640), l=Link("/f"), **{"d/g": File(Bytes(b"deep"), 0o600)})
    with container() as one:
        assert one.files.kind("/d").node == Folder(0o750)
        assert one.files.kind("/l").node == Link("/f")
        assert one.files.kind("/none") is None
        assert engine.calls == ["create"]
        file = one.files.get("/f").node
        assert (file.mode, file.content.open().read()) == (0o640, b"text")
        assert [(path, entry.node.mode) for path, entry in one.files.below("/d")] == [("g", 0o600)]


def test_what_the_engine_puts_there_is_no_file_of_the_image(container, engine):
    engine.built = lambda _text: [{"error": "file does not exist"}]
    tree(engine, etc=Folder(0o700), **{"etc/hosts": File(Bytes(b""), 0o755), "etc/passwd": File(Bytes(b""), 0o755)})
    with container() as one:
        assert one.files.kind("/etc/hosts") is None
        assert [path for path, _ in one.files.below("/etc")] == ["passwd"]
        assert one.files.kind("/etc/passwd") is not None


def test_a_container_that_is_gone_is_no_matter(connection, engine):
    engine.failing["remove"] = "no such container"
    remove_container(connection, "gone")
    assert engine.removed_containers == [("gone", {"force": True, "v": True})]


def test_a_container_that_the_engine_is_removing_already_is_waited_for(connection, engine, monkeypatch):
    wait = Mock()
    monkeypatch.setattr(engine, "wait", wait)
    for status in (404, 409):
        refusal = api_error("removal is already in progress", status)
        monkeypatch.setattr(engine, "remove_container", Mock(side_effect=refusal))
        remove_container(connection, f"going {status}")
    wait.assert_called_once_with("going 409", timeout=ANY, condition="removed")


def test_errors_among_messages():
    assert error_in([{"stream": "x"}, {"error": "first"}, {"error": "second"}]) == "first"
    assert error_in([{"stream": "x"}]) is None
