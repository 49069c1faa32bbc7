"""What a step does, with every word expanded: what an engine is told, and nothing that is shown.

The names are those of BuildKit's operations (`solver/pb/ops.proto`). An operation changes the
files that it stands on, and reads others: `Step.reads` says which steps made them.
"""

from __future__ import annotations

import attrs

from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.platforms import Platform
from stagegraph.stages.references import BUILD_CONTEXT, ImageReference, NamedContext, Reference
from stagegraph.syntax.mounts import MountType
from stagegraph.values.git_urls import GitSource


@attrs.frozen
class ImageOperation:
    """An external image is what the stage begins with, or what is copied from."""

    image: ImageReference
    platform: Platform


@attrs.frozen
class ContextOperation:
    """A context is made ready: the build context, or a named one."""

    context: NamedContext | None = None


@attrs.frozen
class PathItem:
    """Paths below `path` in what the step reads; `pattern` is what is wanted of them with `--parents`.

    `path` is absolute and clean, and may hold wildcards; with the legacy builder a pattern may end
    with a slash, and then nothing matches it. `unpack`: an archive is unpacked.
    """

    path: str
    pattern: str | None = None
    unpack: bool = False


@attrs.frozen
class InlineItem:
    """A file that stands in the Dockerfile, with its content."""

    name: str
    content: str
    mode: int = 0o644


@attrs.frozen
class DownloadItem:
    """A file from the web; it is called `name`."""

    url: str
    name: str
    checksum: str = ""
    unpack: bool = False


@attrs.frozen
class RepositoryItem:
    """The files of a Git repository."""

    repository: GitSource


CopyItem = PathItem | InlineItem | DownloadItem | RepositoryItem


@attrs.frozen
class CopyOperation:
    """`COPY` or `ADD`: `items` are copied in order to `destination`, which is absolute.

    A destination that ends with `/` or `/.` is a folder. `chown` is the owner as it is written,
    empty for none; `mode` the bits of `--chmod`, or its symbolic form. `linked`: the files are
    put together apart from those below them (`COPY --link`), and a `MergeOperation` follows.
    `source` is what paths are read from.
    """

    items: tuple[CopyItem, ...]
    destination: str
    chown: str = ""
    mode: int | str | None = None
    excludes: tuple[str, ...] = ()
    linked: bool = False
    source: Reference = BUILD_CONTEXT


@attrs.frozen
class FileOperation:
    """Files that a step after it reads, made of nothing: a file of the Dockerfile, or a folder of a mount."""

    item: InlineItem | None = None


@attrs.frozen
class DownloadOperation:
    """What an `ADD` after it reads is fetched."""

    item: DownloadItem | RepositoryItem


@attrs.frozen
class MergeOperation:
    """The files of a `COPY --link` are put upon those of the stage."""


@attrs.frozen
class DirectoryOperation:
    """`WORKDIR`: the folder, and its parents where they are missing, with the user of the stage as owner."""

    path: str
    user: str = ""


@attrs.frozen
class MountItem:
    """A mount of a `RUN`: `source` is the path in what it reads, `target` where it stands."""

    type: MountType
    target: str
    source: str = "/"
    read_only: bool = True
    id: str = ""
    sharing: str = ""
    size: int = 0
    required: bool = False
    variable: str | None = None
    mode: int | None = None
    uid: int | None = None
    gid: int | None = None


@attrs.frozen
class RunOperation:
    """`RUN`: the words that run, shell included, and what they see.

    `environment` are the variables, worked out when somebody asks. `script` is a heredoc that
    names its own interpreter; the words run it as `/dev/pipes/<name>`. One thing is read for
    each of `mounts`.
    """

    words: tuple[str, ...]
    directory: str
    user: str
    environment: RememberedEnvironment = attrs.field(eq=False, repr=False)
    mounts: tuple[MountItem, ...] = ()
    network: str = "default"
    security: str = "sandbox"
    script: InlineItem | None = None


Operation = (
    ImageOperation
    | ContextOperation
    | CopyOperation
    | FileOperation
    | DownloadOperation
    | MergeOperation
    | DirectoryOperation
    | RunOperation
)
