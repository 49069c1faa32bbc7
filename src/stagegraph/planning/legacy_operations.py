"""What the steps of the legacy builder do, as operations (`dispatchers.go`, `copy.go`)."""

from __future__ import annotations

from collections.abc import Sequence

from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.operations import (
    CopyItem,
    CopyOperation,
    DirectoryOperation,
    DownloadItem,
    PathItem,
    RunOperation,
)
from stagegraph.stages.references import BUILD_CONTEXT
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.instructions import Add, Copy, Run
from stagegraph.values.git_urls import http_filename
from stagegraph.values.paths import clean, join, normalise_path


def run_operation(draft: StageDraft, run: Run) -> RunOperation:
    """A `RUN`: heredocs are not looked at, but for the word that announces them."""
    words = run.command if run.exec_form else tuple(draft.config.in_shell(" ".join(run.command)))
    return RunOperation(words, _directory(draft), draft.user, draft.remembered_environment())


def workdir_operation(draft: StageDraft) -> DirectoryOperation:
    """A `WORKDIR`, of which root is the owner."""
    return DirectoryOperation(_directory(draft))


def copy_operation(
    draft: StageDraft, resolved: ResolvedInstruction, sources: Sequence[str], destination: str, chown: str
) -> CopyOperation:
    """A `COPY` or `ADD`, of which the builder knows but the owner."""
    transfer = resolved.instruction
    assert isinstance(transfer, Copy | Add)
    unpack = isinstance(transfer, Add)
    folder = "./" if destination in ("", ".") else destination
    return CopyOperation(
        items=tuple([_item(source, unpack=unpack) for source in sources]),
        destination=normalise_path(_directory(draft), folder, keep_slash=True),
        chown=chown,
        source=resolved.sources[0] if resolved.sources else BUILD_CONTEXT,
    )


def _item(source: str, *, unpack: bool) -> CopyItem:
    if source.startswith(("http://", "https://")):
        return DownloadItem(source, http_filename(source))
    return PathItem(join("/", source), unpack=unpack)


def _directory(draft: StageDraft) -> str:
    return clean(draft.config.text("WorkingDir") or "/")
