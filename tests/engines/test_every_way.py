"""The tutorial's last Dockerfile through the command line, in every backend and with either builder's execution set."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from attrs import frozen

from .engines import Engines
from .images import Image, buildah_image, docker_image
from .test_seed import arguments_for

CASE = "seed-two-builders-target-stage2"
PRINTED = {"buildkit": ["base", "stage2"], "legacy": ["base", "stage1", "stage2"]}
BACKENDS = ("docker", "buildkit", "buildah")
# A backend that shares something with other tests runs where they do.
GROUPS = {"buildkit": "buildkit", "buildah": "buildah"}
WAYS = [
    pytest.param(
        backend,
        builder,
        id=f"{backend}-{builder}",
        marks=[pytest.mark.xdist_group(GROUPS[backend])] if backend in GROUPS else [],
    )
    for backend in BACKENDS
    for builder in PRINTED
]


@frozen
class Told:
    """What a build tells: its events, as JSON has them."""

    events: list[Mapping[str, object]]

    @property
    def last(self) -> Mapping[str, object]:
        """The end."""
        return self.events[-1]

    def texts(self, stream: str) -> list[str]:
        """What is told on a stream, sorted."""
        return sorted(str(one["text"]) for one in self.events if one["event"] == "output" and one["stream"] == stream)

    @property
    def ran(self) -> list[object]:
        """The ids of the steps that were carried out to their end, in order."""
        return sorted(int(str(one["step"])) for one in self.events if one["event"] in _DONE and one["step"])


_DONE = ("step-finished", "step-cached")


def build(engines: Engines, context: Path, backend: str, builder: str, *options: str) -> Told:
    """A build that goes well."""
    words = ("--target=stage2", "--network=none", "--no-cache", "--format=json")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "stagegraph", "build", str(context)),
            *(f"--backend={backend}", f"--builder={builder}", *words, *options),
        ],
        env={**engines.environment, "PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # a step that was not predicted, or not seen, is told there
    return Told([json.loads(line) for line in done.stdout.splitlines()])


@pytest.fixture
def buildah_tag(engines: Engines, unique_tag: str) -> Iterator[str]:
    """The unique tag, which an image in Buildah's storage may have too."""
    yield unique_tag
    engines.buildah.run("rmi", "--force", unique_tag, check=False)


def image_of(engines: Engines, backend: str, tag: str, folder: Path) -> Image:
    """The image that a backend has made."""
    if backend == "buildah":
        return buildah_image(engines.buildah, tag, folder)
    return docker_image(engines.docker, tag, folder)


@pytest.mark.parametrize(("backend", "builder"), WAYS)
@pytest.mark.usefixtures("buildkit_alone")
def test_an_engine(
    backend: str, builder: str, engines: Engines, context: Path, tmp_path: Path, buildah_tag: str
) -> None:
    arguments = [f"--tag={buildah_tag}", *arguments_for(CASE, context)]
    real_build = engines.docker.build_buildkit if builder == "buildkit" else engines.docker.build_legacy
    real_build(*arguments)
    real = docker_image(engines.docker, buildah_tag, tmp_path)
    engines.docker.run("image", "rm", "--force", buildah_tag)

    told = build(engines, context, backend, builder, f"--tag={buildah_tag}")
    assert told.texts("stdout") == PRINTED[builder]
    assert told.last["succeeded"] is True
    assert (told.last["unseen"], told.last["unpredicted"]) == ([], [])
    ours = image_of(engines, backend, buildah_tag, tmp_path)
    assert ours.files == real.files
    assert ours.settings == real.settings


@pytest.mark.parametrize("builder", PRINTED)
def test_a_simulation_carries_out_the_same_steps(builder: str, engines: Engines, context: Path) -> None:
    arguments_for(CASE, context)
    assert build(engines, context, "simulate", builder).ran == build(engines, context, "docker", builder).ran
