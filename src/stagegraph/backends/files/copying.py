"""`COPY`, `ADD` and `WORKDIR` among trees (BuildKit's `fsutil/copy`, the legacy builder's `copy.go`).

Of a folder the content is copied, of everything else the thing itself. The destination keeps its
mode and its owner where it is there, the folders in it take those of what is copied. Missing
folders are made with mode 0755.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from stagegraph.backends.files.archives import unpacked
from stagegraph.backends.files.growth import GrowingTree, folder_of
from stagegraph.backends.files.modes import changed_mode
from stagegraph.backends.files.nodes import ROOT, Bytes, Entry, File, Folder, Link, Node, Owner, Unknown
from stagegraph.backends.files.sources import MissingSourceError, Source, find_sources
from stagegraph.backends.files.tree import ANYTHING, Tree
from stagegraph.context.patterns import has_wildcards
from stagegraph.dockerignore import DockerIgnore
from stagegraph.errors import Complaint
from stagegraph.planning.operations import (
    CopyItem,
    CopyOperation,
    DirectoryOperation,
    DownloadItem,
    InlineItem,
    PathItem,
)
from stagegraph.stages.options import Builder
from stagegraph.values.paths import clean, join


def copy(
    base: Tree, operation: CopyOperation, sources: Sequence[Tree], step: int, builder: Builder
) -> Mapping[str, Entry]:
    """What a `COPY` or `ADD` changes of `base`; each item reads the tree at its place in `sources`.

    With BuildKit, folders that are made on the way get the owner of `--chown`, and so does what an
    archive holds; wildcards may match nothing. With the legacy builder they do so only on the way to
    a file, and at least one thing must be found, several only where the destination ends with a slash.

    Raises:
        MissingSourceError: a path that is not there.
        Complaint: a file would take the place of a folder; a malformed pattern; nothing is found.
        InputError: a file of the context cannot be read.
    """
    copying = _Copying(GrowingTree(base, step), operation, builder)
    found = [copying.copy(item, tree) for item, tree in zip(operation.items, sources, strict=True)]
    if builder is Builder.LEGACY and not any(found):
        raise Complaint("no source files were specified")
    if builder is Builder.LEGACY and sum(found) > 1 and not operation.destination.endswith("/"):
        name = "ADD" if any(isinstance(item, PathItem) and item.unpack for item in operation.items) else "COPY"
        raise Complaint(_TOO_MANY.format(name))
    return copying.growing.changes


def make_directory(base: Tree, operation: DirectoryOperation, step: int) -> Mapping[str, Entry]:
    """What a `WORKDIR` changes of `base`.

    Raises:
        Complaint: something on the way is no folder.
    """
    growing = GrowingTree(base, step)
    owner = Owner.read(operation.user) if operation.user else ROOT
    growing.make_folders(growing.resolve(operation.path), Folder(0o755, owner))
    return growing.changes


def inline_file(item: InlineItem) -> File:
    """A file that stands in the Dockerfile, as a node."""
    return File(Bytes(item.content.encode("utf-8", "surrogateescape")), item.mode)


_TOO_MANY = "When using {} with more than one source file, the destination must be a directory and end with a /"
_SET_USER, _SET_GROUP, _GROUP_RUNS = 0o4000, 0o2000, 0o010


def _after_chown(mode: int) -> int:
    """What Linux leaves of the mode of a file that gets another owner (`chown(2)`)."""
    return mode & ~_SET_USER & ~(_SET_GROUP if mode & _GROUP_RUNS else 0)


class _Copying:
    """One operation; `growing` is what has been made so far."""

    def __init__(self, growing: GrowingTree, operation: CopyOperation, builder: Builder) -> None:
        self.growing = growing
        self._mode = operation.mode
        self._owner = Owner.read(operation.chown) if operation.chown else None
        self._excludes = operation.excludes
        self._into_folder = operation.destination.endswith(("/", "/."))
        mode = operation.mode if isinstance(operation.mode, int) else 0o755
        self._legacy = builder is Builder.LEGACY
        self._new_folder = Folder(mode, self._owner or ROOT)
        self._above_folder = Folder() if self._legacy else self._new_folder
        self._destination = growing.resolve(operation.destination)

    def copy(self, item: CopyItem, tree: Tree) -> int:
        """Copies an item; how many things it stands for."""
        if not self._legacy:
            parent = self._destination if self._into_folder else folder_of(self._destination)
            self.growing.make_folders(parent, self._new_folder)
        if isinstance(item, PathItem):
            sources = find_sources(tree, item.path)
            for source in sources:
                self._copy_source(tree, source, item)
            return len(sources)
        if isinstance(item, InlineItem):
            self._put_file(item.name, Entry(inline_file(item)))
        elif isinstance(item, DownloadItem) and not item.unpack:
            self._put_file(item.name, Entry(Unknown()))
        else:  # a repository, or an archive that is fetched first
            self._put_unknown(ANYTHING, ())
        return 1

    def _copy_source(self, tree: Tree, source: Source, item: PathItem) -> None:
        node = source.entry.node
        if isinstance(node, Unknown):
            self._put_unknown(source.name, source.entry.steps)
        elif isinstance(node, Folder):
            self._copy_folder(tree, source, item.pattern)
        elif not (item.unpack and isinstance(node, File) and self._unpack(node, source.entry)):
            self._put_file(source.name, source.entry)

    def _copy_folder(self, tree: Tree, source: Source, pattern: str | None) -> None:
        self.growing.make_folders(folder_of(self._destination), self._above_folder)
        self.growing.make_folders(self._destination, self._new_folder)
        wanted = list(self._wanted(tree, source.place, pattern))
        for path, entry in wanted:
            self._put_copied(join(self._destination, path), entry)
        makers = tree.perhaps(join(source.place, ANYTHING))
        if makers:
            self._put(join(self._destination, ANYTHING), Entry(Unknown(), makers))
        elif pattern is not None and not wanted and not has_wildcards(pattern):
            raise MissingSourceError(join(source.path, pattern))

    def _wanted(self, tree: Tree, folder: str, pattern: str | None) -> Iterator[tuple[str, Entry]]:
        """What is taken of a folder; folders above what is taken come before it."""
        found = list(tree.below(folder))
        if not found:
            return  # then no pattern is read, and a malformed one is no error
        excluded = DockerIgnore.of_lines(self._excludes)
        included = DockerIgnore.of_lines([clean(pattern).lstrip("/")]) if pattern is not None else None
        above: dict[str, Entry] = {}
        for path, entry in found:
            if not excluded.excludes(path) and (included is None or included.excludes(path)):
                yield from ((one, above.pop(one)) for one in list(above) if path.startswith(f"{one}/"))
                yield path, entry
            elif isinstance(entry.node, Folder):
                above[path] = entry

    def _unpack(self, node: File, entry: Entry) -> bool:
        """Puts what an archive holds into the destination; whether it is one."""
        nodes = unpacked(node.content)
        if nodes is None:
            return False
        self.growing.make_folders(self._destination, self._above_folder)
        for path, one in nodes:
            if path != "/":
                if self._owner is not None and not self._legacy and not isinstance(one, Unknown):
                    one = attrs.evolve(one, owner=self._owner)  # noqa: PLW2901 - the same with its owner
                self._put(join(self._destination, path), attrs.evolve(entry, node=one))
        return True

    def _put_file(self, name: str, entry: Entry) -> None:
        """Puts something that is no folder at the destination, or into it."""
        if self._into_folder or self.growing.holds_folder(self._destination):
            self._put_copied(join(self._destination, name), entry)
            return
        tree = self.growing.tree
        makers = tree.perhaps(self._destination) if tree.kind(self._destination) is None else ()
        self._put_copied(self._destination, attrs.evolve(entry, uncertain=(*entry.uncertain, *makers)))

    def _put_unknown(self, name: str, makers: tuple[int, ...]) -> None:
        """Something that may be a file or a folder, of which the content would be copied."""
        is_folder = self._into_folder or self.growing.holds_folder(self._destination)
        path = join(self._destination, ANYTHING) if is_folder or name == ANYTHING else self._destination
        self._put(path, Entry(Unknown(), makers))

    def _put_copied(self, path: str, entry: Entry) -> None:
        """Puts something with the owner and the mode that are asked for."""
        self._put(path, attrs.evolve(entry, node=self._changed(entry.node)))

    def _put(self, path: str, entry: Entry) -> None:
        node = entry.node
        if self.growing.holds_folder(path) and not isinstance(node, Folder | Unknown):
            raise Complaint(f"cannot replace to directory {path} with file")
        self.growing.make_folders(folder_of(path), self._new_folder)
        self.growing.put(path, entry)

    def _changed(self, node: Node) -> Node:
        """The node with the owner and the mode that are asked for."""
        if isinstance(node, Unknown):
            return node
        if self._owner is not None:
            node = attrs.evolve(node, owner=self._owner)
            if self._legacy and isinstance(node, File):  # it changes owners after modes
                node = attrs.evolve(node, mode=_after_chown(node.mode))
        if isinstance(node, Link) or self._mode is None:
            return node
        return attrs.evolve(node, mode=changed_mode(node.mode, self._mode, folder=isinstance(node, Folder)))
