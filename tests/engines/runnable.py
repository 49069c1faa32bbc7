"""Which of the recorded Dockerfiles can run here to their end, by rule.

There is no registry, no network, no secret and one base image under many names; every rule below
tells of one thing that a Dockerfile would need and that is not there.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import stagegraph
from stagegraph import Stage
from stagegraph.syntax.instructions.copying import Add, Copy
from stagegraph.syntax.instructions.running import Run

from .recorded import Build, recorded

BASE_IMAGES = tuple(
    line
    for line in (Path(__file__).parent / "machine/base-images.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
ENOUGH = 110

# What base images have besides busybox, and may be copied from them.
_FILES_OF_BASES = {"/out0", "/out1", "/out2", "/src", "/src/", "/etc/nginx/nginx.conf"}
_COMMANDS = {"apk", "bash", "cat", "echo", "ls", "make", "sh", "true"}
_FLAGS_OF_NEWER_ENGINES = ("--device", "--parents", "--security")
_BETWEEN_COMMANDS = re.compile(r"&&|\|\||;|\n")
_NOT_PLAIN = re.compile(r"[`<>()]|\$\{")
_ANNOUNCES_HEREDOC = re.compile(r"<<-?['\"]?\w+['\"]?")
_NO_PATH_IN_CONTEXT = re.compile(r"[$\"'\\]|://|^git@|\.\.|\.git\b")
_SOURCE_THAT_IS_NOT_THERE = re.compile(r"(source|src)=(?!/src\b)")


def runnable(builder: str) -> list[Build]:
    """The recorded cases that the builder can run here to the end.

    There are more of them than a test run has time for: `STAGEGRAPH_ENGINE_CASES=all` gives all.
    """
    builds = (build for build in recorded(builder) if not any(lacks(build) for lacks in RULES))
    every = os.environ.get("STAGEGRAPH_ENGINE_CASES") == "all"
    return [build for number, build in enumerate(builds) if every or number < ENOUGH]


def a_frontend(build: Build) -> bool:
    """`# syntax=` has one pulled."""
    return stagegraph.parse(build.dockerfile).syntax is not None


def an_image(build: Build) -> bool:
    """A stage that runs is built upon, or copies from, an image that is none of the base images."""
    executed = {stage.index for stage in build.plan.execution_set}
    needed = {edge.source for edge in build.graph.edges if edge.consumer in executed and isinstance(edge.source, str)}
    return not needed <= {"scratch", *BASE_IMAGES}


def another_platform(build: Build) -> bool:
    """`--platform` stands anywhere; base images are of this platform only."""
    instructions = stagegraph.parse(build.dockerfile).instructions
    return any(flag.startswith("--platform") for one in instructions for flag in one.flags)


def a_newer_engine(build: Build) -> bool:
    """A flag that this engine's frontend does not know yet."""
    return any(flag.startswith(_FLAGS_OF_NEWER_ENGINES) for _, one in build.instructions for flag in one.flags)


def a_source(build: Build) -> bool:
    """What is copied comes from a network, by a name that only the build knows, or was made by a stage."""
    return any(not _is_there(build, stage, copy, source) for stage, copy in build.copies() for source in copy.sources)


def _is_there(build: Build, stage: Stage, copy: Copy | Add, source: str) -> bool:
    if not copy.from_:
        return not _NO_PATH_IN_CONTEXT.search(source)
    if copy.span is None or source not in _FILES_OF_BASES:  # a trigger copies from who knows where
        return False
    edges = [edge for edge in build.graph.edges if edge.consumer == stage.index and edge.line == copy.span.first_line]
    return all(build.root_of(edge.source) != "scratch" for edge in edges)


def a_command(build: Build) -> bool:
    """What is run is not in the base images, or the stage is built upon `scratch`."""
    return any(
        build.root_of(stage.index) == "scratch" or not set(_commands(run)) <= _COMMANDS for stage, run in build.runs()
    )


def _commands(run: Run) -> Iterator[str]:
    """The first word of every command; what the shell reads in no plain way is no command."""
    if run.exec_form:
        yield run.words[0]
        return
    text = _ANNOUNCES_HEREDOC.sub("true", run.arguments, count=1) if run.heredocs else run.arguments
    for command in _BETWEEN_COMMANDS.split("\n".join([text, *(heredoc.chomped for heredoc in run.heredocs)])):
        words = command.split()
        if words and not words[0].startswith("#"):
            yield "not plain" if _NOT_PLAIN.search(command) else words[0]


def a_mount(build: Build) -> bool:
    """A secret, an SSH agent, or a source that is not in the context or image that is mounted."""
    return any(
        re.search("type=(secret|ssh)", mount) or (_SOURCE_THAT_IS_NOT_THERE.search(mount) and "type=tmpfs" not in mount)
        for _, run in build.runs()
        for mount in run.options.all("mount")
    )


RULES = (a_frontend, an_image, another_platform, a_newer_engine, a_source, a_command, a_mount)
