"""The instructions of the legacy builder: what each does to its stage (`dispatchers.go`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from stagegraph.errors import Complaint
from stagegraph.planning.legacy_drafts import LegacyDraft
from stagegraph.planning.legacy_operations import (
    LegacyOperation,
    copy_operation,
    run_operation,
    workdir_operation,
)
from stagegraph.planning.metadata import DISPATCH
from stagegraph.stages.references import Unresolved
from stagegraph.stages.resolved import ResolvedInstruction
from stagegraph.syntax.instructions import Add, Cmd, Copy, Env, Expose, Run, Workdir
from stagegraph.values.paths import clean, join
from stagegraph.values.ports import legacy_parse_ports
from stagegraph.words import split_words

_NEEDS_BUILDKIT = (
    "the --{} option requires BuildKit. Refer to https://docs.docker.com/go/buildkit/ "
    "to learn how to build images with BuildKit enabled"
)
_WILDCARDS = frozenset("*?[")


def _dispatch_env(draft: LegacyDraft, resolved: ResolvedInstruction) -> None:
    env = resolved.instruction
    assert isinstance(env, Env)
    for name, value in [(draft.expand(pair.name), draft.expand(pair.value)) for pair in env.pairs]:
        draft.set_variable(name, value)


def _dispatch_cmd(draft: LegacyDraft, resolved: ResolvedInstruction) -> None:
    DISPATCH[Cmd](draft, resolved)
    draft.config.clear("ArgsEscaped")


def _dispatch_expose(draft: LegacyDraft, resolved: ResolvedInstruction) -> None:
    expose = resolved.instruction
    assert isinstance(expose, Expose)
    words = [word for port in expose.ports for word in split_words(port, draft.environment, draft.escape)]
    draft.config.update("ExposedPorts", {port: {} for port in legacy_parse_ports(words)})


def _dispatch_workdir(draft: LegacyDraft, resolved: ResolvedInstruction) -> LegacyOperation:
    workdir = resolved.instruction
    assert isinstance(workdir, Workdir)
    path = draft.expand(workdir.value)
    if not path:
        raise Complaint("cannot normalize nothing")
    current = draft.config.text("WorkingDir")
    draft.config.set("WorkingDir", clean(path) if path.startswith("/") else join("/", current, path))
    return workdir_operation(draft)


def _dispatch_run(draft: LegacyDraft, resolved: ResolvedInstruction) -> LegacyOperation:
    run = resolved.instruction
    assert isinstance(run, Run)
    run.mounts(draft.expand)  # read, and found fault with, before it is refused
    if run.flags:
        raise Complaint(_NEEDS_BUILDKIT.format(min(run.options.names)))
    return run_operation(draft, run)


def _dispatch_copy(draft: LegacyDraft, resolved: ResolvedInstruction) -> LegacyOperation:
    chown, sources, destination = _expand_transfer(draft, resolved)
    for source in resolved.sources:
        if isinstance(source, Unresolved):
            raise Complaint(source.message)
    if any(source.startswith(("http://", "https://")) for source in sources):
        raise Complaint("COPY failed: source can't be a URL for COPY")
    _check_sources("COPY", sources, destination)
    return copy_operation(draft, resolved, sources, destination, chown)


def _dispatch_add(draft: LegacyDraft, resolved: ResolvedInstruction) -> LegacyOperation:
    chown, sources, destination = _expand_transfer(draft, resolved)
    _check_sources("ADD", sources, destination)
    return copy_operation(draft, resolved, sources, destination, chown)


def _expand_transfer(draft: LegacyDraft, resolved: ResolvedInstruction) -> tuple[str, list[str], str]:
    """Owner, sources and destination, expanded.

    Raises:
        Complaint: a word cannot be expanded, or the mode is to be changed.
    """
    transfer = resolved.instruction
    assert isinstance(transfer, Copy | Add)
    chown = draft.expand(transfer.chown)
    chmod = draft.expand(transfer.chmod)
    if isinstance(transfer, Add):
        draft.expand(transfer.checksum)
    sources = [draft.expand(source) for source in transfer.sources]
    destination = draft.expand(transfer.destination)
    if chmod:
        raise Complaint(_NEEDS_BUILDKIT.format("chmod"))
    return chown, sources, destination


def _check_sources(keyword: str, sources: list[str], destination: str) -> None:
    """What can be said of sources without looking at files."""
    if not sources:
        raise Complaint(f"{keyword} failed: no source files were specified")
    certain = sum(not _WILDCARDS.intersection(source) for source in sources)
    if certain > 1 and not destination.endswith("/"):
        raise Complaint(
            f"When using {keyword} with more than one source file, the destination must be a directory and end with a /"
        )


LEGACY_DISPATCH: Mapping[type, Callable[[LegacyDraft, ResolvedInstruction], LegacyOperation | None]] = {
    **DISPATCH,
    Add: _dispatch_add,
    Cmd: _dispatch_cmd,
    Copy: _dispatch_copy,
    Env: _dispatch_env,
    Expose: _dispatch_expose,
    Run: _dispatch_run,
    Workdir: _dispatch_workdir,
}
