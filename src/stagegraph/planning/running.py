"""`RUN` as BuildKit plans it (`dispatchRun`, `convert_runmount.go`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs

from stagegraph.errors import Complaint, LimitComplaint
from stagegraph.planning.descriptions import Mounted, describe_file, describe_folder, describe_run
from stagegraph.planning.drafts import StageDraft, capitalise
from stagegraph.planning.vertices import StepKind, Vertex, make_vertex
from stagegraph.quoting import go_quote
from stagegraph.stages.references import Reference
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.heredocs import read_heredoc_word
from stagegraph.syntax.instructions import Run
from stagegraph.syntax.mounts import Mount, MountType
from stagegraph.values.paths import clean, join
from stagegraph.words import expand_text

SourceVertex = Callable[[StageDraft, Reference, bool], Vertex | None]
"""The vertex of what a stage names, and may read; raises `NotYetDefinedError`."""

BuildContext = Callable[[], Vertex]
"""The vertex of the build context."""

_DEFAULTS = ("default", "sandbox")
# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_BIND, _CACHE, _TMPFS, _SECRET, _SSH = MountType
_RUN = StepKind.RUN
_PIPES = "/dev/pipes/"


_NO_MOUNTS: Sequence[Mounted] = ()
_Command = tuple[tuple[str, ...], str, Sequence[Mounted]]
"""What runs: its words, how it is shown, and the mounts it brings itself."""


class NotYetDefinedError(Exception):
    """A stage is read that BuildKit has not put together yet."""


def dispatch_run(
    draft: StageDraft, resolved: ResolvedInstruction, source_vertex: SourceVertex, build_context: BuildContext
) -> None:
    """Adds the vertex of a `RUN` to its stage.

    Raises:
        Complaint: a mount is wrong, or reads a stage that comes later.
    """
    run: Run = resolved.instruction  # type: ignore[assignment]  # the caller has looked
    mounts: tuple[Mount, ...] = ()
    arguments = run.arguments
    if run.heredocs or not arguments or arguments[0] == "[":
        words, shown, mounted = _command(draft, run)
    else:
        words, shown, mounted = draft.config.in_shell(arguments), run.line, _NO_MOUNTS
    network, security = _DEFAULTS
    options: tuple[object, ...] = _DEFAULTS
    if run.flags:
        mounts = run.mounts(draft.expander(resolved))
        for mount, source in zip(mounts, resolved.sources, strict=True):
            vertex = _source_of(draft, mount, source, source_vertex, build_context)
            mounted = [*mounted, _mounted(draft, mount, vertex, resolved)]
        if run.options.all("device"):
            raise Complaint("device feature is only supported in Dockerfile frontend 1.14.0-labs or later")
        options = network, security = run.network, run.security
    top, directory, user = draft.top, draft.directory, draft.user
    inputs = (top,) if top is not None else ()
    if mounted:
        mounted = sorted(mounted, key=lambda one: one.target)
        inputs = tuple(dict.fromkeys([*inputs, *(one.source for one in mounted if one.source is not None)]))
        options = (options, tuple([(one.target, one.source is None, one.options) for one in mounted]))
    key = ("run", words, directory, user, draft.platform_text, top is None, options)
    name = draft.numbered(_shown(draft, shown, mounts), resolved.trigger, draft.has_platform)
    environment = draft.remembered_environment()
    describe = (describe_run, words, directory, user, environment, top, mounted, network, security)
    draft.top = draft.vertex(_RUN, name, key, inputs, resolved, describe, environment)


def _command(draft: StageDraft, run: Run) -> _Command:
    """The words that run, the line that is shown, and the mounts that it brings itself."""
    words = run.command
    shown = run.line
    mounts = _NO_MOUNTS
    if run.heredocs:
        first = run.heredocs[0]
        alone = read_heredoc_word(words[0])
        if alone is None:
            bodies = (f"\n{heredoc.content}{heredoc.name}" for heredoc in run.heredocs)
            words = (words[0] + "".join(bodies),)
        elif is_script(run, draft.config.os):
            mounts = [_script(first.name, first.chomped)]
            words = (join(_PIPES, first.name),)
        else:
            words = (first.chomped,)
        if alone is not None:
            shown += f" ({_summary(first.content)})"
    if not run.exec_form:
        words = draft.config.in_shell(" ".join(words))
    return words, shown, mounts


def is_script(run: Run, os: str) -> bool:
    """Whether it is one heredoc that names its own interpreter, which is a file to BuildKit."""
    if os == "windows" or not run.heredocs or not run.heredocs[0].chomped.startswith("#!"):
        return False
    return read_heredoc_word(run.command[0]) is not None


def _script(name: str, content: str) -> Mounted:
    """A heredoc that names its own interpreter: a file, mounted where the command finds it."""
    describe = (describe_file, name, content, 0o755)
    key = ("file", name, 0o755, content)
    file = make_vertex(StepKind.INTERNAL, "[internal] preparing inline document", key, describe=describe)
    return Mounted(_PIPES, file, ("script", name))


def _summary(body: str) -> str:
    """The first line of a body, with dots if there are more."""
    first, *more = body.strip(WHITE_SPACE).replace("\r\n", "\n").split("\n")
    return first + "..." if more else first


def _shown(draft: StageDraft, text: str, mounts: tuple[Mount, ...]) -> str:
    """The line as it is shown: variables that are set are replaced, quotes stay, secrets are masked."""
    if "$" not in text and draft.escape not in text and text.isascii():
        return text if text.startswith("RUN ") else capitalise(text)  # nothing to replace, and quotes stay
    secrets = {mount.env: "****" for mount in mounts if mount.type is _SECRET and mount.env is not None}
    environment = {**draft.environment, **secrets} if secrets else draft.environment
    try:
        expanded = expand_text(text, environment, draft.escape, raw_quotes=True, keep_unset=True)
        return capitalise(draft.budget.spend(expanded))
    except LimitComplaint:
        raise
    except Complaint:
        return capitalise(text)  # what cannot be expanded is shown as it is written


def _source_of(
    draft: StageDraft, mount: Mount, source: Reference, source_vertex: SourceVertex, build_context: BuildContext
) -> Vertex | None:
    """What a mount reads, whether or not its type makes use of it."""
    if not mount.from_ and mount.type is not _CACHE:
        return build_context()
    try:
        return source_vertex(draft, source, mount.type in (_BIND, _CACHE))
    except NotYetDefinedError:
        stage = mount.from_ or "scratch"
        raise Complaint(
            f"cannot mount from stage {go_quote(stage)} to {go_quote(mount.target)}, "
            "stage needs to be defined before current command"
        ) from None


def _mounted(draft: StageDraft, mount: Mount, vertex: Vertex | None, resolved: ResolvedInstruction) -> Mounted:
    """The mount as the vertex has it.

    Raises:
        Complaint: its source or its target is not possible.
    """
    owner = (mount.mode, mount.uid, mount.gid)
    options: tuple[object, ...]
    if mount.type is _SECRET:
        name = mount.source or mount.id or clean(mount.target).rpartition("/")[2]
        target = mount.target
        if not target and mount.env is None:
            target = "/run/secrets/" + clean(name).rpartition("/")[2]
        options = ("secret", name, mount.required, mount.env, _file_owner(owner, 0o400))
        return Mounted(target, None, options, mount, name)
    if mount.type is _SSH:
        if mount.source:
            raise Complaint("ssh does not support source")
        options = ("ssh", mount.id, mount.required, _file_owner(owner, 0o600))
        return Mounted(mount.target, None, options, mount, mount.id)
    target = _target(draft, mount)
    if mount.type is _TMPFS:
        vertex = None
    options = (mount.type.value, mount.read_only)
    name = mount.id
    if mount.type is _TMPFS:
        options = (*options, mount.size)
    elif mount.type is _CACHE:
        name = mount.id or clean(mount.target)
        options = (*options, name, mount.sharing or "shared")
    selector = join("/", mount.source)
    if selector == "/" and mount.has_owner:
        vertex = _owned_directory(vertex, owner, draft, resolved)
        selector = "/cache"
    return Mounted(target, vertex, (*options, selector), mount, name, selector)


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
    folder = draft.vertex(StepKind.INTERNAL, name, key, inputs, resolved, (describe_folder, vertex))
    return attrs.evolve(folder, stage=None)
