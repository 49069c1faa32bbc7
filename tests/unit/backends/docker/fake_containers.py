"""A client of an engine that is none, with containers: their files are trees, and a command is a function."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, BinaryIO

import attrs
import requests

from stagegraph.backends.containers.archives import archive_of, nodes_in
from stagegraph.backends.files.nodes import Entry, File, Folder, Link
from stagegraph.backends.files.tree import FileTree

from .fake import FakeClient, api_error

Chunks = tuple[bytes | None, bytes | None]
"""What is written to standard output and standard error at a time."""
WAIT = 20  # seconds until a test that waits for ever fails


@attrs.define
class FakeContainer:
    """A container: what it was made with, and its files."""

    config: Mapping[str, Any]
    files: FileTree
    killed: threading.Event = attrs.field(factory=threading.Event)

    @property
    def words(self) -> list[str]:
        return [*self.config["Entrypoint"], *self.config.get("Cmd", ())]


class ContainerClient(FakeClient):
    """`calls` has what was asked of containers and volumes, in order; `failing` what is refused, by its name."""

    def __init__(self) -> None:
        super().__init__()
        self.base_url, self.api_version = "http://engine", "1.44"
        self.trees: dict[str, FileTree] = {}
        self.all: dict[str, FakeContainer] = {}
        self.open: set[str] = set()
        self.open_volumes: set[str] = set()
        self.calls: list[str] = []
        self.failing: dict[str, str] = {}
        self.commands: Callable[[FakeContainer], tuple[Iterable[Chunks], int]] = lambda _container: ((), 0)
        self.uploads: list[tuple[str, Mapping[str, object]]] = []
        self.started = threading.Event()

    def _asked(self, what: str) -> None:
        self.calls.append(what)
        if what in self.failing:
            raise api_error(self.failing[what])

    # -- containers ----------------------------------------------------------------------------

    def create_container_from_config(self, config: Mapping[str, Any]) -> dict[str, str]:
        self._asked("create")
        self.inspect_image(config["Image"])
        name = f"container {len(self.all)}"
        self.all[name] = FakeContainer(config, self.trees.get(config["Image"], FileTree()))
        self.open.add(name)
        return {"Id": name}

    def remove_container(self, name: str, **how: object) -> None:
        super().remove_container(name, **how)
        self._asked("remove")
        self.open.discard(name)

    def put_archive(self, name: str, path: str, archive: BinaryIO) -> None:
        self._asked("put")
        put = {f"{path.rstrip('/')}{one}": Entry(node) for one, node in nodes_in([archive.read()])}
        self.all[name].files = self.all[name].files.with_changes(put)

    def get_archive(self, name: str, path: str) -> tuple[Iterable[bytes], object]:
        self._asked("get")
        files = self.all[name].files
        found = files.get(path)
        assert found is not None
        below = {f"{path}/{one}": entry for one, entry in files.below(path)} if isinstance(found.node, Folder) else {}
        parent = len(path.rpartition("/")[0])
        with archive_of({one[parent:]: entry for one, entry in {path: found, **below}.items()}, _numbers) as archive:
            return [archive.read()], {}

    def head(self, url: str, params: Mapping[str, str]) -> requests.Response:
        prefix = f"{self.base_url}/v{self.api_version}/containers/"
        assert url.startswith(prefix), url
        found = self.all[url.removeprefix(prefix).removesuffix("/archive")].files.get(params["path"])
        answer = requests.Response()
        answer.status_code = 404 if found is None else 200
        if found is not None:
            answer.headers["X-Docker-Container-Path-Stat"] = base64.b64encode(_stat(found)).decode()
        return answer

    def attach(self, name: str, **asked: object) -> Iterator[Chunks]:
        assert asked == {"stdout": True, "stderr": True, "stream": True, "demux": True}
        self._asked("attach")
        return iter(self.commands(self.all[name])[0])

    def start(self, name: str) -> None:
        assert name in self.open
        self._asked("start")
        self.started.set()

    def wait(self, name: str) -> dict[str, int]:
        container = self.all[name]
        return {"StatusCode": 137 if container.killed.is_set() else self.commands(container)[1]}

    def kill(self, name: str) -> None:
        self._asked("kill")
        self.all[name].killed.set()

    def commit(self, name: str) -> dict[str, str]:
        self._asked("commit")
        container = self.all[name]
        image = self.add_image(f"commit of {name}", *self._layers(container.config["Image"]), f"sha256:layer of {name}")
        self.trees[image] = container.files
        return {"Id": image}

    def _layers(self, image: str) -> list[str]:
        layers: list[str] = self.inspect_image(image)["RootFS"]["Layers"]
        return layers

    # -- images and volumes --------------------------------------------------------------------

    def load_image(self, data: bytes, **asked: object) -> Iterable[Mapping[str, object]]:
        answer = super().load_image(data, **asked)
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            (written,) = (archive.extractfile(one).read() for one in archive if one.name != "manifest.json")  # type: ignore[union-attr]
        config = json.loads(written)
        about = {"Config": config["config"], "RootFS": {"Layers": config["rootfs"]["diff_ids"]}}
        self.images_by_id.get(f"sha256:{hashlib.sha256(written).hexdigest()}", {}).update(about)
        return answer

    def create_volume(self, labels: Mapping[str, str]) -> dict[str, str]:
        assert labels
        self._asked("create volume")
        self.open_volumes.add("script")
        return {"Name": "script"}

    def remove_volume(self, name: str, *, force: bool = False) -> None:
        super().remove_volume(name)
        self._asked("remove volume by force" if force else "remove volume")
        self.open_volumes.discard(name)

    # -- the legacy builder --------------------------------------------------------------------

    def build(self, fileobj: Any, **asked: Any) -> Iterable[Mapping[str, object]]:
        if not asked.get("custom_context"):
            return super().build(fileobj, **asked)
        with tarfile.open(fileobj=fileobj) as archive:
            text = archive.extractfile(asked["dockerfile"]).read().decode()  # type: ignore[union-attr]
        self.uploads.append((text, asked))
        return self.built(text)


def said(text: str, image: str, container: str = "c0ffee000000") -> Iterator[Mapping[str, object]]:
    """What the legacy builder says of a Dockerfile whose every step makes an image; a `RUN` has a container."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    for number, line in enumerate(lines, 1):
        yield {"stream": f"Step {number}/{len(lines)} : {line}\n"}
        if line.startswith("RUN"):
            yield {"stream": f" ---> Running in {container}\n"}
            yield {"stream": f" ---> Removed intermediate container {container}\n"}
        if not line.startswith("ARG"):
            yield {"stream": f" ---> {image.removeprefix('sha256:')[:12]}\n"}
    yield {"aux": {"ID": image}}


def _numbers(_owner: object) -> tuple[int, int]:
    return 0, 0


def _stat(entry: Entry) -> bytes:
    """What the engine says of a path, with the mode bits of Go."""
    node = entry.node
    bits = {Folder: 1 << 31, Link: 1 << 27, File: 0}[type(node)]  # type: ignore[index]
    mode = 0o777 if isinstance(node, Link) else node.mode  # type: ignore[union-attr]
    about = {
        "mode": bits | mode,
        "size": node.content.size if isinstance(node, File) else 0,
        "linkTarget": node.target if isinstance(node, Link) else "",
    }
    return json.dumps(about).encode()
