"""The backend `docker` makes the image that the real builder makes: every file, mode and owner, and the config."""

from __future__ import annotations

import os
import socket
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

import stagegraph
from stagegraph.backends.docker import DockerBackend

from .contexts import make_context
from .engines import DockerEngine
from .entering import enter
from .images import Image, docker_image
from .recorded import Build
from .runnable import runnable
from .test_seed import SEED, SOURCES, options_of, text_of

BUILDERS = ("buildkit", "legacy")
ENOUGH = 20


def seeds(builder: str) -> list[Build]:
    """The tutorial's Dockerfiles, as far as the builder accepts them."""
    builds = []
    for case in SEED:
        build = Build(case, text_of(case), options_of(case).get("target") or "", {}, builder)
        try:
            _ = build.plan
        except stagegraph.StageGraphError:
            continue
        builds.append(build)
    return builds


def has_files(build: Build) -> bool:
    """Whether there is anything in the image; Docker exports none that is empty."""
    return build.plan.result is not None


def has_no_mounts(build: Build) -> bool:
    """Whether the backend carries it out: it refuses mounts."""
    return not any(flag.startswith("--mount") for _, one in build.instructions for flag in one.flags)


CASES = [
    build
    for builder in BUILDERS
    for build in (*seeds(builder), *[one for one in runnable(builder) if has_no_mounts(one)][:ENOUGH])
    if has_files(build)
]


@pytest.fixture
def backend(docker_engine: DockerEngine, monkeypatch: pytest.MonkeyPatch) -> DockerBackend:
    """The backend on the engine of the tests."""
    enter(docker_engine, monkeypatch)
    return DockerBackend()


@pytest.fixture
def tag(docker_engine: DockerEngine) -> Iterator[str]:
    """Another tag, for what the real builder makes."""
    name = f"stagegraph-test/{uuid.uuid4().hex[:12]}:latest"
    yield name
    docker_engine.run("image", "rm", "--force", name, check=False)


@pytest.mark.parametrize("build", CASES, ids=lambda build: f"{build.builder}-{build.id}")
def test_the_image_is_that_of_the_real_builder(
    build: Build,
    backend: DockerBackend,
    docker_engine: DockerEngine,
    context: Path,
    tmp_path: Path,
    unique_tag: str,
    tag: str,
) -> None:
    make_context(build, context)
    for source in SOURCES:
        (context / source).write_text(f"int {source.partition('.')[0]};\n", encoding="utf-8")
    _compare(build, backend, docker_engine, context, tmp_path, unique_tag, tag)


@pytest.mark.parametrize("builder", BUILDERS)
def test_an_ignore_file_that_is_copied_is_as_it_was(
    builder: str,
    backend: DockerBackend,
    docker_engine: DockerEngine,
    context: Path,
    tmp_path: Path,
    unique_tag: str,
    tag: str,
) -> None:
    (context / ".dockerignore").write_text("# mine\n**/*.log\n", encoding="utf-8")
    (context / "a.log").write_text("no\n", encoding="utf-8")
    build = Build("ignored", "FROM alpine\nRUN printf rest\nCOPY . /all/\n", "", {}, builder)
    make_context(build, context)
    _compare(build, backend, docker_engine, context, tmp_path, unique_tag, tag)


def _compare(
    build: Build, backend: DockerBackend, docker_engine: DockerEngine, context: Path, tmp_path: Path, *tags: str
) -> None:
    """Has both build, and lays the images side by side."""
    unique_tag, tag = tags
    real = _built_by_the_real_one(build, docker_engine, context, tag, tmp_path)
    events = list(
        stagegraph.run(build.plan, backend=backend, context=context, tag=unique_tag, network="none", no_cache=True)
    )
    failures = [event for event in events if isinstance(event, stagegraph.StepFailed)]
    assert not failures
    ours = docker_image(docker_engine, unique_tag, tmp_path)
    assert ours.files == real.files
    assert ours.settings == real.settings


def _built_by_the_real_one(build: Build, docker: DockerEngine, context: Path, tag: str, scratch: Path) -> Image:
    arguments = ["--no-cache", "--network=none", f"--tag={tag}", *build.flags, context]
    run = docker.build_buildkit if build.builder == "buildkit" else docker.build_legacy
    run(*arguments)
    return docker_image(docker, tag, scratch)


def test_nothing_is_left_behind(backend: DockerBackend, docker_engine: DockerEngine, context: Path) -> None:
    """No container, no volume and no image, whoever else works with the engine meanwhile."""
    text = "FROM alpine AS a\nRUN echo left-behind > /x\nFROM scratch\nCOPY --from=a /x /x\n"
    for builder in BUILDERS:
        plan = stagegraph.plan(text, builder=builder)
        told = list(stagegraph.run(plan, backend=backend, context=context, network="none", no_cache=True))
        made = {event.image for event in told if isinstance(event, stagegraph.StepFinished) and event.image}
        assert told[-1].succeeded
        there = docker_engine.run("image", "ls", "--all", "--quiet", "--no-trunc").stdout.split()
        base = docker_engine.run("image", "inspect", "--format={{.Id}}", "alpine").stdout.strip()
        kept = {base, told[-1].image.id}
        assert not [image for image in there if image not in kept and image.removeprefix("sha256:")[:12] in made]
        docker_engine.run("image", "rm", "--force", told[-1].image.id)
    owned = f"--filter=label=stagegraph.owner={socket.gethostname()}:{os.getpid()}"
    assert docker_engine.run("container", "ls", "--all", "--quiet", owned).stdout == ""
    assert docker_engine.run("volume", "ls", "--quiet", owned).stdout == ""
    assert docker_engine.run("image", "ls", "--all", "--quiet", owned).stdout == ""


@pytest.mark.parametrize(
    ("instruction", "reason"),
    [
        ("RUN --mount=type=secret,id=key x", "there is no --mount=type=secret"),
        ("RUN --mount=type=cache,target=/c x", "there is no --mount=type=cache"),
        ("ADD https://example.com/x /x", "nothing is fetched"),
        ("ADD https://github.com/acme/app.git /x", "repositories are not fetched"),
    ],
)
def test_what_it_cannot_do_is_refused_before_anything_runs(
    backend: DockerBackend, instruction: str, reason: str
) -> None:
    plan = stagegraph.plan(f"FROM alpine\nRUN echo first\n{instruction}\n")
    events = stagegraph.run(plan, backend=backend)
    with pytest.raises(stagegraph.UnsupportedError, match=reason) as refused:
        next(events)
    assert refused.value.line == 3
