"""`COPY` and `ADD` as BuildKit plans them (`convert_copy.go`)."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from stagegraph.errors import Complaint
from stagegraph.planning.descriptions import (
    Action,
    PathKey,
    describe_copy,
    describe_download,
    describe_file,
    describe_merge,
    describe_repository,
)
from stagegraph.planning.drafts import StageDraft, capitalise
from stagegraph.planning.vertices import StepKind, Vertex, make_vertex
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
from stagegraph.values.paths import clean, is_straight, normalise_path
from stagegraph.words import is_plain

# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_LOCAL, _ADD, _COPY = SourceKind.LOCAL, StepKind.ADD, StepKind.COPY
_FROM_ALONE = ("from",)
_HERE = ("", ".", "./")
_CAPITALS = ("COPY ", "ADD ")


class _Transfer:
    """A `COPY` or `ADD` with its words expanded; `shown` is how its line is shown.

    `has_flags` says that it has more of them than `--from`.
    """

    def __init__(self, resolved: ResolvedInstruction, sources: list[str], destination: str, shown: str) -> None:
        self.instruction: Copy | Add = resolved.instruction  # type: ignore[assignment]  # the caller has looked
        self.resolved = resolved
        self.sources = sources
        self.destination = destination
        self.shown = shown
        self.files: tuple[Heredoc, ...] = ()
        self.chown = self.chmod = self.checksum = ""
        self.has_flags = False


FindSource = Callable[[StageDraft, ResolvedInstruction], Vertex | None]
"""The vertex that a `COPY` or `ADD` reads its paths from."""


def dispatch_transfer(draft: StageDraft, resolved: ResolvedInstruction, find_source: FindSource) -> None:
    """Adds the vertices of a `COPY` or `ADD` to its stage; paths are read from what `find_source` finds.

    Raises:
        Complaint: a word that cannot be expanded; a mode, a checksum or a source that is not possible.
    """
    transfer = _expand(draft, resolved)
    source = find_source(draft, resolved)
    mode = check_chmod(transfer.chmod) if transfer.chmod else None
    if transfer.checksum:
        _check_checksum(transfer)
    target = _target(draft, transfer.destination)
    name = draft.numbered(transfer.shown, resolved.trigger)
    actions = [_source_action(draft, transfer, path, source, name) for path in transfer.sources]
    if transfer.files:
        actions += map(_file_action, transfer.files)
    _add_vertices(draft, transfer, name, (target, mode), actions)


def _expand(draft: StageDraft, resolved: ResolvedInstruction) -> _Transfer:
    """The words of a `COPY` or `ADD` with their variables replaced, in the order in which BuildKit does it."""
    instruction: Copy | Add = resolved.instruction  # type: ignore[assignment]  # the caller has looked
    line = instruction.line
    has_flags = bool(instruction.flags) and instruction.options.names != _FROM_ALONE
    if not has_flags and is_plain(line) and "<<" not in line:
        *sources, destination = instruction.words
        return _Transfer(resolved, sources, destination, line if line.startswith(_CAPITALS) else capitalise(line))
    expand = draft.expander(resolved)
    chown, chmod = expand(instruction.chown), expand(instruction.chmod)
    checksum = expand(instruction.checksum) if isinstance(instruction, Add) else ""
    sources, destination = list(map(expand, instruction.sources)), expand(instruction.destination)
    files = tuple(
        heredoc.with_content(draft.expand_body(resolved, heredoc.chomped) if heredoc.expand else heredoc.chomped)
        for heredoc in instruction.inline_files
    )
    transfer = _Transfer(resolved, sources, destination, draft.shown(line))
    transfer.chown, transfer.chmod, transfer.checksum = chown, chmod, checksum
    transfer.files, transfer.has_flags = files, has_flags
    return transfer


def _target(draft: StageDraft, path: str) -> str:
    """Where to, from the root; an empty path is the working directory, and a directory."""
    os = draft.platform.os
    path = "" if path in _HERE else path
    if os != "windows":  # the short way, for what is usual
        target = path if path.startswith("/") else f"{draft.directory.rstrip('/')}/{path}"
        if is_straight(target):
            return target
    return _cleaned(normalise_path(draft.directory, path or "./", os, keep_slash=True))


def _check_checksum(transfer: _Transfer) -> None:
    if len(transfer.sources) != 1:
        raise Complaint("checksum can't be specified for multiple sources")
    if not accepts_checksum(transfer.sources[0]):
        raise Complaint("checksum requires HTTP(S) or Git sources")


def _source_action(draft: StageDraft, transfer: _Transfer, path: str, source: Vertex | None, name: str) -> Action:
    """What one source does: a download, a repository, or paths of `source`."""
    kind = classify_source(path)
    if kind is _LOCAL:
        if draft.checks is not None:
            draft.checks.ignored_source(transfer.resolved, path)
        return _path_action(transfer, path, draft.platform.os), source
    if kind is SourceKind.GIT:
        repository = _repository(transfer, path)
        describe = (describe_repository, repository[1])
        return ("git",), draft.vertex(StepKind.DOWNLOAD, name, repository, (), transfer.resolved, describe)
    unpack = isinstance(transfer.instruction, Add) and bool(transfer.instruction.unpack)
    key = _download(transfer, path)
    told = (describe_download, *key[1:], unpack)
    return ("http", key[2], unpack), draft.vertex(StepKind.DOWNLOAD, name, key, (), transfer.resolved, told)


def _repository(transfer: _Transfer, url: str) -> tuple[str, GitSource]:
    """What tells the vertex of a repository apart."""
    git = parse_git_source(url)
    assert git is not None
    if not isinstance(transfer.instruction, Add):
        raise Complaint("source can't be a git ref for COPY")
    keep = transfer.instruction.keep_git_dir
    if keep is not None and git.keep_git_dir is not None and keep != git.keep_git_dir:
        raise Complaint("inconsistent keep-git-dir configuration")
    if transfer.checksum and git.checksum and transfer.checksum != git.checksum:
        raise Complaint(f"checksum mismatch {go_quote(transfer.checksum)} != {go_quote(git.checksum)}")
    return git_key(git, keep=keep, checksum=transfer.checksum)


def git_key(git: GitSource, *, keep: bool | None, checksum: str) -> tuple[str, GitSource]:
    """What tells the vertex of a repository apart; what the URL says itself comes first."""
    keeps = bool(git.keep_git_dir if git.keep_git_dir is not None else keep)
    return ("git", attrs.evolve(git, keep_git_dir=keeps, checksum=git.checksum or checksum))


def _download(transfer: _Transfer, url: str) -> tuple[str, str, str, str]:
    """What tells the vertex of a download apart."""
    if not isinstance(transfer.instruction, Add):
        raise Complaint("source can't be a URL for COPY")
    if transfer.checksum:
        check_digest(transfer.checksum)
    return ("http", url, http_filename(url), transfer.checksum)


def _path_action(transfer: _Transfer, path: str, os: str) -> PathKey:
    """What tells the copy of a path apart."""
    instruction = transfer.instruction
    pattern, unpack = None, type(instruction) is Add
    if transfer.has_flags:
        if isinstance(instruction, Add):
            unpack = instruction.unpack is not False
        elif instruction.parents:
            parent, pivot, below = path.partition("/./")
            pattern = _rooted(below if pivot else path, os)
            path = parent if pivot else "/"
    return ("path", _rooted(path, os), pattern, unpack)


def _rooted(path: str, os: str) -> str:
    """A source path from the root, as `dispatchCopy` makes it (and complains of it)."""
    if path in _HERE:
        return "/"
    if os != "windows":
        return clean(path if path[0] == "/" else f"/{path}")
    try:
        return clean(normalise_path("/", path, os))
    except Complaint as complaint:
        raise Complaint(f"removing drive letter: {complaint.message}") from None


def _file_action(heredoc: Heredoc) -> Action:
    """The copy of a file that stands in the Dockerfile."""
    key = ("file", heredoc.name, 0o644, heredoc.content)
    describe = (describe_file, heredoc.name, heredoc.content, 0o644)
    document = make_vertex(StepKind.INTERNAL, "[internal] preparing inline document", key, describe=describe)
    return ("inline", heredoc.name), document


def _add_vertices(
    draft: StageDraft, transfer: _Transfer, name: str, target: tuple[str, int | str | None], actions: list[Action]
) -> None:
    """The vertex that copies; with `--link` it stands alone and a second one puts it on the stage."""
    instruction, top = transfer.instruction, draft.top
    excludes: tuple[str, ...] = ()
    linked = False
    if transfer.has_flags:
        excludes, linked = instruction.excludes, instruction.link and not transfer.chmod
    below = None if linked else top
    read = {below: None} if below is not None else {}
    does: list[object] = ["copy", target, transfer.chown and owner_of(transfer.chown), excludes, below is None]
    for action, source in reversed(actions):  # BuildKit walks them from the last to the first
        does += (action, source is None)
        if source is not None:
            read[source] = None
    inputs, key = tuple(read), tuple(does)
    kind = _ADD if type(instruction) is Add else _COPY
    words = (target[0], transfer.chown, target[1], excludes, linked)
    describe = (describe_copy, words, transfer.resolved.sources, below, actions)
    copied = draft.vertex(kind, name, key, inputs, transfer.resolved, describe)
    if linked and top is not None:
        name = draft.relabelled("LINK " + transfer.shown, trigger=transfer.resolved.trigger)
        both = (top, copied)
        copied = draft.vertex(StepKind.LINK, name, ("merge",), both, transfer.resolved, (describe_merge, *both))
    draft.top = copied


def _cleaned(destination: str) -> str:
    """The destination as the vertex has it: cleaned, but a folder stays one (`llb.normalizePath`)."""
    path = clean(destination)
    if destination.endswith("/.") and path != "/":
        return f"{path}/."
    return f"{path}/" if destination.endswith("/") and path != "/" else path


def _account(name: str) -> int | str:
    try:
        return 0 if name == "root" else parse_int(name, 10, 32)
    except Complaint:
        return name


def owner_of(text: str) -> tuple[int | str, ...]:
    """User and group, of a `--chown` or a `USER`: numbers, or names that the files of the stage explain."""
    return tuple(map(_account, text.split(":", 1))) if text else ()
