"""What the steps of the legacy builder do, told when somebody asks (`dispatchers.go`, `copy.go`).

Each function remembers the state of its stage, which goes on changing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.platforms import Platform
from stagegraph.stages.references import BUILD_CONTEXT, ImageReference, Reference
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.instructions import Add, Run
from stagegraph.values.git_urls import http_filename
from stagegraph.values.paths import clean, join, normalise_path

if TYPE_CHECKING:
    from stagegraph.planning.operations import CopyItem, Operation

LegacyOperation = Callable[[], "Operation"]
"""What an instruction does, worked out when somebody asks."""


def image_operation(image: ImageReference, platform: Platform) -> LegacyOperation:
    """A `FROM` of an image."""
    return partial(_image, image, platform)


def run_operation(draft: StageDraft, run: Run) -> LegacyOperation:
    """A `RUN`: heredocs are not looked at, but for the word that announces them."""
    words = run.command if run.exec_form else draft.config.in_shell(" ".join(run.command))
    return partial(_run, words, _directory(draft), draft.user, draft.remembered_environment())


def workdir_operation(draft: StageDraft) -> LegacyOperation:
    """A `WORKDIR`, of which root is the owner."""
    return partial(_workdir, _directory(draft))


def copy_operation(
    draft: StageDraft, resolved: ResolvedInstruction, sources: Sequence[str], destination: str, chown: str
) -> LegacyOperation:
    """A `COPY` or `ADD`, of which the builder knows but the owner."""
    source = resolved.sources[0] if resolved.sources else BUILD_CONTEXT
    unpack = isinstance(resolved.instruction, Add)
    return partial(_copy, sources, destination, _directory(draft), chown, source, unpack)


def _image(image: ImageReference, platform: Platform) -> Operation:
    from stagegraph.planning.operations import ImageOperation

    return ImageOperation(image, platform)


def _run(words: tuple[str, ...], directory: str, user: str, environment: RememberedEnvironment) -> Operation:
    from stagegraph.planning.operations import RunOperation

    return RunOperation(words, clean(directory), user, environment)


def _workdir(path: str) -> Operation:
    from stagegraph.planning.operations import DirectoryOperation

    return DirectoryOperation(clean(path))


def _copy(
    sources: Sequence[str], destination: str, directory: str, chown: str, source: Reference, unpack: bool
) -> Operation:
    from stagegraph.planning.operations import CopyOperation

    items = tuple([_item(one, unpack=unpack) for one in sources])
    folder = "./" if destination in ("", ".") else destination
    path = normalise_path(clean(directory), folder, keep_slash=True)
    return CopyOperation(items, path, chown=chown, source=source)


def _item(source: str, *, unpack: bool) -> CopyItem:
    from stagegraph.planning.operations import DownloadItem, PathItem

    if source.startswith(("http://", "https://")):
        return DownloadItem(source, http_filename(source))
    return PathItem(_path(source), unpack=unpack)


def _directory(draft: StageDraft) -> str:
    return draft.config.text("WorkingDir") or "/"


def _path(source: str) -> str:
    """The path of a source; a pattern keeps a slash at its end, with which nothing matches it (`filepath.Match`)."""
    from stagegraph.context.patterns import has_wildcards

    path = join("/", source)
    return f"{path}/" if source.endswith("/") and has_wildcards(source) else path
