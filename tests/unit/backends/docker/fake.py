"""A client of an engine that is none: it does what the tests need of `docker.APIClient`."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import requests
from docker.errors import APIError, ImageNotFound

from stagegraph.backends.docker.connection import Connection


def api_error(message: str, status: int = 409) -> APIError:
    """What the package raises where the engine refuses."""
    response = requests.Response()
    response.status_code = status
    return APIError(message, response=response, explanation=message)


class FakeClient:
    """Images by id, and what stands in the way of removing some of them."""

    def __init__(self) -> None:
        self.images_by_id: dict[str, dict[str, Any]] = {}
        self.names: dict[str, str] = {}
        self.in_use: set[str] = set()
        self.removed: list[str] = []
        self.removed_containers: list[tuple[str, Mapping[str, object]]] = []
        self.removed_volumes: list[str] = []
        self.listed: dict[str, list[dict[str, Any]]] = {"containers": [], "images": [], "volumes": []}
        self.builds: list[str] = []
        self.built: Callable[[str], Iterable[Mapping[str, object]]] = lambda _text: ()
        self.pulled: list[Mapping[str, object]] = []
        self.pulls: list[tuple[str, str]] = []
        self.knows_layers = True
        self.closed = False
        self.hooks: dict[str, list[Callable[..., object]]] = {}

    def add_image(self, name: str, *layers: str, **config: object) -> str:
        """An image with a name."""
        image = f"sha256:{hashlib.sha256(name.encode()).hexdigest()}"
        self.images_by_id[image] = {
            "Id": image,
            "Os": "linux",
            "Architecture": "amd64",
            "Config": config,
            "RootFS": {"Layers": list(layers)},
        }
        self.names[name] = image
        return image

    # -- images ------------------------------------------------------------------------------

    def inspect_image(self, name: str) -> dict[str, Any]:
        image = self.names.get(name, name)
        if image not in self.images_by_id:
            raise ImageNotFound("no such image")
        return self.images_by_id[image]

    def images(self, **asked: object) -> list[Any]:
        return list(self.images_by_id) if asked.get("quiet") else self.listed["images"]

    def pull(self, name: str, platform: str, **_asked: object) -> Iterable[Mapping[str, object]]:
        self.pulls.append((name, platform))
        return self.pulled

    def load_image(self, data: bytes, **_asked: object) -> Iterable[Mapping[str, object]]:
        with tarfile.open(fileobj=io.BytesIO(data)) as archive:
            held = {one.name: archive.extractfile(one).read() for one in archive}  # type: ignore[union-attr]
        (manifest,) = json.loads(held["manifest.json"])
        if manifest["Layers"] and not self.knows_layers:
            return [{"error": "layer does not exist"}]
        content = held[manifest["Config"]]
        image = f"sha256:{hashlib.sha256(content).hexdigest()}"
        self.images_by_id[image] = {"Id": image, **json.loads(content)}
        self.names |= dict.fromkeys(manifest["RepoTags"], image)
        return [{"stream": "Loaded image"}]

    def tag(self, image: str, name: str, version: str, *, force: bool) -> None:
        assert force
        self.names[f"{name}:{version}"] = image

    def remove_image(self, image: str, *, noprune: bool) -> None:
        assert noprune
        if image in self.in_use:
            raise api_error("image has dependent child images")
        self.removed.append(image)

    # -- containers, volumes, builds -----------------------------------------------------------

    def containers(self, **_asked: object) -> list[dict[str, Any]]:
        return self.listed["containers"]

    def volumes(self, **_asked: object) -> dict[str, Any]:
        return {"Volumes": self.listed["volumes"] or None}

    def remove_container(self, name: str, **how: object) -> None:
        self.removed_containers.append((name, how))

    def remove_volume(self, name: str) -> None:
        self.removed_volumes.append(name)

    def build(self, fileobj: io.BytesIO, **_asked: object) -> Iterable[Mapping[str, object]]:
        text = fileobj.read().decode()
        self.builds.append(text)
        return self.built(text)

    def close(self) -> None:
        self.closed = True


def connection_to(client: FakeClient, monkeypatch: Any) -> Connection:
    """A connection whose clients are all the one that is given."""
    monkeypatch.setattr("stagegraph.backends.docker.connection.APIClient", lambda **_: client)
    return Connection()
