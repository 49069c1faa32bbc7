"""What a `RUN` is given to stand on, and what of it the builder of the plan leaves in the image.

Buildah mounts files over others (`/etc/hosts`, `/run/.containerenv`) and file systems over folders
(`/proc`), which it makes first where they are missing. BuildKit leaves the folders of the latter
(runc makes them in the image), the legacy builder nothing (they stand in a layer of its own).
"""

from __future__ import annotations

from stagegraph.backends.buildah.roots import Root
from stagegraph.stages.options import Builder

_FOLDERS = ("/dev", "/proc", "/sys")
_MADE = ("/etc/hosts", "/etc/resolv.conf", "/etc/hostname", "/etc", "/run/.containerenv", "/run/secrets", "/run")


class Stubs:
    """What was not there before a `RUN`, and may be there behind it."""

    def __init__(self, root: Root, builder: Builder) -> None:
        made = _MADE if builder is Builder.BUILDKIT else (*_MADE, *_FOLDERS)
        self._root = root
        self._missing = tuple(path for path in made if root.look(path) is None)

    def remove(self) -> None:
        """Removes what is still empty."""
        self._root.remove_empty(self._missing)
