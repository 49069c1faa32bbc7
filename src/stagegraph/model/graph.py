"""`StageGraph`: stages, images and contexts as a networkx graph, and the questions asked of it."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import attrs

from stagegraph.diagrams import Arrow, Box, Diagram, Line, Look
from stagegraph.errors import Complaint, ResolutionError
from stagegraph.lazily import lazy
from stagegraph.quoting import go_quote
from stagegraph.source import Span
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder, no_image_configs
from stagegraph.stages.references import (
    BuildContext,
    ImageReference,
    NamedContext,
    Reference,
    Scratch,
    StageReference,
    Unresolved,
)
from stagegraph.stages.resolution import resolve
from stagegraph.stages.resolved import ResolvedDockerfile, ResolvedInstruction, ResolvedStage
from stagegraph.suggestions import nearest
from stagegraph.syntax.instructions import Add, Copy, Instruction, OnBuild, Run
from stagegraph.syntax.mounts import MountType, mount_type_of
from stagegraph.values.git_urls import SourceKind, classify_source

if TYPE_CHECKING:
    import networkx as nx

    from stagegraph.model.questions import Questions

Node = int | str
"""A node of the network: the index of a stage, or a reference: an image, a context, `scratch`."""

BUILD_CONTEXT_NODE = "context"
SCRATCH_NODE = "scratch"


class EdgeKind(enum.Enum):
    """How one stage makes use of something."""

    BASE = "base"
    COPY = "copy"
    MOUNT = "mount"
    ONBUILD = "onbuild"


@attrs.frozen
class Edge:
    """`consumer` needs `source`. `read` is false where the need makes no step (a tmpfs mount)."""

    source: Node
    consumer: int
    kind: EdgeKind
    instruction: Instruction = attrs.field(eq=False, repr=False)
    span: Span | None = attrs.field(default=None, eq=False)
    read: bool = True

    @property
    def line(self) -> int | None:
        """The line (from 1) that says so; of a trigger, that of the `FROM` that brings it in."""
        return self.span.first_line if self.span else None


@attrs.frozen(slots=False)
class StageGraph:
    r"""The stages of a Dockerfile and what they need, for one builder and one set of options.

    Edges point from what is needed to what needs it. Within the rules of BuildKit there can be
    cycles among stages that nobody builds.

    Example:
        >>> import stagegraph
        >>> graph = stagegraph.graph(
        ...     "FROM golang AS build\nFROM build AS test\nFROM scratch\nCOPY --from=build /x /x\n"
        ... )
        >>> [stage.display_name for stage in graph.dead_stages()]
        ['test']
    """

    resolved: ResolvedDockerfile

    # -- what is there -----------------------------------------------------------------------

    @property
    def builder(self) -> Builder:
        """The builder whose names and edges these are."""
        return self.resolved.builder

    @property
    def stages(self) -> tuple[Stage, ...]:
        """Every stage of the file, in order."""
        return self.resolved.cut.stages

    @property
    def target(self) -> Stage:
        """The stage that was asked for: the target, or the last one."""
        return self.stages[self.resolved.target]

    @lazy
    def edges(self) -> tuple[Edge, ...]:
        """Every edge, in the order of the file; several may join the same two nodes."""
        return tuple(edge for stage in self.resolved.stages for edge in _edges_of(stage))

    @lazy
    def network(self) -> nx.MultiDiGraph[Node]:
        """The graph itself, frozen. Each edge has its `Edge` as `data["edge"]`, each stage its `Stage`."""
        return self._asked.network

    @lazy
    def _asked(self) -> Questions:
        """The network with its algorithms."""
        from stagegraph.model.questions import Questions

        return Questions(
            [(stage.index, {"stage": stage}) for stage in self.stages],
            [(edge.source, edge.consumer, {"edge": edge}) for edge in self.edges],
        )

    def stage(self, name: str | int) -> Stage:
        """The stage of this name (in any case, the last one of several) or index.

        Raises:
            ResolutionError: there is none.
        """
        if isinstance(name, int) or name.isdecimal():
            if 0 <= int(name) < len(self.stages):
                return self.stages[int(name)]
            message = f"there is no stage {name}; the last one is {len(self.stages) - 1}"
            raise ResolutionError(message, source=self.resolved.source)
        names = {stage.name: stage for stage in self.stages if stage.name is not None}
        displayed = {stage.display_name: stage for stage in self.stages}
        found = names.get(name.lower()) or displayed.get(name)
        if found is None:
            suggestion = nearest(name, displayed)
            raise ResolutionError(
                f"there is no stage {go_quote(name)}", source=self.resolved.source, suggestion=suggestion
            )
        return found

    # -- questions ---------------------------------------------------------------------------

    def needs(self, stage: str | int | Stage) -> frozenset[Node]:
        """Everything that `stage` needs, however far: stages by index, images and contexts by name."""
        return self._asked.ancestors(self._index(stage))

    def needed_by(self, stage: str | int | Stage) -> tuple[Stage, ...]:
        """The stages that need `stage`, however far."""
        return self._stages_among(self._asked.descendants(self._index(stage)))

    def paths(self, source: str | int | Stage, consumer: str | int | Stage) -> Iterator[tuple[Edge, ...]]:
        """Every way in which `consumer` comes to need `source`, the shortest first; there can be many."""
        for nodes in self._asked.paths(self._index(source), self._index(consumer)):
            yield tuple(self._edge(tail, head) for tail, head in pairwise(nodes))

    def why(self, stage: str | int | Stage, target: str | int | Stage | None = None) -> tuple[Edge, ...]:
        """The shortest chain of edges from `stage` to the target; empty where nothing needs it."""
        goal = self._index(target) if target is not None else self.resolved.target
        return next(self.paths(stage, goal), ())

    def dead_stages(self, targets: Iterable[str | int | Stage] | None = None) -> tuple[Stage, ...]:
        """The stages that none of `targets` needs (without targets, the target of this graph)."""
        goals = [self.resolved.target] if targets is None else [self._index(target) for target in targets]
        alive: set[Node] = set(goals)
        for goal in goals:
            alive |= self._for_target(goal).needs(goal)
        return tuple(stage for stage in self.stages if stage.index not in alive)

    def cycles(self) -> tuple[tuple[Stage, ...], ...]:
        """The rings of stages that need each other."""
        return tuple(tuple(self.stages[int(node)] for node in ring) for ring in self._asked.rings())

    def may_run_together(self, one: str | int | Stage, other: str | int | Stage) -> bool:
        """Whether nothing orders two stages."""
        return not self._asked.are_ordered(self._index(one), self._index(other))

    def generations(self, target: str | int | Stage | None = None) -> tuple[tuple[Stage, ...], ...]:
        """The stages that the target needs in rows: those of a row can run together.

        Raises:
            ResolutionError: they need each other in a ring.
        """
        goal = self._index(target) if target is not None else self.resolved.target
        rows = self._asked.rows({goal, *self.needs(goal)})
        return tuple(stages for row in rows if (stages := self._stages_among(row)))

    def critical_path(
        self, cost: Callable[[Stage], float] = lambda _: 1.0, target: str | int | Stage | None = None
    ) -> tuple[Stage, ...]:
        """The chain of stages up to the target that costs most, each stage `cost(stage)`.

        Raises:
            ResolutionError: they need each other in a ring.
        """
        goal = self._index(target) if target is not None else self.resolved.target
        needed = self._stages_among({goal, *self.needs(goal)})
        costs: dict[Node, float] = {stage.index: cost(stage) for stage in needed}
        return tuple(self.stages[int(node)] for node in self._asked.costliest_path(costs, goal))

    def images(self, target: str | int | Stage | None = None) -> dict[str, tuple[Edge, ...]]:
        """The external images that a build of the target asks for, each with the edges that do.

        With BuildKit those are the images of the stages that the target needs, with the legacy
        builder those of every stage up to the target.
        """
        goal = self._index(target) if target is not None else self.resolved.target
        legacy = self.builder is Builder.LEGACY
        built: set[Node] = set(range(goal + 1)) if legacy else {goal, *self.needs(goal)}
        found: dict[str, list[Edge]] = {}
        for edge in self.edges:
            if edge.consumer in built and isinstance(edge.source, str) and _outside_look(edge.source) is Look.IMAGE:
                found.setdefault(edge.source, []).append(edge)
        return {name: tuple(edges) for name, edges in found.items()}

    # -- pictures ----------------------------------------------------------------------------

    def to_dot(self) -> str:
        """The graph in Graphviz's language."""
        return self.diagram().to_dot()

    def to_mermaid(self) -> str:
        """The graph in Mermaid's language."""
        return self.diagram().to_mermaid()

    def diagram(self) -> Diagram:
        """The graph as boxes and arrows; what the target does not need is drawn as skipped."""
        needed = {self.resolved.target, *self.needs(self.resolved.target)}
        boxes = [Box(str(stage.index), stage.display_name, self._look(stage, needed)) for stage in self.stages]
        outside = dict.fromkeys(edge.source for edge in self.edges if isinstance(edge.source, str))
        boxes += [Box(name, name, _outside_look(name)) for name in outside]
        arrows = [_arrow(edge) for edge in self.edges]
        caption = f"{self.builder.value}, target {self.target.display_name}"
        return Diagram("stages", tuple(boxes), tuple(arrows), caption)

    def to_dict(self) -> dict[str, object]:
        """The graph as JSON has it: stages, edges, images."""
        return {
            "schema": 1,
            "builder": self.builder.value,
            "target": self.target.name,
            "stages": [
                {"index": stage.index, "name": stage.name, "base": stage.from_.image, "line": stage.from_.first_line}
                for stage in self.stages
            ],
            "edges": [
                {
                    "source": edge.source,
                    "consumer": edge.consumer,
                    "kind": edge.kind.value,
                    "instruction": edge.instruction.name,
                    "line": edge.line,
                }
                for edge in self.edges
            ],
        }

    # -- helpers -----------------------------------------------------------------------------

    def _look(self, stage: Stage, needed: set[Node]) -> Look:
        if stage.index == self.resolved.target:
            return Look.TARGET
        return Look.STAGE if stage.index in needed else Look.SKIPPED

    def _for_target(self, index: int) -> StageGraph:
        """The graph in which `index` is the target: what is needed brings in triggers of its own."""
        options = self.resolved.options
        has_triggers = options.images is not no_image_configs or any(
            isinstance(one, OnBuild) for stage in self.stages for one in stage.instructions
        )
        if index == self.resolved.target or not has_triggers:
            return self
        options = attrs.evolve(options, target=None, target_index=index)
        return StageGraph(resolve(self.resolved.cut, self.builder, options))

    def _index(self, stage: str | int | Stage) -> int:
        return stage.index if isinstance(stage, Stage) else self.stage(stage).index

    def _stages_among(self, nodes: Iterable[Node]) -> tuple[Stage, ...]:
        return tuple(self.stages[node] for node in sorted(node for node in nodes if isinstance(node, int)))

    def _edge(self, source: Node, consumer: Node) -> Edge:
        """The first edge between two nodes."""
        edges: list[Edge] = [data["edge"] for data in self.network[source][consumer].values()]
        return edges[0]


def node_of(reference: Reference) -> Node:
    """The node that a reference is."""
    if isinstance(reference, StageReference):
        return reference.index
    if isinstance(reference, ImageReference):
        return reference.name
    if isinstance(reference, NamedContext):
        return f"context:{reference.key}"
    return BUILD_CONTEXT_NODE if isinstance(reference, BuildContext) else SCRATCH_NODE


def _edges_of(stage: ResolvedStage) -> Iterator[Edge]:
    """What one stage needs, in the order in which it says so."""
    from_ = stage.stage.from_
    if not isinstance(stage.base, Unresolved):
        yield Edge(node_of(stage.base), stage.index, EdgeKind.BASE, from_, from_.span)
    for resolved in stage.instructions:
        if isinstance(resolved.instruction, Copy | Add):
            yield from _edges_of_transfer(stage.index, resolved, resolved.instruction)
        elif isinstance(resolved.instruction, Run) and resolved.sources:
            yield from _edges_of_mounts(stage.index, resolved, resolved.instruction)


def _edges_of_transfer(consumer: int, resolved: ResolvedInstruction, transfer: Copy | Add) -> Iterator[Edge]:
    kind = EdgeKind.ONBUILD if resolved.trigger else EdgeKind.COPY
    for source in resolved.sources:
        if not isinstance(source, Unresolved):
            yield Edge(node_of(source), consumer, kind, transfer, resolved.span)
    if not resolved.sources and any(map(_is_local, transfer.sources)):
        yield Edge(BUILD_CONTEXT_NODE, consumer, kind, transfer, resolved.span)


def _is_local(path: str) -> bool:
    """Whether a source is a path; a URL that cannot be read is none, and fails when it is planned."""
    try:
        return classify_source(path) is SourceKind.LOCAL
    except Complaint:
        return False


def _edges_of_mounts(consumer: int, resolved: ResolvedInstruction, run: Run) -> Iterator[Edge]:
    """The edges of mounts. One without `from` still asks for a stage that is called `scratch`."""
    kind = EdgeKind.ONBUILD if resolved.trigger else EdgeKind.MOUNT
    for value, name, source in zip(run.options.all("mount"), run.mount_sources, resolved.sources, strict=True):
        mount_type = mount_type_of(value)
        read = mount_type in (MountType.BIND, MountType.CACHE, None)
        from_context = not name and mount_type in (MountType.BIND, None)
        if from_context:
            yield Edge(BUILD_CONTEXT_NODE, consumer, kind, run, resolved.span)
        if name or not isinstance(source, Scratch):
            yield Edge(node_of(source), consumer, kind, run, resolved.span, read=read and not from_context)


def _outside_look(name: str) -> Look:
    """How something outside the file is drawn; the empty image is no image to ask for."""
    if name == SCRATCH_NODE:
        return Look.SCRATCH
    return Look.CONTEXT if name == BUILD_CONTEXT_NODE or name.startswith("context:") else Look.IMAGE


_LINES = {
    EdgeKind.BASE: Line.SOLID,
    EdgeKind.COPY: Line.DASHED,
    EdgeKind.MOUNT: Line.DOTTED,
    EdgeKind.ONBUILD: Line.BOLD,
}


def _arrow(edge: Edge) -> Arrow:
    label = edge.kind.value if edge.line is None else f"{edge.kind.value}, line {edge.line}"
    return Arrow(str(edge.source), str(edge.consumer), label, _LINES[edge.kind])
