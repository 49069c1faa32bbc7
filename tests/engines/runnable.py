"""Which of the recorded Dockerfiles can run here to their end, by rule, and a context for each.

There is no registry, no network, no secret and one base image under many names; every rule below
tells of one thing that a Dockerfile would need and that is not there.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from attrs import field, frozen

import stagegraph
from stagegraph import Instruction, Plan, Stage, StageGraph

TESTS = Path(__file__).parents[1]
BASE_IMAGES = tuple(
    line
    for line in (TESTS / "engines/machine/base-images.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)
WRITTEN_BY_HAND = "t"
ENOUGH = 110  # `STAGEGRAPH_ENGINE_CASES=all` runs all of them
# What the base image has besides busybox, and may be copied from it.
_FILES_OF_BASE = {"/out0", "/out1", "/out2", "/src", "/src/", "/etc/nginx/nginx.conf"}
_COMMANDS = {"apk", "bash", "cat", "echo", "ls", "make", "sh", "true"}
_FLAGS_OF_NEWER_ENGINES = ("--device", "--parents", "--security")
_BETWEEN_COMMANDS = re.compile(r"&&|\|\||;|\n")
_NOT_PLAIN = re.compile(r"[`<>()]|\$\{")
_WILDCARD = re.compile(r"\[[^]]*\]|[*?]")


@frozen(slots=False)
class Build:
    """A recorded case put to one builder."""

    id: str
    dockerfile: str = field(repr=False)
    target: str
    build_args: Mapping[str, str]
    builder: str

    @cached_property
    def plan(self) -> Plan:
        """What stagegraph says that the builder does."""
        return stagegraph.plan(
            self.dockerfile, builder=self.builder, target=self.target or None, build_args=self.build_args
        )

    @cached_property
    def graph(self) -> StageGraph:
        """The stages, as the builder sees them."""
        return stagegraph.graph(
            self.dockerfile, builder=self.builder, target=self.target or None, build_args=self.build_args
        )

    @property
    def flags(self) -> list[str]:
        """How the command line asks for it."""
        args = [f"--build-arg={name}={value}" for name, value in self.build_args.items()]
        return [*args, *([f"--target={self.target}"] if self.target else [])]

    def instructions(self) -> Iterator[tuple[Stage, Instruction]]:
        """What is run, with its stage; a trigger counts where it is set."""
        for stage in self.plan.execution_set:
            for instruction in stage.instructions:
                yield stage, getattr(instruction, "trigger", None) or instruction

    def root(self, node: int | str) -> str:
        """The image at the bottom of a stage."""
        while isinstance(node, int):
            node = self._bases[node]
        return node

    @cached_property
    def _bases(self) -> Mapping[int, int | str]:
        return {edge.consumer: edge.source for edge in self.graph.edges if edge.kind is stagegraph.EdgeKind.BASE}


def runnable(builder: str, file: str) -> list[Build]:
    """The recorded cases of a file that the builder can run here to the end.

    Those that were written by hand come first; there are more generated ones than a test run has time for.
    """
    cases = map(json.loads, (TESTS / "conformance" / file).read_text(encoding="utf-8").splitlines())
    builds = [
        Build(case["id"], case["dockerfile"], case["target"], case["build_args"], builder)
        for case in cases
        if not case["expect"].get("errors")
    ]
    chosen = [build for build in builds if not any(rule(build) for rule in RULES)]
    chosen.sort(key=lambda build: not build.id.startswith(WRITTEN_BY_HAND))
    return chosen if os.environ.get("STAGEGRAPH_ENGINE_CASES") == "all" else chosen[:ENOUGH]


def names_a_frontend(build: Build) -> bool:
    """`# syntax=` has a frontend pulled."""
    return stagegraph.parse(build.dockerfile).syntax is not None


def needs_an_image_that_is_not_there(build: Build) -> bool:
    executed = {stage.index for stage in build.plan.execution_set}
    needed = {edge.source for edge in build.graph.edges if edge.consumer in executed and isinstance(edge.source, str)}
    return not needed <= {"scratch", *BASE_IMAGES}


def needs_another_platform(build: Build) -> bool:
    instructions = stagegraph.parse(build.dockerfile).instructions
    return any(flag.startswith("--platform") for one in instructions for flag in one.flags)


def has_a_flag_of_newer_engines(build: Build) -> bool:
    return any(flag.startswith(_FLAGS_OF_NEWER_ENGINES) for _, one in build.instructions() for flag in one.flags)


def reads_what_is_not_there(build: Build) -> bool:
    return any(
        not _source_is_there(build, stage, one, source)
        for stage, one in build.instructions()
        if one.name in {"COPY", "ADD"}
        for source in one.sources
    )


def _source_is_there(build: Build, stage: Stage, copy: Any, source: str) -> bool:
    if not copy.from_:
        return not re.search(r"[$\"'\\]|://|^git@|\.\.|\.git\b", source)
    if copy.span is None or source not in _FILES_OF_BASE:  # a trigger copies who knows where
        return False
    edges = [edge for edge in build.graph.edges if edge.consumer == stage.index and edge.line == copy.span.first_line]
    return all(build.root(edge.source) != "scratch" for edge in edges)


def runs_what_is_not_there(build: Build) -> bool:
    return any(
        build.root(stage.index) == "scratch" or not set(_commands(one)) <= _COMMANDS
        for stage, one in build.instructions()
        if one.name == "RUN"
    )


def _commands(run: Any) -> Iterator[str]:
    """The first word of every command; what the shell reads in no plain way is no command."""
    if run.exec_form:
        yield run.words[0]
        return
    text = "\n".join([run.arguments, *(heredoc.chomped for heredoc in run.heredocs)])
    text = re.sub(r"<<-?['\"]?\w+['\"]?", "true", text, count=1) if run.heredocs else text
    for command in _BETWEEN_COMMANDS.split(text):
        words = command.split()
        if words and not words[0].startswith("#"):
            yield "not plain" if _NOT_PLAIN.search(command) else words[0]


def mounts_what_is_not_there(build: Build) -> bool:
    return any(
        re.search(r"type=(secret|ssh)", mount)
        or (re.search(r"(source|src)=(?!/src\b)", mount) and "type=tmpfs" not in mount)
        for _, one in build.instructions()
        if one.name == "RUN"
        for mount in one.options.all("mount")
    )


RULES = (
    names_a_frontend,
    needs_an_image_that_is_not_there,
    needs_another_platform,
    has_a_flag_of_newer_engines,
    reads_what_is_not_there,
    runs_what_is_not_there,
    mounts_what_is_not_there,
)


def make_context(build: Build, directory: Path) -> None:
    """Makes every file and folder that the build copies from its context, and `src`, which mounts want."""
    (directory / "src").mkdir(parents=True)
    (directory / "src/file").write_text("src\n", encoding="utf-8")
    for _, one in build.instructions():
        for source in one.sources if one.name in {"COPY", "ADD"} and not one.from_ else ():
            _make(directory, _WILDCARD.sub("x", source).lstrip("/"))
    (directory / "Dockerfile").write_text(build.dockerfile, encoding="utf-8", newline="")


def _make(directory: Path, source: str) -> None:
    path = directory / source
    if source.endswith("/"):
        path.mkdir(parents=True, exist_ok=True)
        (path / "file").write_text(f"{source}\n", encoding="utf-8")
    elif not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{source}\n", encoding="utf-8")
