"""Buildah passes the public kit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends import conformance
from stagegraph.backends.buildah import BuildahBackend

from ..engines import Buildah  # noqa: TID252 - the tests here are no package
from .remains import Remains

# One after the other: Buildah itself stumbles over images that another process removes meanwhile.
pytestmark = [pytest.mark.usefixtures("in_engines"), pytest.mark.xdist_group("buildah")]


class WithoutImage:
    """The backend; the images that it makes, which have no names, go when a test has ended."""

    name = "buildah"

    def __init__(self) -> None:
        self.made: list[str] = []

    def run(self, build: stagegraph.Build) -> Iterator[stagegraph.Event]:
        with closing(BuildahBackend().run(build)) as events:
            for event in events:
                if isinstance(event, stagegraph.PlanFinished) and event.image is not None:
                    self.made.append(event.image.id.removeprefix("sha256:"))
                yield event


@pytest.fixture
def without_image(buildah: Buildah) -> Iterator[WithoutImage]:
    backend = WithoutImage()
    yield backend
    for image in backend.made:
        buildah.run("rmi", image)


@pytest.mark.parametrize("case", [*conformance.CASES, *conformance.RUN_CASES], ids=str)
def test_buildah_does_what_every_backend_has_to_do(
    case: conformance.Case, tmp_path: Path, without_image: WithoutImage, remains: Remains
) -> None:
    conformance.check(without_image, case, tmp_path)
    assert remains.left_behind() == []
