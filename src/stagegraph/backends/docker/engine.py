"""`DockerEngine`: a Docker Engine as `ContainerWork` uses it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from threading import Lock

from stagegraph.backends.containers.engine import Container
from stagegraph.backends.docker.connection import Connection
from stagegraph.backends.docker.containers import DockerContainer, created
from stagegraph.backends.docker.images import fetched, layers_of, make_image
from stagegraph.backends.docker.stubs import Stubs
from stagegraph.backends.oci import oci_config
from stagegraph.planning.operations import ImageOperation, RunOperation
from stagegraph.platforms import Platform


class DockerEngine:
    """Makes images, and remembers those that nobody wants when the build is over."""

    def __init__(self, connection: Connection, platform: Platform, network: str) -> None:
        self._connection = connection
        self._platform = platform
        self._network = network
        self._lock = Lock()
        self._nothing: str | None = None
        self._stubs = Stubs(connection, self.remember)
        self.made: list[str] = []

    def image(self, operation: ImageOperation) -> str:
        """The id of an external image.

        An image with volumes is made anew without them: what a `RUN` writes into a volume would be lost.
        """
        about = fetched(self._connection, operation)
        image = str(about["Id"])
        config = oci_config(about)["config"]
        assert isinstance(config, Mapping)
        if not config.get("Volumes"):
            return image
        plain = {name: value for name, value in config.items() if name not in ("Volumes", "OnBuild")}
        return self._make(layers_of(self._connection, image), plain)

    @contextmanager
    def container(self, image: str | None, run: RunOperation | None = None) -> Iterator[Container]:
        """A container; what it is committed as is remembered."""
        base = image or self._empty_image()
        with created(self._connection, base, self._stubs, run, self._network) as container:
            yield _Remembering(container, self)

    def finish(self, image: str | None, config: Mapping[str, object], tags: Sequence[str]) -> str:
        """The image that the build was for; its tags are given to it in one go."""
        layers = layers_of(self._connection, image)
        return make_image(self._connection, layers, config, self._platform, tags)

    def remember(self, image: str) -> None:
        """Notes an image that is to go."""
        with self._lock:
            self.made.append(image)

    def _make(self, layers: Sequence[str], config: Mapping[str, object]) -> str:
        image = make_image(self._connection, layers, config, self._platform)
        self.remember(image)
        return image

    def _empty_image(self) -> str:
        if self._nothing is None:
            self._nothing = self._make((), {})
        return self._nothing


class _Remembering:
    """A container whose image is remembered."""

    def __init__(self, container: DockerContainer, engine: DockerEngine) -> None:
        self._engine = engine
        self.files = container.files
        self.extract = container.extract
        self.run = container.run
        self._container = container

    def commit(self) -> str:
        image = self._container.commit()
        self._engine.remember(image)
        return image
