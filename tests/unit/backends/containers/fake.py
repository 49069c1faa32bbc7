"""An engine of trees: its images are values, and a command is a function of a tree."""

from __future__ import annotations

import tarfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import BinaryIO

import attrs

from stagegraph.backends.containers.archives import nodes_in
from stagegraph.backends.containers.engine import EngineError, Tell
from stagegraph.backends.containers.legacy import LegacyContainerWork
from stagegraph.backends.containers.support import refuse_unsupported
from stagegraph.backends.containers.work import ContainerWork
from stagegraph.backends.events import Event, Image, PlanFinished
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder
from stagegraph.backends.files.tree import FileTree
from stagegraph.backends.progress import Cancellation
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import schedule, step_tasks
from stagegraph.context.directory import ContextDirectory
from stagegraph.planning.operations import ImageOperation, RunOperation
from stagegraph.stages.options import Builder

Ran = Callable[[RunOperation, FileTree, Tell], tuple[Mapping[str, Entry], int]]
"""What a command changes, and its exit code."""

PASSWD = Bytes(b"root:x:0:0::/:/bin/sh\napp:x:1000:1001::/:/bin/sh\n")
GROUP = Bytes(b"root:x:0:\napp:x:1001:\n")
BASE = FileTree({"/etc": Entry(Folder()), "/etc/passwd": Entry(File(PASSWD)), "/etc/group": Entry(File(GROUP))})


class FakeEngine:
    """It has one image, `docker.io/library/alpine:latest`, and says how many containers are open."""

    def __init__(self, ran: Ran = lambda _run, _tree, _tell: ({}, 0)) -> None:
        self.images: dict[str, FileTree] = {"docker.io/library/alpine:latest": BASE}
        self.open = 0
        self.ran = ran
        self.room = True

    def image(self, operation: ImageOperation) -> str:
        if operation.image.name not in self.images:
            raise EngineError(f"{operation.image.name}: not found")
        return operation.image.name

    @contextmanager
    def container(self, image: str | None, run: RunOperation | None = None) -> Iterator[_Container]:
        self.open += 1
        try:
            yield _Container(self, self.images[image] if image is not None else FileTree(), run)
        finally:
            self.open -= 1

    def keep(self, tree: FileTree) -> str:
        image = f"image {len(self.images)}"
        self.images[image] = tree
        return image


@attrs.define
class _Container:
    engine: FakeEngine
    files: FileTree
    command: RunOperation | None

    def extract(self, archive: BinaryIO) -> None:
        if not self.engine.room:
            raise EngineError("no space left on device")
        data = archive.read()
        try:
            changes = {path: Entry(node) for path, node in nodes_in([data])}
        except tarfile.ReadError:
            changes = {}
        self.files = self.files.with_changes(changes)

    def run(self, tell: Tell, cancellation: Cancellation) -> int:
        cancellation.check()
        assert self.command is not None
        changes, code = self.engine.ran(self.command, self.files, tell)
        self.files = self.files.with_changes(changes)
        return code

    def commit(self) -> str:
        return self.engine.keep(self.files)


class TreeBackend:
    """A backend on an engine of trees."""

    name = "trees"

    def __init__(self, engine: FakeEngine) -> None:
        self.engine = engine
        self.files: FileTree | None = None

    def run(self, build: Build) -> Iterator[Event]:
        plan = build.plan
        refuse_unsupported(plan, self.name, frozenset())
        is_legacy = plan.builder is Builder.LEGACY
        context = ContextDirectory.open(build.context) if build.context is not None else None
        work = (LegacyContainerWork if is_legacy else ContainerWork)(plan, self.engine, context)
        ended = yield from schedule(step_tasks(plan.steps), work.work, jobs=build.jobs, clock=lambda: 0.0)
        image = None
        if ended:
            made = work.image()
            self.files = self.engine.images[made] if made is not None else FileTree()
            image = Image(made or "nothing", build.tags, plan.config)
        yield PlanFinished(ended, 0.0, image)


def named(files: FileTree, *paths: str) -> Sequence[Entry | None]:
    """What stands at some paths."""
    return [files.get(path) for path in paths]
