"""`RUN` as BuildKit plans it (`dispatchRun`, `convert_runmount.go`)."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.planning.drafts import StageDraft, capitalise
from stagegraph.planning.operations import FileOperation, InlineItem, MountItem, RunOperation
from stagegraph.planning.vertices import StepKind, Vertex
from stagegraph.quoting import go_quote
from stagegraph.stages.references import Reference
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.heredocs import read_heredoc_word
from stagegraph.syntax.instructions import Run
from stagegraph.syntax.mounts import Mount, MountType
from stagegraph.values.paths import clean, join
from stagegraph.words import expand_text

SourceVertex = Callable[[Reference, bool], Vertex | None]
"""The vertex of what a reference names, and whether it is read; raises `NotYetDefinedError`."""

_DEFAULTS = ("default", "sandbox")
_PIPES = "/dev/pipes/"


class NotYetDefinedError(Exception):
    """A stage is read that BuildKit has not put together yet."""


@attrs.frozen
class _Mounted:
    """A mount as the vertex has it: where, what it reads, and everything else that tells it apart.

    `item` is None for the mount of a script, which comes with the command.
    """

    target: str
    source: Vertex | None
    options: tuple[object, ...] = ()
    item: MountItem | None = None


@attrs.frozen
class _Command:
    """What runs: its words, how it is shown, and the script it brings itself."""

    words: tuple[str, ...]
    shown: str
    script: InlineItem | None = None


def dispatch_run(
    draft: StageDraft, resolved: ResolvedInstruction, source_vertex: SourceVertex, context: Vertex
) -> None:
    """Adds the vertex of a `RUN` to its stage.

    Raises:
        Complaint: a mount is wrong, or reads a stage that comes later.
    """
    run = resolved.instruction
    assert isinstance(run, Run)
    mounts: tuple[Mount, ...] = ()
    command = _command(draft, run)
    mounted = [_script(command.script)] if command.script is not None else []
    network, security = _DEFAULTS
    options: tuple[object, ...] = _DEFAULTS
    if run.flags:
        mounts = run.mounts(draft.expander(resolved))
        for mount, source in zip(mounts, resolved.sources, strict=True):
            vertex = _source_of(mount, source, source_vertex, context)
            mounted += _mounted(draft, mount, vertex, resolved)
        if run.options.all("device"):
            raise Complaint("device feature is only supported in Dockerfile frontend 1.14.0-labs or later")
        network, security = run.network, run.security
        options = (network, security)
    top = draft.top
    inputs = (top,) if top is not None else ()
    reads: tuple[Vertex | None, ...] = (top,)
    items: tuple[MountItem, ...] = ()
    if mounted:
        mounted.sort(key=lambda one: one.target)
        items = tuple([one.item for one in mounted if one.item is not None])
        reads = (top, *(one.source for one in mounted if one.item is not None))
        inputs = tuple(dict.fromkeys([*inputs, *(one.source for one in mounted if one.source is not None)]))
        options = (options, tuple([(one.target, one.source is None, one.options) for one in mounted]))
    key = ("run", command.words, draft.directory, draft.user, draft.platform.full_text, top is None, options)
    name = draft.numbered(_shown(draft, command.shown, mounts), trigger=resolved.trigger)
    environment = draft.remembered_environment()
    operation = RunOperation(
        command.words, draft.directory, draft.user, environment, items, network, security, command.script
    )
    draft.top = draft.vertex(StepKind.RUN, name, key, inputs, resolved, operation, environment, reads)


def _command(draft: StageDraft, run: Run) -> _Command:
    """The words that run, and the line that is shown."""
    words = run.command
    shown = run.line
    script: InlineItem | None = None
    if run.heredocs:
        first = run.heredocs[0]
        alone = read_heredoc_word(words[0])
        if alone is None:
            bodies = (f"\n{heredoc.content}{heredoc.name}" for heredoc in run.heredocs)
            words = (words[0] + "".join(bodies),)
        elif draft.config.os != "windows" and first.chomped.startswith("#!"):
            script = InlineItem(first.name, first.chomped, 0o755)
            words = (join(_PIPES, first.name),)
        else:
            words = (first.chomped,)
        if alone is not None:
            shown += f" ({_summary(first.content)})"
    if not run.exec_form:
        words = tuple(draft.config.in_shell(" ".join(words)))
    return _Command(words, shown, script)


def _script(script: InlineItem) -> _Mounted:
    """A heredoc that names its own interpreter: a file, mounted where the command finds it."""
    key = ("file", script.name, script.mode, script.content)
    name = "[internal] preparing inline document"
    file = Vertex(StepKind.INTERNAL, name, key, operation=FileOperation(script), reads=(None,))
    return _Mounted(_PIPES, file, ("script", script.name))


def _summary(body: str) -> str:
    """The first line of a body, with dots if there are more."""
    first, *more = body.strip(WHITE_SPACE).replace("\r\n", "\n").split("\n")
    return first + "..." if more else first


def _shown(draft: StageDraft, text: str, mounts: tuple[Mount, ...]) -> str:
    """The line as it is shown: variables that are set are replaced, quotes stay, secrets are masked."""
    secrets = {mount.env: "****" for mount in mounts if mount.type is MountType.SECRET and mount.env is not None}
    environment = {**draft.environment, **secrets} if secrets else draft.environment
    if "$" not in text and draft.escape not in text and text.isascii():
        return capitalise(text)  # nothing to replace, and quotes stay
    try:
        expanded = expand_text(text, environment, draft.escape, raw_quotes=True, keep_unset=True)
        return capitalise(draft.budget.spend(expanded))
    except LimitComplaint:
        raise
    except Complaint:
        return capitalise(text)  # what cannot be expanded is shown as it is written


def _source_of(mount: Mount, source: Reference, source_vertex: SourceVertex, context: Vertex) -> Vertex | None:
    """What a mount reads, whether or not its type makes use of it."""
    if not mount.from_ and mount.type is not MountType.CACHE:
        return context
    try:
        return source_vertex(source, mount.type in (MountType.BIND, MountType.CACHE))
    except NotYetDefinedError:
        stage = mount.from_ or "scratch"
        raise Complaint(
            f"cannot mount from stage {go_quote(stage)} to {go_quote(mount.target)}, "
            "stage needs to be defined before current command"
        ) from None


def _mounted(draft: StageDraft, mount: Mount, vertex: Vertex | None, resolved: ResolvedInstruction) -> list[_Mounted]:
    """The mount as the vertex has it.

    Raises:
        Complaint: its source or its target is not possible.
    """
    owner = (mount.mode, mount.uid, mount.gid)
    if mount.type is MountType.SECRET:
        name = mount.source or mount.id or clean(mount.target).rpartition("/")[2]
        target = mount.target
        if not target and mount.env is None:
            target = "/run/secrets/" + clean(name).rpartition("/")[2]
        secret = attrs.evolve(_item(mount, target), id=name)
        options: tuple[object, ...] = ("secret", name, mount.required, mount.env, _file_owner(owner, 0o400))
        return [_Mounted(target, None, options, secret)]
    if mount.type is MountType.SSH:
        if mount.source:
            raise Complaint("ssh does not support source")
        options = ("ssh", mount.id, mount.required, _file_owner(owner, 0o600))
        return [_Mounted(mount.target, None, options, _item(mount, mount.target))]
    target = _target(draft, mount)
    if mount.type is MountType.TMPFS:
        vertex = None
    options = (mount.type.value, mount.read_only)
    if mount.type is MountType.TMPFS:
        options = (*options, mount.size)
    elif mount.type is MountType.CACHE:
        options = (*options, mount.id or clean(mount.target), mount.sharing or "shared")
    selector = join("/", mount.source)
    if selector == "/" and mount.has_owner:
        vertex = _owned_directory(vertex, owner, draft, resolved)
        selector = "/cache"
    return [_Mounted(target, vertex, (*options, selector), _item(mount, target, selector))]


def _item(mount: Mount, target: str, source: str = "/") -> MountItem:
    """The mount as an engine is told of it; `source` is the path in what it reads."""
    return MountItem(
        type=mount.type,
        target=target,
        source=source,
        read_only=mount.read_only,
        id=mount.id or (clean(target) if mount.type is MountType.CACHE else ""),
        sharing=mount.sharing,
        size=mount.size,
        required=mount.required,
        variable=mount.env,
        mode=mount.mode,
        uid=mount.uid,
        gid=mount.gid,
    )


def _file_owner(owner: tuple[int | None, ...], default_mode: int) -> tuple[int, int, int]:
    mode, uid, gid = owner
    return (default_mode if mode is None else mode, uid or 0, gid or 0)


def _target(draft: StageDraft, mount: Mount) -> str:
    target = mount.target
    if not clean(target).startswith("/"):
        target = join("/", draft.directory, target)
    if target == "/":
        raise Complaint(f"invalid mount target {go_quote(target)}")
    return target


def _owned_directory(
    vertex: Vertex | None, owner: tuple[int | None, ...], draft: StageDraft, resolved: ResolvedInstruction
) -> Vertex:
    """The directory that a cache mount with an owner begins with."""
    mode, uid, gid = owner
    key = ("mkdir", "/cache", mode if mode is not None else 0o755, uid or 0, gid or 0, vertex is None)
    inputs = (vertex,) if vertex is not None else ()
    name = "[internal] setting cache mount permissions"
    folder = draft.vertex(StepKind.INTERNAL, name, key, inputs, resolved, FileOperation(), reads=(vertex,))
    return attrs.evolve(folder, stage=None)
