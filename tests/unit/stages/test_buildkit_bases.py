"""What is outside the file: images and named contexts."""

from __future__ import annotations

import pytest

from stagegraph import ResolutionError
from stagegraph.platforms import HOST
from stagegraph.stages.buildkit_bases import Bases
from stagegraph.stages.buildkit_states import State
from stagegraph.stages.contexts import NamedContexts
from stagegraph.stages.options import BuildOptions
from stagegraph.stages.references import SCRATCH, ImageReference, NamedContext

LAYERS = {"rootfs": {"diff_ids": ["sha256:1"]}}


def bases(options: BuildOptions | None = None) -> Bases:
    options = options or BuildOptions()
    return Bases(options, NamedContexts(options.contexts, options.platform), None, None)


def test_an_image_that_is_needed_is_loaded() -> None:
    found, state = bases(), State("alpine")
    found.resolve(state, needed=True)
    assert state.reference == ImageReference("docker.io/library/alpine:latest")
    assert list(found.loads) == ["[internal] load metadata for docker.io/library/alpine:latest"]
    assert state.image is not None


def test_of_one_that_is_not_only_the_name_is_looked_at() -> None:
    found, state = bases(), State("alpine")
    found.resolve(state, needed=False)
    assert state.reference == ImageReference("docker.io/library/alpine:latest")
    assert (list(found.loads), state.image) == ([], None)
    with pytest.raises(ResolutionError, match='failed to parse stage name "UP"'):
        found.resolve(State("UP"), needed=False)


def test_the_empty_image_is_for_the_platform_of_the_build() -> None:
    found, state = bases(), State("scratch")
    found.resolve(state, needed=True)
    assert (state.reference, state.platform, list(found.loads)) == (SCRATCH, HOST, [])
    assert state.image is not None
    assert not state.image.has_layers


def test_an_image_without_layers_becomes_the_empty_one() -> None:
    images = {"docker.io/library/none:latest": {}, "docker.io/library/some:latest": LAYERS}
    found = bases(BuildOptions(images=images.get))
    none, some = State("none"), State("some")
    found.resolve(none, needed=True)
    found.resolve(some, needed=True)
    assert none.reference == SCRATCH
    assert some.reference == ImageReference("docker.io/library/some:latest")


def test_a_named_context_takes_the_place_of_an_image() -> None:
    found, state = bases(BuildOptions(contexts={"alpine": "docker-image://debian"})), State("alpine")
    found.resolve(state, needed=True)
    assert state.reference == NamedContext("alpine", "docker-image://debian")
    assert list(found.loads) == ["[context alpine] load metadata for debian"]
