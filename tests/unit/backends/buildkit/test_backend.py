"""The backend on a `docker buildx build` that is none."""

from __future__ import annotations

import json

import pytest

import stagegraph
from stagegraph.backends.buildkit import BuildKitBackend
from stagegraph.backends.laws import violations

TEXT = "FROM alpine\nRUN one\n"
BASE, RUN = "[1/2] FROM docker.io/library/alpine:latest", "[2/2] RUN one"
LOAD = "[internal] load metadata for docker.io/library/alpine:latest"
IMAGE = f"sha256:{'c' * 64}"


def moment(seconds):
    return f"2026-01-01T00:00:0{seconds}Z"


def vertex(name, *inputs, **more):
    known = {"digest": name, "name": name, "inputs": inputs, "started": moment(0), "completed": moment(1)}
    return json.dumps({"vertexes": [known | more]}) + "\n"


STREAM = vertex(LOAD) + vertex(BASE) + vertex(RUN, BASE)


def run(text=TEXT, **options):
    return stagegraph.run(stagegraph.plan(text), backend="buildkit", **options)


def test_what_is_announced_is_told(docker):
    docker.answer("buildx", "build", error=STREAM, image=IMAGE)
    events = list(run(tag="t"))
    assert violations(events) == []
    last = events[-1]
    assert (last.succeeded, last.image.id, last.image.tags) == (True, IMAGE, ("t:latest",))
    assert (last.unseen, last.unpredicted) == ((), ())


def test_differences_are_told(docker):
    docker.answer("buildx", "build", error=vertex(LOAD) + vertex(BASE) + vertex("[2/2] RUN two", BASE), image=IMAGE)
    last = list(run())[-1]
    assert (last.unseen, last.unpredicted) == ((RUN,), ("[2/2] RUN two",))


def test_a_step_that_fails_is_an_event(docker):
    failing = vertex(RUN, BASE, error="process did not complete successfully: exit code: 4")
    docker.answer("buildx", "build", error=vertex(LOAD) + vertex(BASE) + failing + "ERROR: failed\n", code=1)
    events = list(run())
    (failed,) = (event for event in events if isinstance(event, stagegraph.StepFailed))
    assert (failed.step.lines, failed.exit_code) == ((2, 2), 4)
    assert (events[-1].succeeded, events[-1].image, events[-1].unseen) == (False, None, ())


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("ERROR: no builder\n", "docker buildx build: no builder"),
        ("unknown flag\n\n", "docker buildx build: unknown flag"),
        ("", "docker buildx build has ended without a word"),
    ],
)
def test_a_build_that_fails_beside_every_vertex_is_an_error(docker, said, message):
    docker.answer("buildx", "build", error=said, code=1)
    with pytest.raises(stagegraph.BackendError, match=message):
        list(run())


def test_the_dockerfile_comes_by_standard_input(docker):
    docker.answer("buildx", "build", error=STREAM, image=IMAGE)
    list(run())
    (call,) = docker.calls("buildx", "build")
    assert call.input == TEXT


def test_a_builder_instance_is_asked_for(docker):
    docker.answer("buildx", "build", error=STREAM, image=IMAGE)
    list(run(instance="far"))
    (call,) = docker.calls("buildx", "build")
    assert "--builder=far" in call.words


def test_closing_the_iterator_interrupts_the_build(docker):
    begun = vertex(RUN, BASE, completed=None)
    docker.answer("buildx", "build", error=vertex(LOAD) + vertex(BASE) + begun, code=130, waits=True)
    events = run()
    assert any(event.KIND == "step-started" and event.name == RUN for event in events)
    events.close()
    assert (docker.folder / "interrupted").exists()


def test_configs_of_images(docker):
    about = {"Os": "linux", "Architecture": "amd64", "Config": {"Env": ["A=1"]}, "RootFS": {"Layers": ["sha256:1"]}}
    docker.answer("image", "inspect", "alpine", output=json.dumps([about]))
    config = BuildKitBackend().image_config("alpine")
    assert config["config"] == {"Env": ["A=1"]}
    assert config["rootfs"]["diff_ids"] == ["sha256:1"]
    assert BuildKitBackend().image_config("none") is None
