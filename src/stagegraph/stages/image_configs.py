"""Image configs: what is known of an external image, given by the caller or assumed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

import attrs

from stagegraph.errors import InputError
from stagegraph.lazily import lazy
from stagegraph.platforms import Platform
from stagegraph.stages.options import ImageConfigSource

DEFAULT_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

Config = dict[str, object]


@attrs.frozen(slots=False)
class ImageConfig:
    """An image's platform, whether it has layers, and the `config` object that its children inherit."""

    platform: Platform
    config: Mapping[str, object]
    has_layers: bool = True

    @lazy
    def on_build(self) -> tuple[str, ...]:
        """The triggers for images built upon this one."""
        return _texts(self.config.get("OnBuild"))

    @lazy
    def places(self) -> dict[str, int]:
        """Where each variable stands in `Env`; of one that is there twice, the first place."""
        places: dict[str, int] = {}
        for place, entry in enumerate(_texts(self.config.get("Env"))):
            places.setdefault(entry.partition("=")[0], place)
        return places


_ASSUMED = ImageConfig(Platform(os="linux", architecture="amd64"), {"Env": [DEFAULT_PATH]})


@lru_cache(maxsize=64)
def empty_image_config(platform: Platform) -> ImageConfig:
    """The config of `scratch`: one value for all who ask for the platform."""
    config: Config = {"WorkingDir": "/"}
    if platform.os != "windows":
        config["Env"] = [DEFAULT_PATH]
    return ImageConfig(platform, config, has_layers=False)


def image_config(reference: str, images: ImageConfigSource) -> ImageConfig:
    """The config of the image `reference` (normalised), as `images` gives it, or else the assumed one.

    Raises:
        InputError: what `images` gives is no image config.
    """
    given = images(reference)
    if given is None:
        return _ASSUMED
    try:
        return _read(given)
    except (TypeError, ValueError, AttributeError, KeyError) as fault:
        raise InputError(f"the image config of {reference} is malformed: {fault}") from None


def _read(given: Mapping[str, object]) -> ImageConfig:
    config: Config = {}
    members = given.get("config") or {}
    if not isinstance(members, Mapping):
        raise TypeError("its config is no object")
    for name, value in members.items():
        known = _read_member(name, value)
        if known:
            config[name] = known
    platform = Platform(
        os=str(given.get("os") or ""),
        architecture=str(given.get("architecture") or ""),
        variant=str(given.get("variant") or ""),
        os_version=str(given.get("os.version") or ""),
    )
    return ImageConfig(platform, config, has_layers=_has_layers(given))


def _read_member(name: str, value: object) -> object:
    """A member of `config` in the shape that builders use; None for one that they drop."""
    reader = _READERS.get(name)
    return reader(name, value) if reader is not None and value is not None else None


def _object(name: str, value: object) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise TypeError(f"{name} is no object")
    return value


def _text(_: str, value: object) -> str:
    return str(value)


def _list(_: str, value: object) -> list[str]:
    return list(_texts(value))


def _set(name: str, value: object) -> dict[str, object]:
    return {str(key): {} for key in _object(name, value)}


def _labels(name: str, value: object) -> dict[str, str]:
    return {str(key): str(text) for key, text in _object(name, value).items()}


def _healthcheck(name: str, value: object) -> dict[str, object]:
    return {key: part for key, part in _object(name, value).items() if part}


def _truth(_: str, value: object) -> bool:
    return bool(value)


_READERS: Mapping[str, Callable[[str, object], object]] = {
    **dict.fromkeys(("User", "WorkingDir", "StopSignal"), _text),
    **dict.fromkeys(("Env", "Entrypoint", "Cmd", "OnBuild", "Shell"), _list),
    **dict.fromkeys(("ExposedPorts", "Volumes"), _set),
    "Labels": _labels,
    "Healthcheck": _healthcheck,
    "ArgsEscaped": _truth,
}
"""The members of an image config's `config` that builders keep."""


def _texts(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple) or not all(isinstance(text, str) for text in value):
        raise TypeError("a list of texts was expected")
    return tuple(value)


def _has_layers(given: Mapping[str, object]) -> bool:
    """Whether the image has any layer: by its `rootfs`, or by its history where that says nothing."""
    rootfs = given.get("rootfs")
    if isinstance(rootfs, Mapping) and rootfs.get("diff_ids"):
        return True
    history = given.get("history")
    entries = history if isinstance(history, list) else []
    return any(isinstance(entry, Mapping) and not entry.get("empty_layer") for entry in entries)
