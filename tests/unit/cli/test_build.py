"""`stagegraph build`."""

from __future__ import annotations

import json

import pytest

from stagegraph.backends.events import OutputLine, PlanFinished, StepFailed, StepFinished, StepStarted
from stagegraph.backends.simulate import SimulateBackend
from stagegraph.cli.exit_codes import ExitCode
from stagegraph.errors import BackendError, UnsupportedError


@pytest.fixture
def backend(monkeypatch):
    """Puts a backend in the place of the simulation."""

    def install(work):
        monkeypatch.setattr(SimulateBackend, "run", lambda self, build: work(build))  # noqa: ARG005

    return install


def test_a_transcript_of_either_builder(run):
    result = run("build", "--target", "stage2")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == '#0 building with "default" instance using simulate driver'
    assert '#6 [stage2 1/1] RUN echo "stage2"' in lines
    assert not any("stage1" in line for line in lines)
    legacy = run("build", "--target", "stage2", "--builder", "legacy", "-t", "hello").stdout.splitlines()
    assert legacy[0].startswith("Sending build context to Docker daemon  ")
    assert 'Step 4/6 : RUN echo "stage1"' in legacy
    assert legacy[-1] == "Successfully tagged hello:latest"


def test_events_as_json_lines(run):
    result = run("build", "--format", "json", "-t", "hello")
    events = [json.loads(line) for line in result.stdout.splitlines()]
    assert events[-1]["event"] == "plan-finished"
    assert events[-1]["image"]["tags"] == ["hello:latest"]
    assert events[-1]["image"]["files"] == {"known": [], "others": [1, 2, 3]}
    assert [event["step"] for event in events if event["event"] == "step-finished" and event["step"]] == [2, 3]


def test_the_dockerfile_is_the_one_in_the_context(run, folder, write):
    (folder / "d").mkdir()
    write("FROM scratch\nCOPY a /a\n", "d/Dockerfile")
    write("", "d/a")
    assert "COPY a /a" in run("build", "d").stdout
    assert run("build", "d", "-f", "Dockerfile").exit_code == 0
    assert "COPY a /b" in run("build", "d", "-f", "-", stdin="FROM scratch\nCOPY a /b\n").stdout


def test_the_files_of_the_image(run, folder, write):
    write("FROM scratch\nCOPY --chown=5:6 a /d/\nRUN x\n", "Dockerfile")
    write("hello", "a")
    (folder / "a").chmod(0o640)
    table = run("build", "--files").stdout.partition("\n\n")[2].splitlines()
    assert [line.split() for line in table] == [
        ["MODE", "OWNER", "SIZE", "STEPS", "PATH"],
        ["0755", "5:6", "-", "2", "(3?)", "/d/"],
        ["0640", "5:6", "5", "2", "(3?)", "/d/a"],
        [],
        ["More", "may", "have", "been", "made", "or", "changed", "by", "3"],
        [],
        ["Steps"],
        ["2", "[1/2]", "COPY", "--chown=5:6", "a", "/d/"],
        ["3", "[2/2]", "RUN", "x"],
    ]


def test_a_step_that_fails(run, write):
    write("FROM scratch AS a\nCOPY nothing /x\nFROM scratch\nCOPY --from=a / /\n", "Dockerfile")
    result = run("build")
    assert result.exit_code == ExitCode.FAILED
    assert result.stderr == (
        'Dockerfile:2:1: [a 1/1] COPY nothing /x: "/nothing": not found\n 2 | COPY nothing /x\n   | ^^^^^^^^^^^^^^^\n'
    )


def test_what_a_failing_step_printed(run, backend):
    def work(build):
        step = build.plan.steps[1]
        yield StepStarted(step.name, step, 0)
        yield OutputLine(step.name, step, 0, "status", "status")
        for number in range(30):
            yield OutputLine(step.name, step, 0, f"line {number}")
        yield StepFailed(step.name, step, 0, "exit code: 3", 3)
        yield PlanFinished(False, 0)

    backend(work)
    result = run("build")
    assert result.exit_code == ExitCode.FAILED
    assert result.stderr.startswith('Dockerfile:3:1: [base 2/2] RUN echo "base": exit code: 3\n')
    assert result.stderr.endswith(" > line 28\n > line 29\n")
    assert " > line 9\n" not in result.stderr
    assert " > line 10\n" in result.stderr


@pytest.mark.parametrize("error", [BackendError("no engine"), UnsupportedError("cannot mount secrets")])
def test_a_backend_that_cannot(run, backend, error):
    def work(build):  # noqa: ARG001
        raise error
        yield

    backend(work)
    result = run("build")
    assert (result.exit_code, result.stderr) == (ExitCode.UNAVAILABLE, f"stagegraph: {error.message}\n")


def test_ctrl_c_closes_the_backend(run, backend):
    closed = []

    def work(build):
        step = build.plan.steps[0]
        try:
            yield StepStarted(step.name, step, 0)
            raise KeyboardInterrupt
        finally:
            closed.append(True)

    backend(work)
    assert run("build").exit_code == ExitCode.INTERRUPTED
    assert closed == [True]


def test_a_reader_that_goes_closes_the_backend(run, backend, monkeypatch):
    closed = []

    def work(build):
        step = build.plan.steps[0]
        try:
            yield StepStarted(step.name, step, 0)
            yield StepFinished(step.name, step, 0)
        finally:
            closed.append(True)

    def write(self, text):  # noqa: ARG001
        raise BrokenPipeError

    backend(work)
    monkeypatch.setattr("stagegraph.cli.output.Output.write", write)
    assert run("build", "--format", "json").exit_code == ExitCode.BROKEN_PIPE
    assert closed == [True]


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["--backend", "simulte"], ExitCode.UNAVAILABLE, "did you mean simulate?"),
        (["--jobs", "0"], ExitCode.USAGE, "0 is not in the range x>=1"),
        (["-t", "A"], ExitCode.UNREADABLE, "invalid tag"),
        (["nothing", "-f", "Dockerfile"], ExitCode.UNREADABLE, "the build context nothing: no such file or directory"),
        (["nothing"], ExitCode.UNREADABLE, "nothing/Dockerfile: no such file or directory"),
        (["--target", "stage9"], ExitCode.REFUSED, "could not be found"),
        (["--network", "bridge"], ExitCode.USAGE, "is not one of"),
    ],
)
def test_what_is_wrong(run, arguments, code, message):
    result = run("build", *arguments)
    assert result.exit_code == code
    assert message in result.stderr


def test_secrets_are_not_shown(run, write):
    write("FROM scratch\nARG API_KEY\nCOPY $API_KEY /x\n", "Dockerfile")
    result = run("build", "--build-arg", "API_KEY=hunter22")
    assert "hunter22" not in result.stdout + result.stderr
    assert "****" in result.stdout
    assert "****" in result.stderr


def test_images_of_a_backend_count_but_for_those_given(run, write, monkeypatch):
    config = {
        "os": "linux",
        "architecture": "amd64",
        "config": {"OnBuild": ["WORKDIR /from-engine"]},
        "rootfs": {"type": "layers", "diff_ids": ["sha256:" + "0" * 64]},
    }
    monkeypatch.setattr(SimulateBackend, "image_config", lambda self, reference: config, raising=False)  # noqa: ARG005
    assert "ONBUILD WORKDIR /from-engine" in run("build").stdout
    write(json.dumps(config | {"config": {"OnBuild": ["WORKDIR /given"]}}), "config.json")
    assert "ONBUILD WORKDIR /given" in run("build", "--image-config", "ubuntu=config.json").stdout


def test_the_last_state_where_colour_is_forced_into_a_pipe(run):
    result = run("build", "--target", "stage2", "--color", "always")
    assert "\x1b[" in result.stdout
    assert "stage2: 7 of 7 steps" in result.stdout
    assert "skipped stage1: stage2 does not need it" in result.stdout
