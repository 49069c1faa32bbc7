"""Which step a vertex is."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.backends.buildkit.messages import VertexState
from stagegraph.backends.buildkit.vertices import Vertices

DIGEST = "a" * 64
TWO = "FROM alpine AS a\nRUN x\nFROM busybox AS a\nRUN x\nFROM scratch\nCOPY --from=0 / /\nCOPY --from=1 / /\n"


def vertices_of(text="FROM alpine\nRUN x\n"):
    return Vertices(stagegraph.plan(text))


def announced(vertices, *states):
    vertices.announce([VertexState(*state) for state in states])
    return [vertices.step(state[0]) for state in states]


def test_a_vertex_is_the_step_of_its_name():
    steps = announced(vertices_of(), ("2", "[2/2] RUN x", ("1",)), ("1", "[1/2] FROM docker.io/library/alpine:latest"))
    assert [step.id for step in steps] == [2, 1]


def test_a_digest_of_a_registry_is_no_part_of_a_name():
    (step,) = announced(vertices_of(), ("1", f"[1/2] FROM docker.io/library/alpine:latest@sha256:{DIGEST}"))
    assert step.id == 1


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_steps_with_one_name_the_one_that_reads_the_same_is_meant(order):
    vertices = vertices_of(TWO)
    bases = ("[a 1/2] FROM docker.io/library/alpine:latest", "[a 1/2] FROM docker.io/library/busybox:latest")
    read = announced(vertices, *((name, name) for name in bases))
    run = [("run 0", "[a 2/2] RUN x", (bases[0],)), ("run 1", "[a 2/2] RUN x", (bases[1],))]
    steps = announced(vertices, *(run[number] for number in order))
    assert [step.inputs for step in steps] == [(read[number].id,) for number in order]
    assert steps[0] != steps[1]


def test_what_is_told_again_is_what_it_was():
    vertices = vertices_of()
    announced(vertices, ("1", "[1/2] FROM docker.io/library/alpine:latest"))
    (step,) = announced(vertices, ("1", "another name"))
    assert step.id == 1
    assert vertices.unpredicted == []


@pytest.mark.parametrize(
    "name",
    [
        "[internal] load build definition from Dockerfile",
        "[internal] load .dockerignore",
        "[internal] load metadata for docker.io/library/alpine:latest",
        "exporting to image",
        "[auth] library/alpine:pull token for registry-1.docker.io",
    ],
)
def test_what_a_builder_does_beside_a_plan_is_no_step_and_no_surprise(name):
    vertices = vertices_of()
    assert announced(vertices, ("x", name)) == [None]
    assert vertices.unpredicted == []


def test_what_nobody_predicted_and_what_was_never_seen():
    vertices = vertices_of()
    announced(vertices, ("9", "[2/2] RUN y"))
    assert vertices.unpredicted == ["[2/2] RUN y"]
    assert [step.id for step in vertices.unseen] == [1, 2]
    assert vertices.unseen_loads == ("[internal] load metadata for docker.io/library/alpine:latest",)
    announced(vertices, ("m", "[internal] load metadata for docker.io/library/alpine:latest"))
    assert vertices.unseen_loads == ()


def test_a_link_that_an_engine_does_with_the_copy_is_not_missing():
    text = "FROM alpine\nCOPY --link a /\n"
    plan = stagegraph.plan(text)
    vertices = Vertices(plan)
    link = plan.steps[-1]
    assert link.name == "[2/2] LINK COPY --link a /"
    assert not vertices.is_part(link)  # the copy was not announced either
    announced(vertices, ("c", "[2/2] COPY --link a /"))
    assert vertices.is_part(link)
    assert link not in vertices.unseen


def test_the_step_of_an_image_whose_metadata_is_loaded():
    vertices = vertices_of()
    assert vertices.base_of("[internal] load metadata for docker.io/library/alpine:latest").id == 1
    assert vertices.base_of("[internal] load metadata for docker.io/library/other:latest") is None
