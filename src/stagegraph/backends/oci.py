"""What an engine tells of an image, as the OCI config that plans are made with."""

from __future__ import annotations

from collections.abc import Mapping


def oci_config(about: Mapping[str, object]) -> dict[str, object]:
    """The OCI config of an image that Docker's `image inspect` tells of, as `ImageConfigs` has it."""
    rootfs = about.get("RootFS")
    layers = rootfs.get("Layers") if isinstance(rootfs, Mapping) else None
    config = about.get("Config")
    return {
        "os": about.get("Os"),
        "architecture": about.get("Architecture"),
        "variant": about.get("Variant") or "",
        "config": config if isinstance(config, Mapping) else {},
        "rootfs": {"type": "layers", "diff_ids": list(layers or ())},
    }
