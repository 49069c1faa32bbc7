"""Clearing away: what a build made on its way, and what a build that was killed has left behind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress

import requests
from docker.errors import DockerException

from stagegraph.backends.docker.connection import OWNER_LABEL, Connection, is_abandoned, translated
from stagegraph.backends.docker.containers import remove_container
from stagegraph.errors import BackendError

_SHORT = 12
_GONE = (DockerException, requests.RequestException, BackendError, OSError)


def images_there(connection: Connection) -> frozenset[str]:
    """The short ids of all images that the engine has, those without names included."""
    with translated():
        ids: list[str] = connection.api.images(quiet=True, all=True)
    return frozenset(map(short_id, ids))


def short_id(image: str) -> str:
    """The twelve digits by which the legacy builder calls an image."""
    return image.removeprefix("sha256:")[:_SHORT]


@contextmanager
def cleared_away(
    connection: Connection, made: Sequence[str], spared: Callable[[], Collection[str]], *, keep: bool
) -> Iterator[None]:
    """When the block ends, the images in `made` go, the last first, but for those `spared` (short ids).

    An image that another one is built upon stays; so does everything with `keep`.
    """
    try:
        yield
    finally:
        if not keep:
            wanted = spared()
            for image in reversed(tuple(dict.fromkeys(made))):
                if short_id(image) not in wanted:
                    with suppress(*_GONE):
                        connection.api.remove_image(image, noprune=True)


def sweep(connection: Connection) -> None:
    """Removes containers, volumes and images of builds on this machine that are over, or whose process is gone."""
    with translated():
        labelled = {"label": OWNER_LABEL}
        containers = connection.api.containers(all=True, filters=labelled)
        images = connection.api.images(filters=labelled)
        volumes = connection.api.volumes(filters=labelled).get("Volumes") or ()
    for container in filter(_is_abandoned, containers):
        remove_container(connection, container["Id"])
    for image in filter(_is_abandoned, images):
        with suppress(*_GONE):
            connection.api.remove_image(image["Id"], noprune=True)
    for volume in filter(_is_abandoned, volumes):
        with suppress(*_GONE):
            connection.api.remove_volume(volume["Name"])


def _is_abandoned(thing: dict[str, dict[str, str]]) -> bool:
    return is_abandoned((thing.get("Labels") or {}).get(OWNER_LABEL, ""))
