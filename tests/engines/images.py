"""Images as values that can be compared: every file with its mode and owner, and the config.

Docker and Buildah both write an image as an archive of layers (`docker save`, `buildah push docker-archive:`);
this reads either. Times do not count, nor does how files are spread over layers.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen

from .engines import Buildah, DockerEngine

_WHITEOUT = ".wh."
_OF_ENGINES = {"Image", "Hostname"}
_VERSION_OF_BUILDAH = "io.buildah.version"
_OPAQUE = ".wh..wh..opq"
_KINDS = {tarfile.DIRTYPE: "directory", tarfile.SYMTYPE: "link", tarfile.LNKTYPE: "hard link", tarfile.FIFOTYPE: "fifo"}


@frozen
class Entry:
    """A file, folder or link. `content` is the digest of a file or the target of a link."""

    kind: str
    mode: str
    owner: str
    content: str


@frozen
class Image:
    """What an image holds: its files by path, without a slash before them, and its config."""

    files: Mapping[str, Entry] = field(repr=False)
    config: Mapping[str, Any]

    @property
    def file_names(self) -> list[str]:
        """The paths of everything but folders, sorted."""
        return sorted(path for path, entry in self.files.items() if entry.kind != "directory")

    @property
    def settings(self) -> Mapping[str, Any]:
        """The config without what engines note of themselves: the image before, a container's name, a version."""
        labels = {name: value for name, value in self.config.get("Labels", {}).items() if name != _VERSION_OF_BUILDAH}
        kept = {name: value for name, value in self.config.items() if name not in _OF_ENGINES}
        return {**kept, "Labels": labels}


def docker_image(docker: DockerEngine, name: str, scratch: Path) -> Image:
    """An image in Docker; `scratch` is a folder to write its archive into."""
    archive = scratch / "docker.tar"
    docker.run("image", "save", "--output", archive, name)
    return read_archive(archive)


def buildah_image(buildah: Buildah, name: str, scratch: Path) -> Image:
    """An image in Buildah's storage; `scratch` is a folder to write its archive into."""
    archive = scratch / "buildah.tar"
    archive.unlink(missing_ok=True)
    buildah.run("push", "--quiet", name, f"docker-archive:{archive}")
    return read_archive(archive)


def read_archive(archive: Path) -> Image:
    """The image in an archive that holds one."""
    with tarfile.open(archive) as outer:
        (manifest,) = json.loads(_member(outer, "manifest.json"))
        config = json.loads(_member(outer, manifest["Config"]))
        files: dict[str, Entry] = {}
        for name in manifest["Layers"]:
            with tarfile.open(fileobj=outer.extractfile(name)) as layer:
                _put_on_top(files, layer)
    return Image(files, {name: value for name, value in (config.get("config") or {}).items() if value})


def _member(archive: tarfile.TarFile, name: str) -> bytes:
    file = archive.extractfile(name)
    assert file is not None, name
    return file.read()


def _put_on_top(files: dict[str, Entry], layer: tarfile.TarFile) -> None:
    """Puts a layer upon the files of those below it."""
    below = tuple(files)
    for member in layer:
        path = posixpath.normpath(member.name).lstrip("/")
        folder, name = posixpath.split(path)
        if name == _OPAQUE:
            _remove(files, below, f"{folder}/" if folder else "")
        elif name.startswith(_WHITEOUT):
            gone = posixpath.join(folder, name.removeprefix(_WHITEOUT))
            files.pop(gone, None)
            _remove(files, below, f"{gone}/")
        elif path != ".":
            if not member.isdir():
                _remove(files, below, f"{path}/")
            files[path] = _entry(layer, member, files)


def _remove(files: dict[str, Entry], below: tuple[str, ...], prefix: str) -> None:
    """Removes what lower layers have under a folder."""
    for path in below:
        if path.startswith(prefix):
            files.pop(path, None)


def _entry(layer: tarfile.TarFile, member: tarfile.TarInfo, files: Mapping[str, Entry]) -> Entry:
    """The entry of a member; a hard link counts as the file that it links."""
    if member.islnk():
        return files[posixpath.normpath(member.linkname).lstrip("/")]
    kind = _KINDS.get(member.type, "file" if member.isreg() else "device")
    content = member.linkname
    if kind == "file":
        data = layer.extractfile(member)
        assert data is not None, member.name
        content = hashlib.sha256(data.read()).hexdigest()
    return Entry(kind, f"{member.mode & 0o7777:04o}", f"{member.uid}:{member.gid}", content)
