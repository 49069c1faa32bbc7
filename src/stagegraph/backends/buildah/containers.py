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
from stagegraph.backends.buildah.roots import Root
from stagegraph.backends.buildah.scripts import script_folder
from stagegraph.backends.buildah.stubs import Stubs
from stagegraph.backends.containers.engine import Tell
from stagegraph.backends.containers.trees import ContainerTree
from stagegraph.backends.files.nodes import Node
from stagegraph.backends.files.tree import Tree
from stagegraph.backends.progress import Cancellation
from stagegraph.planning.operations import RunOperation
from stagegraph.stages.options import Builder


class BuildahContainer:
    """A working container, as the builder of the plan would have it."""

    def __init__(
        self, buildah: Buildah, name: str, root: Root, builder: Builder, run: RunOperation | None, network: str
    ) -> None:
        self._buildah = buildah
        self._root = root
        self._builder = builder
        self._run = run
        self._network = network
        self._tree = ContainerTree(root.look, self._fetch)
        self.name = name
        self.lent = False
        self.image: str | None = None

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
        with NamedTemporaryFile(dir=self._buildah.folder, suffix=".tar") as kept:
            shutil.copyfileobj(archive, kept)
            kept.flush()
            self._buildah.call("add", "--quiet", self.name, kept.name, "/")

    def run(self, tell: Tell, cancellation: Cancellation) -> int:
        """Runs the command of the container."""
        assert self._run is not None
        network = network_of(self._run, self._network)
        stubs = Stubs(self._root, self._builder)
        host_name = HostName(self._root, self._buildah.folder) if self._builder is Builder.BUILDKIT else None
        with script_folder(self._run.script, self._buildah.folder) as volumes:
            if host_name is not None:
                volumes = {**volumes, **host_name.volumes}
            words = run_words(self.name, self._run, self._builder, network, volumes)
            code = self._buildah.stream(wrapper_of(self._buildah.isolation, network), words, tell, cancellation)
        stubs.remove()
        if host_name is not None:
            host_name.save(self.extract)
        return code

    def commit(self) -> str:
        """The image that the container has become, which is called like it; the container is gone then."""
        self.image = self._buildah.call("commit", "--quiet", "--rm", self.name, self.name)
        return self.image

    def _fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        self.lent = True
        return self._root.fetch(path)
