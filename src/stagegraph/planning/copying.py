"""`COPY` and `ADD` as BuildKit plans them (`convert_copy.go`)."""

from __future__ import annotations

import attrs

from stagegraph.errors import Complaint
from stagegraph.planning.drafts import StageDraft
from stagegraph.planning.vertices import StepKind, Vertex
from stagegraph.quoting import go_quote
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.heredocs import Heredoc
from stagegraph.syntax.instructions import Add, Copy
from stagegraph.values.digests import check_digest
from stagegraph.values.file_modes import check_chmod
from stagegraph.values.git_urls import (
    GitSource,
    SourceKind,
    accepts_checksum,
    classify_source,
    http_filename,
    parse_git_source,
)
from stagegraph.values.numbers import parse_int
from stagegraph.values.paths import clean, normalise_path


@attrs.frozen
class _Transfer:
    """A `COPY` or `ADD` with its words expanded."""

    instruction: Copy | Add
    resolved: ResolvedInstruction
    chown: str
    mode: int | str | None
    checksum: str
    sources: tuple[str, ...]
    destination: str
    files: tuple[Heredoc, ...]
    name: str

    @property
    def is_add(self) -> bool:
        return isinstance(self.instruction, Add)


_Action = tuple[tuple[object, ...], Vertex | None]
"""One action of a vertex: what tells it apart, and what it reads."""


@attrs.frozen
class Expanded:
    """The words of a `COPY` or `ADD`, expanded in the order in which BuildKit does it."""

    chown: str
    chmod: str
    checksum: str
    sources: tuple[str, ...]
    destination: str
    files: tuple[Heredoc, ...]


def expand_transfer(draft: StageDraft, resolved: ResolvedInstruction) -> Expanded:
    """The words of a `COPY` or `ADD` with their variables replaced.

    Raises:
        Complaint: a word cannot be expanded.
    """
    instruction = resolved.instruction
    assert isinstance(instruction, Copy | Add)
    expand = draft.expander(resolved)
    chown = chmod = checksum = ""
    if instruction.flags:
        chown, chmod = expand(instruction.chown), expand(instruction.chmod)
        checksum = expand(instruction.checksum) if isinstance(instruction, Add) else ""
    sources = tuple(map(expand, instruction.sources))
    destination = expand(instruction.destination)
    files = tuple(
        heredoc.with_content(draft.expand_body(resolved, heredoc.chomped) if heredoc.expand else heredoc.chomped)
        for heredoc in instruction.inline_files
    )
    return Expanded(chown, chmod, checksum, sources, destination, files)


def dispatch_transfer(
    draft: StageDraft, resolved: ResolvedInstruction, expanded: Expanded, source: Vertex | None
) -> None:
    """Adds the vertices of a `COPY` or `ADD` to its stage; paths are read from `source`.

    Raises:
        Complaint: a mode, a checksum or a source that is not possible.
    """
    instruction = resolved.instruction
    assert isinstance(instruction, Copy | Add)
    mode = check_chmod(expanded.chmod) if expanded.chmod else None
    if expanded.checksum:
        _check_checksum(expanded)
    transfer = _Transfer(
        instruction,
        resolved,
        expanded.chown,
        mode,
        expanded.checksum,
        expanded.sources,
        normalise_path(draft.directory, _destination(expanded.destination), draft.platform.os, keep_slash=True),
        expanded.files,
        draft.numbered(draft.shown(instruction.line), trigger=resolved.trigger),
    )
    actions = [_source_action(draft, transfer, path, source) for path in expanded.sources]
    actions += [_file_action(heredoc) for heredoc in expanded.files]
    _add_vertices(draft, transfer, actions)


def _destination(path: str) -> str:
    """An empty path is the working directory, and a directory."""
    return "./" if path in ("", ".") else path


def _check_checksum(expanded: Expanded) -> None:
    if len(expanded.sources) != 1:
        raise Complaint("checksum can't be specified for multiple sources")
    if not accepts_checksum(expanded.sources[0]):
        raise Complaint("checksum requires HTTP(S) or Git sources")


def _source_action(draft: StageDraft, transfer: _Transfer, path: str, source: Vertex | None) -> _Action:
    """What one source does: a download, a repository, or paths of `source`."""
    kind = classify_source(path)
    if kind is SourceKind.GIT:
        return ("git",), _repository(draft, transfer, path)
    if kind is SourceKind.HTTP:
        unpack = isinstance(transfer.instruction, Add) and bool(transfer.instruction.unpack)
        return ("http", http_filename(path), unpack), _download(draft, transfer, path)
    if draft.checks is not None:
        draft.checks.ignored_source(transfer.resolved, path)
    return _path_action(draft, transfer, path), source


def _repository(draft: StageDraft, transfer: _Transfer, url: str) -> Vertex:
    git = parse_git_source(url)
    assert git is not None
    if not isinstance(transfer.instruction, Add):
        raise Complaint("source can't be a git ref for COPY")
    keep = transfer.instruction.keep_git_dir
    if keep is not None and git.keep_git_dir is not None and keep != git.keep_git_dir:
        raise Complaint("inconsistent keep-git-dir configuration")
    if transfer.checksum and git.checksum and transfer.checksum != git.checksum:
        raise Complaint(f"checksum mismatch {go_quote(transfer.checksum)} != {go_quote(git.checksum)}")
    key = git_key(git, keep=keep, checksum=transfer.checksum)
    return draft.vertex(StepKind.DOWNLOAD, transfer.name, key, (), transfer.resolved)


def git_key(git: GitSource, *, keep: bool | None, checksum: str) -> tuple[object, ...]:
    """What tells the vertex of a repository apart; what the URL says itself comes first."""
    keeps = bool(git.keep_git_dir if git.keep_git_dir is not None else keep)
    return ("git", attrs.evolve(git, keep_git_dir=keeps, checksum=git.checksum or checksum))


def _download(draft: StageDraft, transfer: _Transfer, url: str) -> Vertex:
    if not transfer.is_add:
        raise Complaint("source can't be a URL for COPY")
    if transfer.checksum:
        check_digest(transfer.checksum)
    key = ("http", url, http_filename(url), transfer.checksum)
    return draft.vertex(StepKind.DOWNLOAD, transfer.name, key, (), transfer.resolved)


def _path_action(draft: StageDraft, transfer: _Transfer, path: str) -> tuple[object, ...]:
    """What tells the copy of a path apart."""
    instruction = transfer.instruction
    os = draft.platform.os
    pattern = None
    if isinstance(instruction, Copy) and instruction.parents:
        parent, pivot, below = path.partition("/./")
        pattern = _rooted(below if pivot else path, os)
        path = parent if pivot else "/"
    unpack = transfer.is_add
    if isinstance(instruction, Add) and instruction.unpack is not None:
        unpack = instruction.unpack
    return ("path", clean(_rooted(path, os)), pattern, unpack)


def _rooted(path: str, os: str) -> str:
    """A source path from the root, as `dispatchCopy` makes it (and complains of it)."""
    try:
        return normalise_path("/", path, os)
    except Complaint as complaint:
        raise Complaint(f"removing drive letter: {complaint.message}") from None


def _file_action(heredoc: Heredoc) -> _Action:
    """The copy of a file that stands in the Dockerfile."""
    key = ("file", heredoc.name, 0o644, heredoc.content)
    document = Vertex(StepKind.INTERNAL, "[internal] preparing inline document", key)
    return ("inline", heredoc.name), document


def _add_vertices(draft: StageDraft, transfer: _Transfer, actions: list[_Action]) -> None:
    """The vertex that copies; with `--link` it stands alone and a second one puts it on the stage."""
    linked = transfer.instruction.link and transfer.mode is None
    below = None if linked else draft.top
    # BuildKit walks the actions from the last to the first.
    sources = [vertex for _, vertex in reversed(actions) if vertex is not None]
    inputs = dict.fromkeys(([below] if below is not None else []) + sources)
    key = (
        "copy",
        _cleaned(transfer.destination),
        _owner(transfer.chown),
        transfer.mode,
        transfer.instruction.excludes if transfer.instruction.flags else (),
        below is None,
        tuple((action, vertex is None) for action, vertex in actions),
    )
    kind = StepKind.ADD if transfer.is_add else StepKind.COPY
    copied = draft.vertex(kind, transfer.name, key, tuple(inputs), transfer.resolved)
    if linked and draft.top is not None:
        name = draft.relabelled("LINK " + draft.shown(transfer.instruction.line), trigger=transfer.resolved.trigger)
        copied = draft.vertex(StepKind.LINK, name, ("merge",), (draft.top, copied), transfer.resolved)
    draft.top = copied


def _cleaned(destination: str) -> str:
    """The destination as the vertex has it: cleaned, but a folder stays one (`llb.normalizePath`)."""
    path = clean(destination)
    if destination.endswith("/.") and path != "/":
        return f"{path}/."
    return f"{path}/" if destination.endswith("/") and path != "/" else path


def _owner(chown: str) -> tuple[int | str, ...]:
    """User and group: numbers, or names that the files of the stage explain."""
    return tuple(map(_account, chown.split(":", 1))) if chown else ()


def _account(name: str) -> int | str:
    try:
        return 0 if name == "root" else parse_int(name, 10, 32)
    except Complaint:
        return name


def owner_of(user: str) -> tuple[int | str, ...]:
    """The owner that the user of a stage is, as `WORKDIR` uses it."""
    return _owner(user)
