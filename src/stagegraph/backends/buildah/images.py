"""Images of Buildah's: their configs, and images that are made of layers that are there."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs

from stagegraph.backends.buildah.commands import Buildah, reason
from stagegraph.backends.containers.engine import EngineError
from stagegraph.planning.operations import ImageOperation
from stagegraph.platforms import Platform
from stagegraph.reference import parse_reference

Config = Mapping[str, object]
_UNKNOWN = "image not known"
_DOCKER = "application/vnd.docker"
_LAYER = f"{_DOCKER}.image.rootfs.diff.tar"


def inspected(buildah: Buildah, image: str) -> dict[str, object] | None:
    """The config of an image, as it is written; None where Buildah has none of that name or id."""
    ending = buildah.attempt("inspect", "--type=image", "--format={{.Config}}", image)
    if ending.exit_code:
        if _UNKNOWN in ending.error:
            return None
        raise EngineError(reason(ending))
    config: dict[str, object] = json.loads(ending.output)
    return config


def name_of(reference: str) -> str:
    """A normalised name as people write it, which Buildah then looks up by its own rules for short names."""
    return parse_reference(reference).familiar


def fetched(buildah: Buildah, operation: ImageOperation) -> dict[str, object]:
    """The config of an external image, which is pulled where Buildah has none.

    Raises:
        EngineError: it cannot be had.
    """
    name = operation.image.name
    config = inspected(buildah, name_of(name))
    if config is not None:
        return config
    try:
        image = buildah.call("pull", "--quiet", f"--platform={operation.platform.text}", name)
    except EngineError as fault:
        raise EngineError(f"{name}: {fault.message}") from None
    return inspected(buildah, image) or {}


def layers_of(config: Mapping[str, object] | None) -> list[str]:
    """The layers of an image, by the digests of what is in them."""
    rootfs = (config or {}).get("rootfs")
    return list(rootfs.get("diff_ids") or ()) if isinstance(rootfs, Mapping) else []


@attrs.frozen
class NewImage:
    """An image that can be made: its config, as it is written, and its layers, which Buildah has."""

    written: bytes
    layers: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its id, known before it is made: the SHA-256 of its config."""
        return hashlib.sha256(self.written).hexdigest()

    def make(self, buildah: Buildah) -> None:
        """Makes it, without a name.

        The folder that is read (`containers-transports(5)`, `dir:`) holds no layer: all are there.

        Raises:
            EngineError: one of them is not.
        """
        manifest = {
            "schemaVersion": 2,
            "mediaType": f"{_DOCKER}.distribution.manifest.v2+json",
            "config": {
                "mediaType": f"{_DOCKER}.container.image.v1+json",
                "size": len(self.written),
                "digest": f"sha256:{self.id}",
            },
            "layers": [{"mediaType": _LAYER, "size": 0, "digest": layer} for layer in self.layers],
        }
        with TemporaryDirectory(dir=buildah.folder) as place:
            folder = Path(place)
            (folder / "version").write_text("Directory Transport Version: 1.1\n", encoding="ascii")
            (folder / "manifest.json").write_text(json.dumps(manifest), encoding="ascii")
            (folder / self.id).write_bytes(self.written)
            buildah.call("pull", "--quiet", f"dir:{place}")


def new_image(layers: Sequence[str], config: Config, platform: Platform) -> NewImage:
    """An image of layers with a config; no other one has its id."""
    now = datetime.now(UTC).isoformat()
    written = json.dumps(
        {
            "created": now,
            "architecture": platform.architecture,
            **({"variant": platform.variant} if platform.variant else {}),
            "os": platform.os,
            "config": config,
            "rootfs": {"type": "layers", "diff_ids": list(layers)},
            "history": [{"created": now, "created_by": "stagegraph"} for _ in layers],  # Buildah counts them
        }
    ).encode()
    return NewImage(written, tuple(layers))
