"""The legacy builder's plans through a `docker build` that is none."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.laws import violations

TEXT = "FROM alpine AS a\nRUN echo one\nFROM a\nRUN echo two\n"
STEPS = """\
Sending build context to Docker daemon  2.048kB\r\r
Step 1/4 : FROM alpine AS a
 ---> 42f0b9e5923f
Step 2/4 : RUN echo one
 ---> Using cache
 ---> 111111111111
Step 3/4 : FROM a
 ---> 111111111111
Step 4/4 : RUN echo two
 ---> Running in 222222222222
two
"""
END = """\
 ---> Removed intermediate container 222222222222
 ---> 333333333333
Successfully built 333333333333
"""
DEPRECATED = (
    "DEPRECATED: The legacy builder is deprecated and will be removed in a future release.\n"
    "            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0\n"
    "            environment-variable.\n\n"
)
IMAGE = "sha256:333333333333cccccccccccccccccccccccccccccccccccccccccccccccccccc"


def run(**options):
    plan = stagegraph.plan(TEXT, builder="legacy", **options.pop("plan", {}))
    return stagegraph.run(plan, backend="buildkit", **options)


def ends(events):
    kinds = (stagegraph.StepFinished, stagegraph.StepCached, stagegraph.StepFailed, stagegraph.StepSkipped)
    return [event.KIND for event in events if isinstance(event, kinds)]


def test_what_is_printed_is_told(docker):
    docker.answer("build", "--force-rm", output=STEPS + END, error=DEPRECATED, image=IMAGE)
    events = list(run(tag="t"))
    assert violations(events) == []
    assert ends(events) == ["step-finished", "step-cached", "step-finished", "step-finished"]
    assert [one.text for one in events if isinstance(one, stagegraph.OutputLine) and one.stream == "stdout"] == ["two"]
    last = events[-1]
    assert (last.succeeded, last.image.id, last.image.tags) == (True, IMAGE, ("t:latest",))
    assert (last.unseen, last.unpredicted) == ((), ())


def test_it_is_the_legacy_builder_that_is_asked(docker, tmp_path):
    docker.answer("build", "--force-rm", output=STEPS + END, image=IMAGE)
    list(run(context=tmp_path, tag=["one", "two:2"], network="none", no_cache=True))
    (call,) = docker.calls("build", "--force-rm")
    assert call.variables["DOCKER_BUILDKIT"] == "0"
    assert call.words[-1] == str(tmp_path)
    assert {"--tag=one:latest", "--tag=two:2", "--network=none", "--no-cache", "--file=-"} <= set(call.words)
    assert call.input == TEXT


def test_a_step_that_fails(docker):
    error = f"{DEPRECATED}The command '/bin/sh -c echo two' returned a non-zero code: 3\n"
    removed = END.splitlines(keepends=True)[0]
    docker.answer("build", "--force-rm", output=STEPS + removed, error=error, code=3)
    events = list(run())
    assert violations(events) == []
    (failed,) = (event for event in events if isinstance(event, stagegraph.StepFailed))
    assert (failed.step.lines, failed.exit_code) == ((4, 4), 3)
    assert failed.message == "The command '/bin/sh -c echo two' returned a non-zero code: 3"
    assert [call.words for call in docker.calls("container", "rm")] == [
        ["container", "rm", "--force", "--volumes", "222222222222"]
    ]
    assert events[-1].image is None


def test_what_comes_after_the_failure_is_skipped(docker):
    output = STEPS.partition("Step 3/4")[0]
    docker.answer("build", "--force-rm", output=output, error="Error response from daemon: no room\n", code=1)
    events = list(run())
    assert ends(events) == ["step-finished", "step-failed", "step-skipped", "step-skipped"]
    (failed,) = (event for event in events if isinstance(event, stagegraph.StepFailed))
    assert (failed.message, failed.exit_code) == ("no room", None)


def test_only_images_that_were_made_and_have_no_name_are_cleared_away(docker):
    docker.answer("image", "ls", output="sha256:42f0b9e5923f0000\n")
    output = STEPS.replace(
        " ---> Using cache\n", " ---> Running in 444444444444\n ---> Removed intermediate container 444444444444\n"
    )
    docker.answer("build", "--force-rm", output=output + END, image=IMAGE)
    list(run())
    assert [call.words for call in docker.calls("image", "rm")] == [["image", "rm", "--no-prune", "111111111111"]]


def test_everything_stays_where_it_is_to_be_kept(docker):
    docker.answer("build", "--force-rm", output=STEPS + END, image=IMAGE)
    list(run(keep=True))
    assert docker.calls("image", "rm") == []


def test_differences_are_told(docker):
    output = (STEPS + END).replace("Step 3/4 : FROM a", "Step 3/4 : FROM other")
    docker.answer("build", "--force-rm", output=output, image=IMAGE)
    last = list(run())[-1]
    assert (last.unseen, last.unpredicted) == (("Step 3/4 : FROM a",), ("Step 3/4 : FROM other",))


def test_an_engine_that_goes_in_the_middle(docker):
    docker.answer("build", "--force-rm", output=STEPS, error="unexpected EOF\n", code=1)
    docker.answer("version", code=1)
    with pytest.raises(stagegraph.BackendError, match="the Docker Engine has gone: unexpected EOF"):
        list(run())


def test_no_engine(docker):
    docker.answer("image", "ls", error="Cannot connect to the Docker daemon at unix:///x.\n", code=1)
    with pytest.raises(stagegraph.BackendError, match="Cannot connect to the Docker daemon at unix:///x"):
        list(run())
    assert docker.calls("build", "--force-rm") == []


def test_a_docker_without_a_legacy_builder_is_refused_before_anything_runs(docker):
    docker.answer("build", "--help", output="Usage:  docker buildx build [OPTIONS] PATH | URL | -\n")
    with pytest.raises(stagegraph.UnsupportedError, match="has no legacy builder"):
        next(run())
    assert docker.calls("build", "--force-rm") == []


def test_a_builder_that_announces_no_step_is_not_the_legacy_one(docker):
    docker.answer("build", "--force-rm", output="STEP 1/4: FROM alpine AS a\n")
    with pytest.raises(stagegraph.BackendError, match="has announced no step"):
        list(run())


def test_a_builder_instance_is_refused(docker):
    with pytest.raises(stagegraph.UnsupportedError, match="a builder instance builds with BuildKit"):
        next(run(instance="far"))
    assert docker.calls("build") == []


def test_no_docker_at_all(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(stagegraph.BackendError, match="there is no command docker"):
        list(stagegraph.run(stagegraph.plan(TEXT, builder="legacy", images={}), backend="buildkit"))


def test_closing_the_iterator_interrupts_the_build_and_clears_away(docker):
    docker.answer("build", "--force-rm", output=STEPS, code=130, waits=True)
    events = run()
    assert any(getattr(event, "text", "") == "two" for event in events)
    events.close()
    assert (docker.folder / "interrupted").exists()
    assert [call.words[-1] for call in docker.calls("container", "rm")] == ["222222222222"]


def test_secrets_go_by_the_environment(docker):
    docker.answer("build", "--force-rm", output=STEPS + END, image=IMAGE)
    list(run(plan={"build_args": {"API_TOKEN": "hush", "V": "1"}}))
    (call,) = docker.calls("build", "--force-rm")
    assert {"--build-arg=API_TOKEN", "--build-arg=V=1"} <= set(call.words)
    assert call.variables.items() >= {"API_TOKEN": "hush"}.items()
    assert not any("hush" in word for word in call.words)
