"""What builders say beside the steps of a plan: what is loaded first, what is exported last."""

from __future__ import annotations

from collections.abc import Iterator

from stagegraph.backends.events import STATUS, Event, OutputLine, StepFinished, StepStarted
from stagegraph.backends.progress import Clock
from stagegraph.context.directory import IGNORE_FILE, ContextDirectory
from stagegraph.planning.plan import Plan
from stagegraph.stages.options import Builder

EXPORT = "exporting to image"
_BLOCK = 512
_NOTHING, _PACKETS, _BITS_OF_VARINT = 2, 27, 7
_UNITS = ("B", "kB", "MB", "GB", "TB")
_THOUSAND = 1000.0


def beside(name: str, clock: Clock, *lines: str) -> Iterator[Event]:
    """Something that is no step of the plan, with what is said of it."""
    yield StepStarted(name, None, clock())
    for line in lines:
        yield OutputLine(name, None, clock(), line, STATUS)
    yield StepFinished(name, None, clock())


def loading(plan: Plan, context: ContextDirectory | None, clock: Clock) -> Iterator[Event]:
    """What is said before the first step."""
    if plan.builder is Builder.LEGACY:
        yield from _legacy_loading(plan, context, clock)
        return
    source = plan.graph.resolved.source
    name = source.name if source is not None else "Dockerfile"
    size = transferred_size(name, len(plan.graph.resolved.cut.dockerfile.to_bytes()))
    transferred = f"transferring dockerfile: {human_size(size)} done"
    yield from beside(f"[internal] load build definition from {name}", clock, transferred)
    for load in plan.loads:
        yield from beside(load, clock)
    ignored = _ignore_file_size(context)
    yield from beside("[internal] load .dockerignore", clock, f"transferring context: {human_size(ignored)} done")


def _ignore_file_size(context: ContextDirectory | None) -> int:
    if context is None or not context.ignore_size:
        return _NOTHING
    return transferred_size(IGNORE_FILE, context.ignore_size)


def transferred_size(name: str, size: int) -> int:
    """How many bytes a client of BuildKit sends for a file (`fsutil`): its entry and its packets."""
    lengths = 2 * (max(size.bit_length() - 1, 0) // _BITS_OF_VARINT)
    return size + len(name.encode()) + _PACKETS + lengths


def _legacy_loading(plan: Plan, context: ContextDirectory | None, clock: Clock) -> Iterator[Event]:
    size = human_size(archive_size(plan, context))
    texts = [f"Sending build context to Docker daemon  {size}"]
    continuations = [one.message for one in plan.warnings if one.rule == "NoEmptyContinuation"]
    texts += [f"[WARNING]: {message}" for message in continuations]
    if continuations:
        texts.append("[WARNING]: Empty continuation lines will become errors in a future release.")
    yield from (OutputLine("", None, clock(), text, STATUS) for text in texts)


def archive_size(plan: Plan, context: ContextDirectory | None) -> int:
    """How many bytes the legacy builder's client sends: an archive of the context, with the Dockerfile."""
    entries = list(context.entries()) if context is not None else []
    sizes = [0 if entry.is_folder or entry.is_link else entry.size for entry in entries]
    source = plan.graph.resolved.source
    if source is None or source.name not in {entry.path for entry in entries}:
        sizes.append(len(plan.graph.resolved.cut.dockerfile.to_bytes()))
    return sum(_BLOCK + -(-size // _BLOCK) * _BLOCK for size in sizes) + 2 * _BLOCK


def human_size(size: int) -> str:
    """A number of bytes as Docker prints it, with four digits: `3.072kB`."""
    number, unit = float(size), 0
    while number >= _THOUSAND and unit < len(_UNITS) - 1:
        number, unit = number / _THOUSAND, unit + 1
    return f"{number:.4g}{_UNITS[unit]}"
