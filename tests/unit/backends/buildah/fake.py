"""A Buildah of folders: it does what the commands say that the backend uses, and keeps a record of them."""

from __future__ import annotations

import itertools
import json
import shutil
import tarfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from stagegraph.backends.buildah.processes import Ending

FAILURE = 125


class FakeBuildah:
    """A runner whose images are configs and folders, and whose containers are folders.

    `answers` take the place of commands by their name: they get the words and give an `Ending`.
    `ran` is called for a `run`, with the root of the container, and gives output and exit code.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._layers = itertools.count(1)
        self.calls: list[tuple[str, ...]] = []
        self.images: dict[str, dict[str, object]] = {}
        self.names: dict[str, str] = {}
        self.containers: dict[str, str] = {}
        self.answers: dict[str, Callable[[Sequence[str]], Ending]] = {}
        self.ran: Callable[[Path, Sequence[str]], tuple[list[tuple[str, str]], int]] = lambda _root, _words: ([], 0)

    # -- what a test begins with and looks at ------------------------------------------------

    def add_image(self, name: str, config: Mapping[str, object] | None = None, **files: str) -> str:
        """An image of one layer, with files at its root."""
        layer = f"sha256:{next(self._layers):064x}"
        place = self.folder / layer
        place.mkdir(parents=True)
        for path, content in files.items():
            (place / path).write_text(content)
        image = self._keep({"config": dict(config or {}), "rootfs": {"diff_ids": [layer]}})
        self.names[name] = image
        return image

    def files_of(self, name: str) -> dict[str, str]:
        """The files of an image, by path."""
        root = self._root_of(self.names.get(name, name))
        return {str(path.relative_to(root)): path.read_text() for path in sorted(root.rglob("*")) if path.is_file()}

    def said(self, command: str) -> list[tuple[str, ...]]:
        """The calls of one command, without the options before it."""
        return [call for call in self.calls if call[0] == command]

    # -- the runner --------------------------------------------------------------------------

    def call(self, argv, _environment, cancellation=None) -> Ending:
        if cancellation is not None:
            cancellation.check()
        words = self._record(argv)
        if words[0] in self.answers:
            return self.answers[words[0]](words)
        try:
            return Ending(0, getattr(self, f"_{words[0]}")(words[1:]).encode())
        except (KeyError, FileNotFoundError) as missing:
            return Ending(FAILURE, error=f"Error: {missing}: image not known\n")

    def stream(self, argv, _environment, tell, cancellation) -> int:
        cancellation.check()
        words = self._record(argv[argv.index("buildah") :])
        name = words[words.index("--") - 1]
        lines, code = self.ran(self.folder / name, words)
        for text, stream in lines:
            tell(text, stream)
        return code

    def _record(self, argv: Sequence[str]) -> tuple[str, ...]:
        words = tuple(word for word in argv[1:] if word != "--log-level=error")
        self.calls.append(words)
        return words

    # -- the commands ------------------------------------------------------------------------

    def _from(self, words: Sequence[str]) -> str:
        (name,) = (word.removeprefix("--name=") for word in words if word.startswith("--name="))
        self.containers[name] = image = words[-1]
        shutil.copytree(self._root_of(image), self.folder / name, symlinks=True)
        return name

    def _mount(self, words: Sequence[str]) -> str:
        return str(self.folder / words[0])

    def _add(self, words: Sequence[str]) -> str:
        _, container, archive, _ = words
        with tarfile.open(archive) as content:
            for member in content:
                place = self.folder / container / member.name
                place.unlink(missing_ok=True) if not member.isdir() else None
                content.extract(member, self.folder / container, set_attrs=False, filter="fully_trusted")
                place.chmod(member.mode) if not member.issym() else None
        return ""

    def _commit(self, words: Sequence[str]) -> str:
        *_, container, name = words
        layer = f"sha256:{next(self._layers):064x}"
        (self.folder / container).rename(self.folder / layer)
        below = self.images.get(self.containers.pop(container), {"rootfs": {"diff_ids": []}})
        layers = [*below["rootfs"]["diff_ids"], layer]  # type: ignore[index]
        self.names[name] = image = self._keep({"config": {}, "rootfs": {"diff_ids": layers}})
        return image

    def _pull(self, words: Sequence[str]) -> str:
        folder = Path(words[-1].removeprefix("dir:"))
        image = json.loads((folder / "manifest.json").read_text())["config"]["digest"].removeprefix("sha256:")
        self.images[image] = json.loads((folder / image).read_text())
        return image

    def _tag(self, words: Sequence[str]) -> str:
        self.names |= dict.fromkeys(words[1:], words[0])
        return ""

    def _inspect(self, words: Sequence[str]) -> str:
        return json.dumps(self.images[self.names.get(words[-1], words[-1])])

    def _rm(self, words: Sequence[str]) -> str:
        for name in words:
            del self.containers[name]
            shutil.rmtree(self.folder / name)
        return ""

    def _rmi(self, words: Sequence[str]) -> str:
        for name in (word for word in words if word != "--force"):
            image = self.names.get(name, name)
            del self.images[image]
            self.names = {one: other for one, other in self.names.items() if other != image}
        return ""

    def _containers(self, _words: Sequence[str]) -> str:
        return json.dumps([{"containername": name} for name in self.containers] or None)

    def _images(self, _words: Sequence[str]) -> str:
        names = {image: [name for name, one in self.names.items() if one == image] for image in self.images}
        return json.dumps([{"id": image, "names": found or None} for image, found in names.items()])

    # -- what they share ---------------------------------------------------------------------

    def _keep(self, config: dict[str, object]) -> str:
        image = f"{len(self.images) + 0xF000:064x}"
        while image in self.images:
            image = f"{int(image, 16) + 1:064x}"
        self.images[image] = config
        return image

    def _root_of(self, image: str) -> Path:
        """Every layer is the whole tree."""
        layers = [] if image == "scratch" else self.images[image]["rootfs"]["diff_ids"]  # type: ignore[index]
        place = self.folder / (layers[-1] if layers else "nothing")
        place.mkdir(parents=True, exist_ok=True)
        return place
