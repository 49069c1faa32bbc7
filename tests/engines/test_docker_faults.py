"""What goes wrong with a Docker daemon, in both backends for it: the step is named, and nothing is left behind."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen

import stagegraph
from stagegraph import BackendError, Event, OutputLine, PlanFinished, StepFailed

from .daemons import OwnDaemon, own_daemon
from .engines import Engines
from .entering import enter
from .remains import Things, things_in

pytestmark = [
    pytest.mark.xdist_group("docker-faults"),
    # The package docker drops its socket, unclosed, where it finds no engine to connect to.
    pytest.mark.filterwarnings("ignore:unclosed <socket.socket:ResourceWarning"),
]

WAYS = (("docker", "buildkit"), ("docker", "legacy"), ("buildkit", "buildkit"), ("buildkit", "legacy"))
SECONDS = 60.0
TAG = "stagegraph-test/fault:latest"
SLEEPS = "FROM alpine\nRUN echo begun; sleep 600\n"


@frozen
class Way:
    """A backend, a builder whose plan it carries out, and the daemon."""

    backend: str
    builder: str
    daemon: OwnDaemon

    def build(self, text: str, context: Path | None = None) -> Iterator[Event]:
        """The events of a build that would have a tag."""
        plan = stagegraph.plan(text, builder=self.builder)
        return stagegraph.run(plan, backend=self.backend, context=context, tag=TAG, network="none", no_cache=True)

    @property
    def things(self) -> Things:
        """What the daemon has."""
        return things_in(self.daemon.engine)


@pytest.fixture(autouse=True)
def dropped_sockets() -> Iterator[None]:
    """The sockets that the package docker drops are collected here, and not while another test runs."""
    yield
    gc.collect()


@pytest.fixture(scope="module")
def daemon(engines: Engines) -> Iterator[OwnDaemon]:
    """A daemon for the tests here alone, so that what is left behind is theirs."""
    with own_daemon(engines) as daemon:
        yield daemon


@pytest.fixture(params=WAYS, ids="-".join)
def way(request: pytest.FixtureRequest, daemon: OwnDaemon, monkeypatch: pytest.MonkeyPatch) -> Way:
    """Each way to carry a plan out."""
    enter(daemon.engine, monkeypatch)
    backend, builder = request.param
    return Way(backend, builder, daemon)


def failed_in(events: list[Event]) -> StepFailed:
    """The step of the plan that failed."""
    (failed,) = (event for event in events if isinstance(event, StepFailed) and event.step is not None)
    assert isinstance(events[-1], PlanFinished)
    assert not events[-1].succeeded
    return failed


def test_a_command_that_fails(way: Way) -> None:
    before = way.things
    events = list(way.build("FROM alpine\nRUN echo whole\nRUN echo out; echo err >&2; exit 7\nRUN echo never\n"))
    failed = failed_in(events)
    assert failed.step is not None
    assert (failed.step.lines, failed.exit_code) == ((3, 3), 7)
    assert "exit 7" in failed.message
    printed = {(one.text, one.stream) for one in events if isinstance(one, OutputLine) and one.step == failed.step}
    assert {("out", "stdout"), ("err", "stderr")} <= printed
    assert not any("never" in one.text for one in events if isinstance(one, OutputLine))
    assert way.things == before


def test_a_base_image_that_is_not_there(way: Way) -> None:
    before = way.things
    failed = failed_in(list(way.build("FROM alpine AS whole\nFROM nowhere:1\nRUN echo never\n")))
    assert failed.step is not None
    assert failed.step.lines == (2, 2)
    assert failed.exit_code is None
    assert "nowhere" in failed.name
    assert way.things == before


def test_a_source_that_is_not_there(way: Way, context: Path) -> None:
    before = way.things
    failed = failed_in(list(way.build("FROM alpine\nRUN echo whole\nCOPY nothing /x\n", context)))
    assert failed.step is not None
    assert failed.step.lines == (3, 3)
    assert "nothing" in failed.message
    assert "not found" in failed.message or "does not exist" in failed.message
    assert way.things == before


def test_an_iterator_that_is_closed(way: Way) -> None:
    before = way.things
    events = way.build(SLEEPS)
    assert any(isinstance(event, OutputLine) and event.text == "begun" for event in events)
    events.close()  # type: ignore[attr-defined]  # `run` gives a generator
    assert way.things == before


@pytest.mark.parametrize("format_", ["text", "json"])
def test_ctrl_c(way: Way, context: Path, format_: str) -> None:
    before = way.things
    (context / "Dockerfile").write_text(SLEEPS, encoding="utf-8")
    with started(way, context, {}, f"--format={format_}") as process:
        assert process.stdout is not None
        assert any(line.endswith("begun\n") or '"text": "begun"' in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        assert process.wait(SECONDS) == 130
        assert "Traceback" not in process.communicate()[1]
    assert way.things == before


def test_no_engine(way: Way, context: Path) -> None:
    (context / "Dockerfile").write_text("FROM alpine\n", encoding="utf-8")
    with started(way, context, {"DOCKER_HOST": f"unix://{context}/nothing.sock"}) as process:
        _, said = process.communicate(timeout=SECONDS)
    assert process.returncode == 8
    assert "nothing.sock" in said
    assert "Traceback" not in said


# The package docker leaves sockets open with which it could not connect.
@pytest.mark.filterwarnings("ignore:Exception ignored in. <socket:pytest.PytestUnraisableExceptionWarning")
def test_an_engine_that_is_killed(way: Way) -> None:
    """What it could not clear away then, the next build does, but for a container of the engine's own builder."""
    before = way.things
    events = way.build(SLEEPS)
    assert any(isinstance(event, OutputLine) and event.text == "begun" for event in events)
    way.daemon.kill()
    with pytest.raises(BackendError):
        list(events)
    way.daemon.start()
    assert way.things.names == before.names
    assert list(way.build("FROM alpine\nCOPY <<x /y\nx\n" if way.builder == "buildkit" else "FROM alpine\n"))
    way.daemon.engine.run("image", "rm", "--force", TAG)
    if way.builder == "legacy":
        way.daemon.engine.run("container", "prune", "--force")
    assert way.things == before


@pytest.mark.parametrize(("backend", "builder"), WAYS)
def test_a_full_disk(
    backend: str, builder: str, engines: Engines, monkeypatch: pytest.MonkeyPatch, context: Path
) -> None:
    with (context / "large").open("wb") as file:
        file.truncate(64 << 20)
    with own_daemon(engines, disk="32m") as daemon:
        enter(daemon.engine, monkeypatch)
        way = Way(backend, builder, daemon)
        before = way.things
        failed = failed_in(
            list(way.build("FROM alpine\nRUN echo whole\nRUN dd if=/dev/zero of=/large bs=1M count=64\n"))
        )
        assert failed.step is not None
        assert failed.step.lines == (3, 3)
        assert way.things == before
        failed = failed_in(list(way.build("FROM alpine\nRUN echo whole\nCOPY large /\n", context)))
        assert "no space left on device" in failed.message.lower()
        assert way.things == before


def started(way: Way, context: Path, environment: Mapping[str, str], *arguments: str) -> subprocess.Popen[str]:
    """`stagegraph build` as a process of its own."""
    return subprocess.Popen(
        [
            *(sys.executable, "-m", "stagegraph", "build", str(context), "--network=none", "--no-cache"),
            *(f"--backend={way.backend}", f"--builder={way.builder}", f"--tag={TAG}", *arguments),
        ],
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
