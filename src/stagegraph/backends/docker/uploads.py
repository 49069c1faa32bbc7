"""The archive that the legacy builder is sent: the build context, and a Dockerfile that it does not see."""

from __future__ import annotations

import io
import os
import tarfile
from collections.abc import Iterator
from fnmatch import fnmatchcase
from tempfile import TemporaryFile
from typing import IO
from uuid import uuid4

import attrs

from stagegraph.backends.files.nodes import OnDisk
from stagegraph.context.directory import IGNORE_FILE, ContextDirectory, ContextEntry
from stagegraph.errors import UnsupportedError
from stagegraph.planning.operations import CopyOperation, PathItem
from stagegraph.planning.plan import Plan
from stagegraph.stages.references import BuildContext


@attrs.frozen
class Upload:
    """An archive, and the name of the Dockerfile in it."""

    archive: IO[bytes]
    dockerfile: str


def upload_of(context: ContextDirectory | None, dockerfile: bytes) -> Upload:
    """The archive of a context with a Dockerfile of its own, which has a name that nothing else has.

    The ignore file that is sent leaves the Dockerfile out. Where a `COPY` could copy the ignore file, that
    is the context's own, and the name one that it leaves out; elsewhere it is one that leaves out itself too.

    Raises:
        InputError: a file of the context cannot be read.
    """
    name = _name_left_out(context) if shows_ignore_file(context) else None
    kept = TemporaryFile()  # noqa: SIM115 - it is closed with what it is sent by
    with tarfile.open(fileobj=kept, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for entry in context.entries() if context is not None else ():
            if name is not None or entry.path != IGNORE_FILE:
                _add(archive, entry)
        if name is None:
            name = f".stagegraph-{uuid4().hex}"
            _add_bytes(archive, IGNORE_FILE, f"{IGNORE_FILE}\n{name}\n".encode())
        _add_bytes(archive, name, dockerfile)
    kept.seek(0)
    return Upload(kept, name)


def refuse_ignore_file(plan: Plan, context: ContextDirectory | None) -> None:
    """Looks for a `COPY` of an ignore file that cannot be sent as it is.

    Raises:
        UnsupportedError: there is one, with its place.
    """
    if not shows_ignore_file(context) or _name_left_out(context) is not None:
        return
    for step in plan.steps:
        for operation in step.operations:
            if isinstance(operation, CopyOperation) and any(map(_may_be_ignore_file, _paths(operation))):
                message = (
                    f"the backend docker cannot carry out {step.name}: {IGNORE_FILE} is copied and leaves out nothing"
                )
                raise UnsupportedError(message, source=plan.graph.resolved.source, span=step.span)


def shows_ignore_file(context: ContextDirectory | None) -> bool:
    """Whether a `COPY` of the whole context would copy the ignore file too."""
    if context is None or not (context.root / IGNORE_FILE).is_file():
        return False
    return not context.ignored.excludes(IGNORE_FILE)


def _name_left_out(context: ContextDirectory | None) -> str | None:
    """A name at the root that the ignore file leaves out as it stands; nothing else that is sent has it."""
    if context is None:
        return None
    unique = f".stagegraph-{uuid4().hex}"
    for pattern in context.ignored.patterns:
        name = pattern.text.replace("**/", "").replace("**", "*").replace("*", unique).replace("?", "x")
        is_shown = context.ignored.has_exceptions and os.path.lexists(context.root / name)
        if "/" not in name and not is_shown and context.ignored.excludes(name):
            return name
    return None


def _paths(copy: CopyOperation) -> Iterator[PathItem]:
    """What is copied from the build context, by its paths."""
    if isinstance(copy.source, BuildContext):
        yield from (item for item in copy.items if isinstance(item, PathItem))


def _may_be_ignore_file(item: PathItem) -> bool:
    """Wildcards included; of which it is enough that they might."""
    return item.path == "/" or fnmatchcase(f"/{IGNORE_FILE}", item.path)


def _add(archive: tarfile.TarFile, entry: ContextEntry) -> None:
    member = tarfile.TarInfo(entry.path)
    member.mode, member.mtime = entry.mode, entry.modified
    if entry.is_folder:
        member.type = tarfile.DIRTYPE
        archive.addfile(member)
    elif entry.is_link:
        member.type, member.linkname = tarfile.SYMTYPE, entry.target
        archive.addfile(member)
    else:
        member.size = entry.size
        with OnDisk(entry.location, entry.size).open() as stream:
            archive.addfile(member, stream)


def _add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))
