"""An image that is made through Buildah equals the one that the real builder of the plan makes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import stagegraph

from ..engines import DockerEngine, Engines  # noqa: TID252 - the tests here are no package
from ..images import buildah_image, docker_image  # noqa: TID252 - as above
from .dockerfiles import Sample, make_context, samples

# One after the other: Buildah itself stumbles over images that another process removes meanwhile.
pytestmark = [pytest.mark.usefixtures("in_engines"), pytest.mark.xdist_group("buildah")]


@pytest.fixture(autouse=True)
def tag_in_docker(tag: str, docker_engine: DockerEngine) -> Iterator[None]:
    """The image of the same name goes from Docker too."""
    yield
    docker_engine.run("image", "rm", "--force", tag, check=False)


@pytest.mark.parametrize("sample", list(samples()), ids=str)
def test_the_image_equals_that_of_the_builder(
    sample: Sample, engines: Engines, context: Path, tmp_path: Path, tag: str
) -> None:
    make_context(context)
    really = engines.docker.build_legacy if sample.builder == "legacy" else engines.docker.build_buildkit
    exporting = ["--provenance=false", "--load"] if sample.builder == "buildkit" else []
    really("--network=none", f"--tag={tag}", f"--file={sample.file}", *sample.flags, *exporting, context)

    plan = stagegraph.plan(
        sample.file,
        builder=sample.builder,
        target=sample.target,
        build_args=sample.build_args,
        labels=sample.labels,
    )
    events = list(stagegraph.run(plan, backend="buildah", context=context, tag=tag, network="none"))

    assert [event.message for event in events if isinstance(event, stagegraph.StepFailed)] == []
    expected = docker_image(engines.docker, tag, tmp_path)
    made = buildah_image(engines.buildah, tag, tmp_path)
    assert made.files == expected.files
    assert made.settings == expected.settings
