"""Images of a Docker Engine: their configs, and images that are made of layers that are there."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.docker.connection import Connection, NotFound, translated
from stagegraph.backends.oci import oci_config
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform

Config = Mapping[str, object]


def inspected(connection: Connection, image: str) -> dict[str, object] | None:
    """What the engine knows of an image; None where it has none of that name."""
    with translated():
        try:
            about: dict[str, object] = connection.api.inspect_image(image)
        except NotFound:
            return None
        return about


def fetched(connection: Connection, operation: ImageOperation) -> dict[str, object]:
    """What the engine knows of an external image, which is pulled where it has none.

    Raises:
        EngineError: it cannot be had.
    """
    name = operation.image.name
    about = inspected(connection, name)
    if about is not None:
        return about
    with translated():
        messages = connection.api.pull(name, platform=operation.platform.text, stream=True, decode=True)
        error = next((str(message["error"]) for message in messages if "error" in message), None)
    about = inspected(connection, name)
    if error is not None or about is None:
        raise EngineError(f"{name}: {error or 'not found'}")
    return about


def layers_of(connection: Connection, image: str | None) -> list[str]:
    """The layers of an image, by their digests."""
    about = inspected(connection, image) if image is not None else None
    rootfs = oci_config(about)["rootfs"] if about is not None else {}
    assert isinstance(rootfs, Mapping)
    return list(rootfs.get("diff_ids", ()))


def make_image(
    connection: Connection, layers: Sequence[str], config: Config, platform: Platform, tags: Sequence[str] = ()
) -> str:
    """The id of an image made of layers that the engine has, with a config and tags.

    An archive without the layers themselves is loaded: the engine knows them.

    Raises:
        EngineError: the engine does not know them (it keeps its images in containerd), or has no room.
    """
    written = json.dumps(
        {
            "os": platform.os,
            "architecture": platform.architecture,
            **({"variant": platform.variant} if platform.variant else {}),
            "created": datetime.now(UTC).isoformat(),
            "config": config,
            "rootfs": {"type": "layers", "diff_ids": list(layers)},
        }
    ).encode()
    digest = hashlib.sha256(written).hexdigest()
    places = [f"{layer.replace(':', '-')}/layer.tar" for layer in layers]
    manifest = json.dumps([{"Config": f"{digest}.json", "RepoTags": list(tags), "Layers": places}]).encode()
    with translated():
        archive = _archive({f"{digest}.json": written, "manifest.json": manifest})
        for message in connection.api.load_image(archive, quiet=True):
            if "error" in message:
                raise EngineError(f"cannot make an image of its layers: {message['error']}")
    return f"sha256:{digest}"


def tag_image(connection: Connection, image: str, tag: str) -> None:
    """Gives an image a name, which any other image loses."""
    name, _, version = tag.rpartition(":")
    with translated():
        connection.api.tag(image, name, version, force=True)


def _archive(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return stream.getvalue()
