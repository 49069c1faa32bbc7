"""What goes wrong: the step is named, and nothing is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import stagegraph
from stagegraph import Event, StepFailed

from ..engines import Engines  # noqa: TID252 - the tests here are no package
from .remains import Remains

# One after the other: Buildah itself stumbles over images that another process removes meanwhile.
pytestmark = [pytest.mark.usefixtures("in_engines"), pytest.mark.xdist_group("buildah")]
ISOLATIONS = ("chroot", "oci")
SECONDS = 60.0
NOT_IN_CONTEXT = "file not found in build context or excluded by .dockerignore: "


def build(text: str, context: Path | None = None, tag: str = "", builder: str = "buildkit") -> list[Event]:
    return list(begun(text, context, tag, builder))


def begun(text: str, context: Path | None = None, tag: str = "", builder: str = "buildkit") -> Iterator[Event]:
    plan = stagegraph.plan(text, builder=builder)
    return stagegraph.run(plan, backend="buildah", context=context, tag=tag or (), network="none")


def failures(events: list[Event]) -> list[tuple[str, str]]:
    return [(event.name, event.message) for event in events if isinstance(event, StepFailed)]


@pytest.mark.parametrize("isolation", ISOLATIONS)
@pytest.mark.parametrize(
    ("builder", "name", "message"),
    [
        (
            "buildkit",
            "[2/2] RUN echo out; echo err >&2; exit 7",
            'process "/bin/sh -c echo out; echo err >&2; exit 7" did not complete successfully: exit code: 7',
        ),
        (
            "legacy",
            "Step 2/2 : RUN echo out; echo err >&2; exit 7",
            "The command '/bin/sh -c echo out; echo err >&2; exit 7' returned a non-zero code: 7",
        ),
    ],
)
def test_a_command_that_fails(
    builder: str,
    name: str,
    message: str,
    isolation: str,
    remains: Remains,
    tag: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("BUILDAH_ISOLATION", isolation)
    events = build("FROM alpine\nRUN echo out; echo err >&2; exit 7\n", tag=tag, builder=builder)

    (failed,) = (event for event in events if isinstance(event, StepFailed))
    assert (failed.name, failed.message, failed.exit_code) == (name, message, 7)
    printed = {
        (event.text, event.stream) for event in events if isinstance(event, stagegraph.OutputLine) and event.step
    }
    assert printed == {("out", "stdout"), ("err", "stderr")}
    assert remains.left_behind() == []
    assert remains.names(tag) == []


@pytest.mark.parametrize("builder", ["buildkit", "legacy"])
def test_a_base_image_that_is_not_there(builder: str, remains: Remains) -> None:
    ((name, message),) = failures(build("FROM nowhere.io/none:1\nRUN true\n", builder=builder))
    assert name.endswith("FROM nowhere.io/none:1")
    assert "nowhere.io/none:1: " in message
    assert remains.left_behind() == []


@pytest.mark.parametrize(
    ("builder", "message"),
    [
        ("buildkit", '"/missing": not found'),
        (
            "legacy",
            f"COPY failed: {NOT_IN_CONTEXT}stat missing: file does not exist",
        ),
    ],
)
def test_a_source_that_is_not_there(builder: str, message: str, context: Path, remains: Remains, tag: str) -> None:
    events = build("FROM alpine\nCOPY missing /x\nRUN true\n", context, tag, builder)
    assert [text for _, text in failures(events)] == [message]
    assert remains.left_behind() == []
    assert remains.names(tag) == []


def test_a_user_that_is_not_there(remains: Remains) -> None:
    ((name, message),) = failures(build("FROM alpine\nUSER nobody-at-all\nRUN true\n"))
    assert name == "[2/2] RUN true"
    assert "nobody-at-all" in message
    assert remains.left_behind() == []


def test_buildah_is_not_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, remains: Remains) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(stagegraph.BackendError, match="needs the program buildah: install it"):
        build("FROM alpine\n")
    assert list(remains.folder.iterdir()) == []


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_a_build_that_is_cancelled(isolation: str, remains: Remains, tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUILDAH_ISOLATION", isolation)
    events = begun("FROM alpine\nRUN echo here; sleep 600\n", tag=tag)
    assert any(getattr(event, "text", "") == "here" for event in events)
    assert remains.processes() != []
    events.close()  # type: ignore[attr-defined]  # it is a generator
    assert remains.processes() == []
    assert remains.left_behind() == []
    assert remains.names(tag) == []


@pytest.mark.parametrize("isolation", ISOLATIONS)
def test_a_buildah_that_is_killed(isolation: str, remains: Remains, tag: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BUILDAH_ISOLATION", isolation)
    events: list[Event] = []
    for event in begun("FROM alpine\nRUN echo here; sleep 600\n", tag=tag):
        events.append(event)
        if getattr(event, "text", "") == "here":
            os.kill(_process_of("buildah", "run", remains), signal.SIGKILL)
    assert failures(events) == [("[2/2] RUN echo here; sleep 600", "buildah was killed by SIGKILL")]
    assert remains.left_behind() == []
    assert remains.names(tag) == []


def _process_of(program: str, command: str, remains: Remains) -> int:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text().split("\0")
            ours = str(remains.folder).encode() in (process / "environ").read_bytes()
        except OSError:
            continue
        if words[0] == program and command in words and ours:
            return int(process.name)
    raise AssertionError(f"no {program} {command} is running")


def test_ctrl_c(remains: Remains, tmp_path: Path, tag: str) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine\nRUN echo he''re; sleep 600\n", encoding="utf-8")
    command = [sys.executable, "-m", "stagegraph", "build", str(tmp_path), "--backend", "buildah", "-t", tag]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        watchdog = threading.Timer(SECONDS, process.kill)
        watchdog.start()
        assert process.stdout is not None
        assert any("here" in line for line in iter(process.stdout.readline, ""))
        process.send_signal(signal.SIGINT)
        process.stdout.read()
        assert process.wait() != 0
        watchdog.cancel()
    assert [path for path in remains.folder.iterdir() if path.name.startswith("stagegraph-")] == []
    assert remains.processes() == []
    assert [one for one in remains.everything() if f"-{process.pid}-" in one] == []
    assert remains.names(tag) == []


def test_what_a_build_that_was_killed_has_left_goes_with_the_next_one(
    remains: Remains, tmp_path: Path, tag: str
) -> None:
    (tmp_path / "Dockerfile").write_text("FROM alpine\nRUN true\nRUN echo he''re; sleep 600\n", encoding="utf-8")
    command = [sys.executable, "-m", "stagegraph", "build", str(tmp_path), "--backend", "buildah"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        assert any("here" in line for line in iter(process.stdout.readline, ""))
        process.kill()
        os.kill(_process_of("buildah", "run", remains), signal.SIGTERM)
    assert [one for one in remains.everything() if f"-{process.pid}-" in one] != []
    build("FROM scratch\nLABEL a=b\n", tag=tag)
    assert [one for one in remains.everything() if f"-{process.pid}-" in one] == []
    assert remains.left_behind() == []


@pytest.fixture
def small_disk(in_engines: Engines, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Buildah's storage on a file system with little room, and the base image in it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", disk], check=True)  # noqa: S607
    try:
        base = tmp_path / "base.tar"
        in_engines.buildah.run("push", "--quiet", "alpine:latest", f"docker-archive:{base}:alpine:latest")
        settings = tmp_path / "storage.conf"
        settings.write_text(f'[storage]\ndriver = "vfs"\ngraphroot = "{disk}/root"\nrunroot = "{disk}/run"\n')
        monkeypatch.setenv("CONTAINERS_STORAGE_CONF", str(settings))
        where = {"CONTAINERS_STORAGE_CONF": str(settings)}
        in_engines.buildah.run("pull", "--quiet", f"docker-archive:{base}", environment=where)
        yield
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)  # noqa: S607


@pytest.mark.usefixtures("small_disk")
@pytest.mark.parametrize("text", ["RUN dd if=/dev/zero of=/big bs=1M count=100", "COPY big /big"])
def test_a_full_disk(text: str, context: Path, remains: Remains, tag: str) -> None:
    with (context / "big").open("wb") as big:
        big.truncate(100 << 20)
    events = build(f"FROM alpine\n{text}\n", context, tag)
    ((name, message),) = failures(events)
    assert name == f"[2/2] {text}"
    printed = [event.text for event in events if isinstance(event, stagegraph.OutputLine)]
    assert any("no space left on device" in line.lower() for line in (message, *printed))
    here = {"CONTAINERS_STORAGE_CONF": os.environ["CONTAINERS_STORAGE_CONF"]}
    on_small_disk = Remains(remains.buildah, remains.folder, {**remains.environment, **here})
    assert on_small_disk.left_behind() == []
    assert on_small_disk.names("") == ["docker.io/library/alpine:latest"]
