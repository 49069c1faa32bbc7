"""An image as two builders can be compared by: its files with modes and owners, and its config."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Mapping
from pathlib import Path

from attrs import field, frozen

from ..engines import Buildah, DockerEngine  # noqa: TID252 - the tests here are no package

_WHITEOUT, _OPAQUE = ".wh.", ".wh..wh..opq"
_OF_ENGINES = frozenset({"Image", "Hostname", "Domainname", "AttachStdin", "AttachStdout", "AttachStderr", "Tty"})
_IDENTITY = "io.buildah.version"  # what `buildah commit` writes into a base image


@frozen
class Entry:
    """What stands at a path: kind, mode, owner, and content (a digest, or where a link leads)."""

    kind: str
    mode: int
    owner: str
    content: str = ""


@frozen
class ImageContent:
    """The files by path, and the members of the config that are set."""

    files: Mapping[str, Entry]
    config: Mapping[str, object] = field(factory=dict)


def of_docker(engine: DockerEngine, image: str, folder: Path) -> ImageContent:
    """The content of an image of Docker's."""
    archive = folder / "docker.tar"
    engine.run("save", "--output", archive, image)
    return _read(archive)


def of_buildah(buildah: Buildah, image: str, folder: Path) -> ImageContent:
    """The content of an image of Buildah's."""
    archive = folder / "buildah.tar"
    archive.unlink(missing_ok=True)
    buildah.run("push", "--quiet", image, f"docker-archive:{archive}")
    return _read(archive)


def _read(path: Path) -> ImageContent:
    with tarfile.open(path) as archive:
        (manifest,) = json.load(_member(archive, "manifest.json"))
        written = json.load(_member(archive, manifest["Config"]))
        files: dict[str, Entry] = {}
        for layer in manifest["Layers"]:
            with tarfile.open(fileobj=_member(archive, layer)) as content:
                _apply(content, files)
    return ImageContent(files, _config(written["config"]))


def _member(archive: tarfile.TarFile, name: str):  # noqa: ANN202 - what tarfile gives
    found = archive.extractfile(name)
    assert found is not None
    return found


def _apply(layer: tarfile.TarFile, files: dict[str, Entry]) -> None:
    for member in layer:
        path = member.name.removeprefix("./").strip("/")
        folder, _, name = path.rpartition("/")
        if name == _OPAQUE:
            _remove_below(files, folder)
        elif name.startswith(_WHITEOUT):
            gone = f"{folder}/{name.removeprefix(_WHITEOUT)}".lstrip("/")
            files.pop(gone, None)
            _remove_below(files, gone)
        elif path not in ("", "."):
            if not member.isdir():
                _remove_below(files, path)
            files[path] = _entry(layer, member, files)


def _remove_below(files: dict[str, Entry], folder: str) -> None:
    for path in [path for path in files if path.startswith(f"{folder}/")]:
        del files[path]


def _entry(layer: tarfile.TarFile, member: tarfile.TarInfo, files: Mapping[str, Entry]) -> Entry:
    owner = f"{member.uid}:{member.gid}"
    if member.isdir():
        return Entry("folder", member.mode & 0o7777, owner)
    if member.issym():
        return Entry("link", 0o777, owner, member.linkname)
    if member.islnk():
        return files[member.linkname.removeprefix("./").strip("/")]
    if not member.isfile():
        return Entry("other", member.mode & 0o7777, owner, f"{member.devmajor}:{member.devminor}")
    return Entry("file", member.mode & 0o7777, owner, hashlib.sha256(_member(layer, member).read()).hexdigest())


def _config(members: Mapping[str, object]) -> Mapping[str, object]:
    """What is set of a config; the order of volumes, ports and labels does not count."""
    kept = {name: value for name, value in members.items() if value and name not in _OF_ENGINES}
    labels = kept.get("Labels")
    if isinstance(labels, dict):
        kept["Labels"] = {name: value for name, value in labels.items() if name != _IDENTITY}
    return {name: value for name, value in kept.items() if value}
