"""`BuildahEngine`: Buildah as `ContainerWork` uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from stagegraph.backends.buildah.cleaning import remove
from stagegraph.backends.buildah.commands import Buildah, is_root
from stagegraph.backends.buildah.containers import BuildahContainer
from stagegraph.backends.buildah.images import fetched, inspected, layers_of, new_image
from stagegraph.backends.buildah.names import image_name, new_name
from stagegraph.backends.buildah.roots import MountedRoot, Root
from stagegraph.backends.buildah.unshared import UnsharedRoot
from stagegraph.backends.containers.engine import Container
from stagegraph.backends.protocol import Build
from stagegraph.planning.operations import ImageOperation, RunOperation

_FROM = ("--quiet", "--pull=never", "--http-proxy=false")


class BuildahEngine:
    """Makes images, and remembers those that nobody wants when the build is over, and containers that are lent."""

    def __init__(self, buildah: Buildah, build: Build) -> None:
        self._buildah = buildah
        self._build = build
        self._lock = Lock()
        self.made: list[str] = []
        self.lent: list[str] = []

    def image(self, operation: ImageOperation) -> str:
        """The id of an external image, made anew with no config.

        So no trigger of it runs, no volume of it swallows what a `RUN` writes, and no variable of
        it is seen that the plan does not know.
        """
        layers = layers_of(fetched(self._buildah, operation))
        image = new_image(layers, {}, self._build.plan.graph.resolved.options.platform)
        self._remember(image.id)
        image.make(self._buildah)
        self._buildah.call("tag", image.id, image_name(new_name(), keep=self._build.keep))
        return image.id

    @contextmanager
    def container(self, image: str | None, run: RunOperation | None = None) -> Iterator[Container]:
        """A working container."""
        name = new_name()
        container = None
        try:
            self._buildah.call("from", *_FROM, f"--name={name}", image or "scratch")
            root = self._root(name)
            container = BuildahContainer(self._buildah, name, root, self._build, run)
            yield container
        finally:
            self._leave(name, container)

    def finish(self, image: str | None, config: Mapping[str, object], tags: Sequence[str]) -> str:
        """The image that the build was for; its tags are given to it in one go."""
        layers = layers_of(inspected(self._buildah, image)) if image is not None else []
        made = new_image(layers, config, self._build.plan.graph.resolved.options.platform)
        try:
            made.make(self._buildah)
            if tags:
                self._buildah.call("tag", made.id, *tags)
        except BaseException:
            remove(self._buildah, "rmi", [made.id], "--force")  # with the tags that it may have got
            raise
        return f"sha256:{made.id}"

    def _root(self, container: str) -> Root:
        if is_root():
            return MountedRoot(Path(self._buildah.call("mount", container)))
        return UnsharedRoot(self._buildah, container)

    def _leave(self, name: str, container: BuildahContainer | None) -> None:
        """A container is not needed any more, unless it has become an image or its files are yet to be read."""
        if container is not None and container.image is not None:
            self._remember(container.image)
        if container is None or (container.is_there and not container.lent):
            remove(self._buildah, "rm", [name])
        elif container.is_there:
            with self._lock:
                self.lent.append(name)

    def _remember(self, image: str) -> None:
        with self._lock:
            self.made.append(image)
