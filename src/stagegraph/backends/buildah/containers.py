"""Working containers: files are put into them, a command runs in them, and they become images."""

from __future__ import annotations

import shutil
import tarfile
from collections.abc import Iterator
from tempfile import NamedTemporaryFile
from typing import BinaryIO

from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.buildah.hostnames import HostName
from stagegraph.backends.buildah.invocations import network_of, run_words, wrapper_of
from stagegraph.backends.buildah.names import image_name
from stagegraph.backends.buildah.roots import Root
from stagegraph.backends.buildah.scripts import script_folder
from stagegraph.backends.buildah.stubs import Stubs
from stagegraph.backends.buildah.times import told_apart
from stagegraph.backends.containers.engine import Tell
from stagegraph.backends.containers.trees import ContainerTree
from stagegraph.backends.files.nodes import Node
from stagegraph.backends.files.tree import Tree
from stagegraph.backends.progress import Cancellation
from stagegraph.backends.protocol import Build
from stagegraph.planning.operations import RunOperation
from stagegraph.stages.options import Builder


class BuildahContainer:
    """A working container, as the builder of the plan would have it."""

    def __init__(self, buildah: Buildah, name: str, root: Root, build: Build, run: RunOperation | None) -> None:
        self._buildah = buildah
        self._name = name
        self._root = root
        self._build = build
        self._builder = build.plan.builder
        self._run = run
        self._tree = ContainerTree(root.look, self._fetch)
        self.lent = False
        self.image: str | None = None
        self.is_there = True

    @property
    def files(self) -> Tree:
        """Its files. Where their bytes were asked for, the container is `lent` as long as somebody may read them."""
        return self._tree

    def extract(self, archive: BinaryIO) -> None:
        """Puts the content of an archive at the root; owners, modes and times are those of the archive."""
        with tarfile.open(fileobj=archive) as content:
            if content.next() is None:
                return
        archive.seek(0)
        folder = self._buildah.folder
        with NamedTemporaryFile(dir=folder, suffix=".tar") as kept, told_apart(archive, self._root) as apart:
            shutil.copyfileobj(apart, kept)
            kept.flush()
            self._buildah.call("add", "--quiet", self._name, kept.name, "/")

    def run(self, tell: Tell, cancellation: Cancellation) -> int:
        """Runs the command of the container."""
        assert self._run is not None
        network = network_of(self._run, self._build.network)
        stubs = Stubs(self._root, self._builder)
        host_name = HostName(self._root, self._buildah.folder) if self._builder is Builder.BUILDKIT else None
        with script_folder(self._run.script, self._buildah.folder) as script:
            volumes = {**script, **(host_name.volumes if host_name is not None else {})}
            words = run_words(self._name, self._run, self._builder, network, volumes)
            code = self._buildah.stream(wrapper_of(self._buildah.isolation, network), words, tell, cancellation)
        stubs.remove()
        if host_name is not None:
            host_name.save(self.extract)
        return code

    def commit(self) -> str:
        """The image that the container has become; the container is gone then.

        `image` is what it is called as long as it is not certain that there is one.
        """
        self.image = image_name(self._name, keep=self._build.keep)
        self.image = self._buildah.call("commit", "--quiet", "--rm", self._name, self.image)
        self.is_there = False
        return self.image

    def _fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        self.lent = self._root.lends
        return self._root.fetch(path)
