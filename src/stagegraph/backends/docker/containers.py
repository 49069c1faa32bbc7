"""Containers of a Docker Engine."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from http import HTTPStatus
from typing import BinaryIO

from docker.errors import APIError

from stagegraph.backends.containers.archives import archive_of, nodes_in
from stagegraph.backends.containers.engine import EngineError, Tell
from stagegraph.backends.containers.lines import LineSplitter
from stagegraph.backends.containers.trees import ContainerTree
from stagegraph.backends.docker.connection import Connection, reason_of, translated
from stagegraph.backends.docker.stubs import MOUNT_POINTS, Stubs
from stagegraph.backends.files.copying import inline_file
from stagegraph.backends.files.nodes import Bytes, Entry, File, Folder, Link, Node
from stagegraph.backends.files.tree import Tree
from stagegraph.backends.progress import Cancellation
from stagegraph.planning.operations import InlineItem, RunOperation
from stagegraph.values.paths import join

PIPES = "/dev/pipes"
_HOST_NAME = "buildkitsandbox"  # what BuildKit calls the machine in which a command runs
_FOLDER_BIT, _LINK_BIT = 1 << 31, 1 << 27
_PATIENCE = 10  # seconds
_STREAMS = ("stdout", "stderr")


class DockerContainer:
    """A container that was created and, unless it runs a command, is never started."""

    def __init__(self, connection: Connection, name: str, image: str, stubs: Stubs) -> None:
        self._connection = connection
        self._name = name
        self._image = image
        self._stubs = stubs
        self._tree = ContainerTree(self._look, self._fetch)
        self._has: set[str] = set()

    @property
    def files(self) -> Tree:
        """Its files; the engine is asked for each."""
        return self._tree

    def extract(self, archive: BinaryIO) -> None:
        """Puts the content of an archive at the root."""
        with translated():
            self._connection.api.put_archive(self._name, "/", archive)

    def run(self, tell: Tell, cancellation: Cancellation) -> int:
        """Runs the command of the container; the folders that BuildKit leaves behind are there from the beginning.

        Once it has run, the engine puts more into a container than its own when it is given files.
        """
        left = {path: Entry(Folder()) for path in MOUNT_POINTS if self._tree.kind(path) is None}
        if left:
            with archive_of(left, lambda _: (0, 0)) as archive:
                self.extract(archive)
        self._has.update(MOUNT_POINTS)
        return self._run(tell, cancellation)

    def _run(self, tell: Tell, cancellation: Cancellation) -> int:
        api = self._connection.api
        with cancellation.stopped_by(self._kill), translated(), self._connection.streaming() as stream:
            output = stream.client.attach(self._name, stdout=True, stderr=True, stream=True, demux=True)
            api.start(self._name)
            lines = {kind: LineSplitter() for kind in _STREAMS}
            for chunks in output:
                for kind, chunk in zip(_STREAMS, chunks, strict=True):
                    for line in lines[kind].feed(chunk or b""):
                        tell(line, kind)
            for kind in _STREAMS:
                for line in lines[kind].rest():
                    tell(line, kind)
            code: int = api.wait(self._name)["StatusCode"]
            return code

    def commit(self) -> str:
        """The image that the container has become."""
        with translated():
            image: str = self._connection.api.commit(self._name)["Id"]
        self._stubs.inherit(image, self._image, self._has)
        return image

    def _kill(self) -> None:
        with suppress(Exception):  # it may have ended by itself, or the engine may be gone
            self._connection.connect().kill(self._name)

    def _look(self, path: str) -> Node | None:
        api = self._connection.api
        with translated():
            place = f"{api.base_url}/v{api.api_version}/containers/{self._name}/archive"
            answer = api.head(place, params={"path": path})
        stat = answer.headers.get("X-Docker-Container-Path-Stat")
        if answer.status_code != 200 or stat is None:
            return None
        about: dict[str, object] = json.loads(base64.b64decode(stat))
        mode = about["mode"]
        assert isinstance(mode, int)
        node = _node(mode, str(about["linkTarget"]))
        is_stub = not (isinstance(node, File) and about["size"]) and self._stubs.hide(self._image, path, node)
        return None if is_stub else node

    def _fetch(self, path: str) -> Iterator[tuple[str, Node]]:
        parent = path.rpartition("/")[0] or "/"
        with translated():
            chunks, _ = self._connection.api.get_archive(self._name, path)
            members = [(join(parent, member), node) for member, node in nodes_in(chunks)]
        yield from ((one, node) for one, node in members if not self._stubs.hide(self._image, one, node))


def _node(mode: int, target: str) -> Node:
    """What stands at a path, by Go's mode bits; what a file holds is not known."""
    if mode & _FOLDER_BIT:
        return Folder(mode & 0o777)
    return Link(target) if mode & _LINK_BIT else File(Bytes(b""), mode & 0o777)


@contextmanager
def created(
    connection: Connection, image: str, stubs: Stubs, run: RunOperation | None, network: str
) -> Iterator[DockerContainer]:
    """A container on an image, which is gone when the block ends."""
    with _volume_of_script(connection, image, run) as volumes:
        settings = _settings(run, network, volumes)
        with translated():
            made = connection.api.create_container_from_config(
                {"Image": image, "Labels": dict(connection.labels), **settings}
            )
        name: str = made["Id"]
        try:
            yield DockerContainer(connection, name, image, stubs)
        finally:
            remove_container(connection, name)


def remove_container(connection: Connection, name: str) -> None:
    """Removes a container, whatever it does; one that is gone, or an engine that is, is no matter here.

    One that the engine is removing already, as its own builder does, is waited for.
    """
    with suppress(APIError, EngineError, Exception):
        try:
            connection.api.remove_container(name, force=True, v=True)
        except APIError as fault:
            if fault.status_code == HTTPStatus.CONFLICT:
                connection.api.wait(name, timeout=_PATIENCE, condition="removed")


def _settings(run: RunOperation | None, network: str, volumes: Mapping[str, str]) -> dict[str, object]:
    """What a container is created with; one that runs no command is given one all the same."""
    if run is None:
        return {"Entrypoint": ["/"], "Cmd": [], "NetworkDisabled": True}
    mode = run.network if run.network != "default" else network
    return {
        "Entrypoint": [run.words[0]],
        "Cmd": list(run.words[1:]),
        "Env": [f"{name}={value}" for name, value in run.environment()],
        "WorkingDir": run.directory,
        "User": run.user,
        "Hostname": _HOST_NAME,
        "HostConfig": {
            "NetworkMode": mode,
            "Binds": [f"{volume}:{target}:ro" for volume, target in volumes.items()],
        },
    }


@contextmanager
def _volume_of_script(connection: Connection, image: str, run: RunOperation | None) -> Iterator[Mapping[str, str]]:
    """A volume that holds the script of a command, where it has one; what stands in `/dev` is in no image."""
    if run is None or run.script is None:
        yield {}
        return
    with translated():
        volume: str = connection.api.create_volume(labels=dict(connection.labels))["Name"]
    try:
        _fill(connection, image, volume, run.script)
        yield {volume: PIPES}
    finally:
        with suppress(APIError, Exception):
            connection.api.remove_volume(volume, force=True)


def _fill(connection: Connection, image: str, volume: str, script: InlineItem) -> None:
    """Puts a script into a volume, by way of a container that is never started."""
    with translated():
        made = connection.api.create_container_from_config(
            {
                "Image": image,
                "Entrypoint": ["/"],
                "Labels": dict(connection.labels),
                "HostConfig": {"Binds": [f"{volume}:{PIPES}"]},
            }
        )
        try:
            with archive_of({f"/{script.name}": Entry(inline_file(script))}, lambda _: (0, 0)) as archive:
                connection.api.put_archive(made["Id"], PIPES, archive)
        finally:
            remove_container(connection, made["Id"])


def error_in(messages: Iterable[Mapping[str, object]]) -> str | None:
    """What went wrong in a stream of messages from the engine; None where nothing did."""
    for message in messages:
        if "error" in message:
            return str(message["error"])
    return None


__all__ = ["DockerContainer", "created", "error_in", "reason_of", "remove_container"]
