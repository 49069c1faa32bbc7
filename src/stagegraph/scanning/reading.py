"""A file that was found → its record; nothing that is in a file, or wrong with it, is raised."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from stagegraph.api import graph
from stagegraph.errors import InputError, LimitError, StageGraphError
from stagegraph.model.graph import BUILD_CONTEXT_NODE, SCRATCH_NODE, Edge, StageGraph
from stagegraph.planning.plan import plan_graph
from stagegraph.scanning.discovery import Found
from stagegraph.scanning.records import (
    ScanFault,
    ScannedBuild,
    ScannedEdge,
    ScannedStage,
    ScanRecord,
    without_odd_bytes,
)
from stagegraph.source import SourceFile
from stagegraph.stages.cutting import Stage, cut
from stagegraph.stages.options import Builder
from stagegraph.syntax.directives import find_directive
from stagegraph.syntax.nodes import Dockerfile
from stagegraph.syntax.parsing import parse_source

MAX_BYTES = 16_777_216
"""The largest file that is read, in bytes: what can be sent to BuildKit in one message."""
_DEATH = "the process that read it has died, and so has the one that tried again"


def read_records(chunk: Sequence[Found]) -> list[ScanRecord]:
    """The records of some files, in order: what a worker is given to do."""
    return [read_record(found) for found in chunk]


def read_record(found: Found) -> ScanRecord:
    """The record of one file."""
    if found.fault is not None:
        return ScanRecord(found.path, ScanFault("InputError", found.fault))
    try:
        return _Reading(found.path, _content(found.path)).record()
    except StageGraphError as error:
        return ScanRecord(found.path, _fault(error))
    except Exception as fault:  # noqa: BLE001 - no memory left, or a mistake of ours: the run goes on
        return ScanRecord(found.path, ScanFault(type(fault).__name__, f"stagegraph fails: {fault}"))


def lost_record(found: Found) -> ScanRecord:
    """The record of a file that kills the processes that read it."""
    return ScanRecord(found.path, ScanFault("WorkerDied", _DEATH))


def _content(path: str) -> bytes:
    """The bytes of a file.

    Raises:
        InputError: it cannot be read.
        LimitError: it is larger than `MAX_BYTES`.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - it costs much less than through a `Path`
            size = os.fstat(file.fileno()).st_size
            if size <= MAX_BYTES:
                content = file.read() if size else file.read(MAX_BYTES + 1)  # a pipe has no size
                if len(content) <= MAX_BYTES:
                    return content
    except (OSError, ValueError) as fault:  # a path with a NUL is a ValueError
        reason = fault.strerror if isinstance(fault, OSError) else None
        raise InputError((reason or str(fault)).lower()) from None
    raise LimitError(f"the file is larger than {MAX_BYTES} bytes, a limit of stagegraph")


class _Reading:
    """One file while it is put to both builders, each text and tree read once."""

    def __init__(self, path: str, content: bytes) -> None:
        self._path = path
        self._size = len(content)
        self._source = SourceFile.of(content, PurePath(path).name)
        self._tree = self._parse()
        self._graphs: dict[Builder, StageGraph] = {}

    def record(self) -> ScanRecord:
        """What both builders make of it."""
        buildkit, legacy = self._build(Builder.BUILDKIT), self._build(Builder.LEGACY)
        known = next(iter(self._graphs.values()), None)
        directive = find_directive(self._source.text, "syntax")
        return ScanRecord(
            path=self._path,
            size=self._size,
            lines=_count_lines(self._source.text),
            frontend=without_odd_bytes(directive.first_word) if directive is not None else None,
            stages=tuple([_scanned_stage(stage) for stage in self._stages(known)]),
            resolved_by=known.builder.value if known is not None else None,
            edges=tuple([_scanned_edge(edge) for edge in known.edges]) if known is not None else (),
            images=_images_of(known.edges) if known is not None else (),
            dead_stages=_dead_stages_of(known) if known is not None else (),
            buildkit=buildkit,
            legacy=legacy,
        )

    def _parse(self) -> Dockerfile | None:
        try:
            return parse_source(self._source) if self._source.text else None
        except StageGraphError:
            return None  # each builder says so itself, in its own words

    def _build(self, builder: Builder) -> ScannedBuild:
        images: tuple[str, ...] = ()
        try:
            known = self._graphs[builder] = graph(self._tree or self._source, builder=builder)
            images = _images_asked_for(known)
            plan = plan_graph(known)
        except StageGraphError as error:
            return ScannedBuild(steps=len(error.steps), images=images, error=_fault(error))
        return ScannedBuild(tuple([stage.index for stage in plan.execution_set]), len(plan.steps), images)

    def _stages(self, known: StageGraph | None) -> tuple[Stage, ...]:
        """The stages; where neither builder makes sense of their names they may still be told apart."""
        if known is not None:
            return known.stages
        try:
            return cut(self._tree).stages if self._tree is not None else ()
        except StageGraphError:
            return ()


def _count_lines(text: str) -> int:
    return text.count("\n") + (1 if text and not text.endswith("\n") else 0)


def _fault(error: StageGraphError) -> ScanFault:
    return ScanFault(type(error).__name__, error.message, error.line)


def _scanned_stage(stage: Stage) -> ScannedStage:
    from_ = stage.from_
    name = without_odd_bytes(stage.name) if stage.name is not None else None
    return ScannedStage(stage.index, name, without_odd_bytes(from_.image), from_.first_line)


def _scanned_edge(edge: Edge) -> ScannedEdge:
    source = without_odd_bytes(edge.source) if isinstance(edge.source, str) else edge.source
    return ScannedEdge(source, edge.consumer, edge.kind.value, edge.line)


def _images_asked_for(known: StageGraph) -> tuple[str, ...]:
    """What `StageGraph.images` finds, without a network: resolution knows what the target reaches."""
    reached = {stage.index for stage in known.resolved.reached}
    return _images_of(edge for edge in known.edges if edge.consumer in reached)


def _images_of(edges: Iterable[Edge]) -> tuple[str, ...]:
    names = dict.fromkeys(edge.source for edge in edges if isinstance(edge.source, str))
    return tuple([without_odd_bytes(name) for name in names if _is_image(name)])


def _is_image(name: str) -> bool:
    return name not in (BUILD_CONTEXT_NODE, SCRATCH_NODE) and not name.startswith("context:")


def _dead_stages_of(known: StageGraph) -> tuple[int, ...]:
    """The stages that the target does not need; the legacy builder reaches them all the same."""
    if known.builder is Builder.LEGACY:
        return tuple([stage.index for stage in known.dead_stages()])
    return tuple([stage.index for stage in known.resolved.stages if not stage.reached])
