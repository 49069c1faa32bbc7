"""What vertices do, told when somebody asks: from the values that the planner had at hand.

A plan that no one carries out pays for none of this, and does not even load the operations.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.planning.later import now
from stagegraph.planning.vertices import Described, Vertex
from stagegraph.platforms import Platform
from stagegraph.stages.references import BUILD_CONTEXT, ImageReference, NamedContext, Reference
from stagegraph.syntax.mounts import Mount
from stagegraph.values.git_urls import GitSource
from stagegraph.values.paths import clean

if TYPE_CHECKING:
    from stagegraph.planning.operations import CopyItem, InlineItem, MountItem, Operation


PathKey = tuple[Literal["path"], str, str | None, bool]
"""What tells the copy of a path apart: the path, what is wanted of it, whether it is unpacked."""

OtherKey = tuple[Literal["inline"], str] | tuple[Literal["http"], str, bool] | tuple[Literal["git"]]
"""What tells other copies apart, of what the vertex that is read knows."""

CopyWords = tuple[str, str, int | str | None, tuple[str, ...], bool]
"""Destination, owner, mode, what is left out, and whether it is a `--link`."""

Action = tuple[PathKey | OtherKey, Vertex | None]
"""One action of a copy: what tells it apart, and what it reads."""


class Mounted(NamedTuple):
    """A mount as its vertex has it: where, what it reads, and everything else that tells it apart.

    `mount` is None for a script, which the command brings itself. `id` is the name that the mount
    has or is given; `selector` the path in what is read.
    """

    target: str
    source: Vertex | None
    options: tuple[object, ...] = ()
    mount: Mount | None = None
    id: str = ""
    selector: str = "/"


def describe_image(image: ImageReference, platform: Platform) -> Described:
    """An image from outside the file."""
    from stagegraph.planning.operations import ImageOperation

    return ImageOperation(image, platform), (None,)


def describe_context(context: NamedContext | None = None) -> Described:
    """A named context, or the build context."""
    from stagegraph.planning.operations import ContextOperation

    return ContextOperation(context), (None,)


def describe_directory(path: str, user: str, top: Vertex | None) -> Described:
    """`WORKDIR`, upon `top`."""
    from stagegraph.planning.operations import DirectoryOperation

    return DirectoryOperation(clean(path), user), (top,)


def describe_file(name: str, content: str, mode: int) -> Described:
    """A file that stands in the Dockerfile."""
    from stagegraph.planning.operations import FileOperation, InlineItem

    return FileOperation(InlineItem(name, content, mode)), (None,)


def describe_repository(repository: GitSource) -> Described:
    """A repository that is fetched."""
    from stagegraph.planning.operations import DownloadOperation, RepositoryItem

    return DownloadOperation(RepositoryItem(repository)), (None,)


def describe_download(url: str, name: str, checksum: str, unpack: bool) -> Described:
    """A file that is fetched from the web."""
    from stagegraph.planning.operations import DownloadItem, DownloadOperation

    return DownloadOperation(DownloadItem(url, name, checksum, unpack)), (None,)


def describe_folder(top: Vertex | None) -> Described:
    """The directory that a mount with an owner begins with."""
    from stagegraph.planning.operations import FileOperation

    return FileOperation(), (top,)


def describe_merge(top: Vertex, copied: Vertex) -> Described:
    """The files of a `COPY --link`, put upon those of `top`."""
    from stagegraph.planning.operations import MergeOperation

    return MergeOperation(), (top, copied)


def describe_copy(
    transfer: CopyWords,
    sources: Sequence[Reference],
    below: Vertex | None,
    actions: Sequence[Action],
) -> Described:
    """`COPY` or `ADD`, upon `below`; paths are read from the first of `sources`, or the build context."""
    from stagegraph.planning.operations import CopyOperation

    items = tuple([_copy_item(*action) for action in actions])
    operation = CopyOperation(items, *transfer, sources[0] if sources else BUILD_CONTEXT)
    return operation, (below, *[source for _, source in actions])


def _copy_item(key: PathKey | OtherKey, source: Vertex | None) -> CopyItem:
    from stagegraph.planning.operations import DownloadOperation, FileOperation, PathItem

    if key[0] == "path":
        return PathItem(*key[1:])
    operation = _operation_of(source)
    assert isinstance(operation, FileOperation | DownloadOperation)
    assert operation.item is not None
    return operation.item


def describe_run(
    words: tuple[str, ...],
    directory: str,
    user: str,
    environment: RememberedEnvironment,
    top: Vertex | None,
    mounted: Sequence[Mounted],
    network: str,
    security: str,
) -> Described:
    """`RUN`, upon `top`."""
    from stagegraph.planning.operations import RunOperation

    mounts = tuple([_mount_item(one, one.mount) for one in mounted if one.mount is not None])
    script = next((_script(one.source) for one in mounted if one.mount is None), None)
    operation = RunOperation(words, directory, user, environment, mounts, network, security, script)
    return operation, (top, *[one.source for one in mounted if one.mount is not None])


def _script(file: Vertex | None) -> InlineItem | None:
    """The file that the mount of a script reads."""
    from stagegraph.planning.operations import FileOperation

    operation = _operation_of(file)
    return operation.item if isinstance(operation, FileOperation) else None


def _operation_of(vertex: Vertex | None) -> Operation | None:
    if vertex is None or vertex.describe is None:
        return None
    operation, _ = now(vertex.describe)
    return operation


def _mount_item(mounted: Mounted, mount: Mount) -> MountItem:
    from stagegraph.planning.operations import MountItem

    return MountItem(
        type=mount.type,
        target=mounted.target,
        source=mounted.selector,
        read_only=mount.read_only,
        id=mounted.id,
        sharing=mount.sharing,
        size=mount.size,
        required=mount.required,
        variable=mount.env,
        mode=mount.mode,
        uid=mount.uid,
        gid=mount.gid,
    )
