"""Dockerfiles that are built by a real builder and through Buildah, with what they find in their context."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from attrs import field, frozen


def _archive() -> bytes:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        folder = tarfile.TarInfo("packed")
        folder.type, folder.mode, folder.uid, folder.gid = tarfile.DIRTYPE, 0o750, 12, 13
        archive.addfile(folder)
        file = tarfile.TarInfo("packed/file")
        file.mode, file.uid, file.gid, file.size = 0o4711, 14, 15, 2
        archive.addfile(file, io.BytesIO(b"x\n"))
        link = tarfile.TarInfo("packed/link")
        link.type, link.linkname = tarfile.SYMTYPE, "file"
        archive.addfile(link)
    return stream.getvalue()


FILES: Mapping[str, bytes | str] = {
    "a": "1\n",
    "b": "2\n",
    "run.sh": "#!/bin/sh\necho ran\n",
    "d/one": "one\n",
    "d/two.txt": "two\n",
    "d/sub/three.txt": "three\n",
    "d/sub/deep/four": "four\n",
    "d/ignored.log": "no\n",
    "d/link": "->one",
    "absolute": "->/d/one",
    "packed.tar.gz": _archive(),
    "name with blanks": "blank\n",
    ".hidden": "h\n",
    ".dockerignore": "**/*.log\n.dockerignore\n",
}
_MODES = {"run.sh": 0o755, "a": 0o600, "d/sub": 0o700, "d/sub/deep": 0o2775}


def make_context(folder: Path) -> None:
    """Lays out the context; files that are not named otherwise are 0644, folders 0755."""
    for name, content in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and content.startswith("->"):
            path.symlink_to(content[2:])
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            path.chmod(_MODES.get(name, 0o644))
    for path in folder.rglob("*"):
        if path.is_dir():
            path.chmod(_MODES.get(str(path.relative_to(folder)), 0o755))


@frozen
class Sample:
    """A Dockerfile that a builder can build; with build arguments, labels and a target."""

    file: Path
    builder: str
    build_args: Mapping[str, str] = field(factory=dict)
    labels: Mapping[str, str] = field(factory=dict)
    target: str | None = None

    def __str__(self) -> str:
        return f"{self.file.stem}-{self.builder}"

    @property
    def flags(self) -> list[str]:
        """How the command line asks for it."""
        args = [f"--build-arg={name}={value}" for name, value in self.build_args.items()]
        labels = [f"--label={name}={value}" for name, value in self.labels.items()]
        return [*args, *labels, *([f"--target={self.target}"] if self.target else [])]


_FOLDER = Path(__file__).parent / "samples"
_OPTIONS: Mapping[str, Mapping[str, Any]] = {
    "arguments": {"build_args": {"V": "5", "UNUSED": "x"}},
    "arguments-and-variables": {"build_args": {"V": "given"}},
    "labels": {"labels": {"b": "2", "a": "9"}},
    "stages": {"target": "stage2"},
}


def samples() -> Iterator[Sample]:
    """Those for both builders, once for each, and those for one."""
    for folder, builders in (("both", ("buildkit", "legacy")), ("buildkit", ("buildkit",))):
        for file in sorted((_FOLDER / folder).glob("*.Dockerfile")):
            yield from (Sample(file, builder, **_OPTIONS.get(file.stem, {})) for builder in builders)
