"""`Plan`: the steps a builder runs for a target, and why."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence

import attrs

from stagegraph.checks import Checks, CheckWarning
from stagegraph.diagrams import Diagram
from stagegraph.lazily import lazy
from stagegraph.model.graph import Edge, StageGraph
from stagegraph.planning.buildkit import plan_for_buildkit
from stagegraph.planning.configs import ConfigDraft
from stagegraph.planning.dump import diagram_of, dump_of
from stagegraph.planning.legacy import plan_for_legacy
from stagegraph.planning.vertices import Step
from stagegraph.quickly import maker_of
from stagegraph.stages.cutting import Stage
from stagegraph.stages.options import Builder
from stagegraph.stages.resolution import resolve
from stagegraph.stages.text_checks import check_instructions, check_stages


@attrs.frozen
class PlannedStage:
    """A stage of the file: whether the builder runs it, and the reason.

    `edge` leads to the stage that needs it, and following such edges leads to the target; None
    for the target itself, for what is skipped, and for what the legacy builder runs unasked.
    """

    stage: Stage
    executed: bool
    reason: str
    edge: Edge | None = None


@attrs.frozen(slots=False)
class Plan:
    r"""What a builder will do: the steps in order, the image config, and every stage accounted for.

    `result` is the id of the step that the image is made of, None for an empty image. `loads` are
    the progress lines of what BuildKit loads first.

    Example:
        >>> import stagegraph
        >>> plan = stagegraph.plan("FROM alpine AS a\nRUN echo 1\nFROM alpine\nRUN echo 2\n")
        >>> [step.name for step in plan.steps]
        ['[stage-1 1/2] FROM docker.io/library/alpine:latest', '[stage-1 2/2] RUN echo 2']
        >>> [stage.executed for stage in plan.stages]
        [False, True]
    """

    graph: StageGraph
    steps: tuple[Step, ...]
    result: int | None
    loads: tuple[str, ...] = ()
    unused_build_args: tuple[str, ...] = ()
    _executed: frozenset[int] = attrs.field(default=frozenset(), repr=False)
    _config: ConfigDraft | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def builder(self) -> Builder:
        """The builder whose plan this is."""
        return self.graph.builder

    @property
    def target(self) -> Stage:
        """The stage that is built."""
        return self.graph.target

    @lazy
    def config(self) -> Mapping[str, object]:
        """The `config` object of the OCI config of the image; empty members are left out."""
        return self._config.finished() if self._config is not None else {}

    @lazy
    def frontend(self) -> str | None:
        """The frontend image that `# syntax=` (or `BUILDKIT_SYNTAX`) names; None for the built-in one."""
        if self.builder is Builder.LEGACY:
            return None
        resolved = self.graph.resolved
        given = resolved.options.build_args.get("BUILDKIT_SYNTAX")
        if given:
            return given.partition(" ")[0]
        directive = resolved.cut.dockerfile.syntax
        return directive.first_word if directive is not None else None

    @lazy
    def execution_set(self) -> tuple[Stage, ...]:
        """The stages that the builder runs, in the order of the file."""
        return tuple(stage for stage in self.graph.stages if stage.index in self._executed)

    @lazy
    def stages(self) -> tuple[PlannedStage, ...]:
        """Every stage of the file: whether it runs, and why."""
        nearest = self._nearest_consumers()
        return tuple(self._account_for(stage, nearest.get(stage.index)) for stage in self.graph.stages)

    def why(self, stage: str | int | Stage) -> tuple[PlannedStage, ...]:
        """The stage, then the one that needs it, and so on up to the target.

        Raises:
            ResolutionError: there is no such stage.
        """
        index = stage.index if isinstance(stage, Stage) else self.graph.stage(stage).index
        chain = [self.stages[index]]
        while (edge := chain[-1].edge) is not None:
            chain.append(self.stages[edge.consumer])
        return tuple(chain)

    @lazy
    def warnings(self) -> tuple[CheckWarning, ...]:
        """BuildKit's own checks that planning comes across; what the legacy builder prints.

        They are looked for when they are asked for: the file is planned once more, with open eyes.
        """
        dockerfile = self.graph.resolved.cut.dockerfile
        if self.builder is Builder.LEGACY:
            return self._legacy_warnings()
        options = self.graph.resolved.options
        checks = Checks(options.checks, dockerfile.source)
        check_instructions(dockerfile, checks)
        check_stages(self.graph.resolved.cut, checks)
        plan_for_buildkit(resolve(self.graph.resolved.cut, self.builder, options, checks), checks)
        return tuple(checks.warnings)

    def to_dict(self) -> dict[str, object]:
        """The plan as JSON has it; `plan.schema.json` in the package describes it."""
        return dump_of(self)

    def diagram(self) -> Diagram:
        """The plan as boxes and arrows: the steps of each stage, and the stages that are skipped."""
        return diagram_of(self)

    def to_dot(self) -> str:
        """The plan in Graphviz's language."""
        return self.diagram().to_dot()

    def to_mermaid(self) -> str:
        """The plan in Mermaid's language."""
        return self.diagram().to_mermaid()

    # -- helpers -----------------------------------------------------------------------------

    def _nearest_consumers(self) -> dict[int, Edge]:
        """For each stage that runs for the target's sake, the edge on its shortest way there."""
        edges: dict[tuple[int, int], Edge] = {}
        for edge in self.graph.edges:
            if edge.read and isinstance(edge.source, int) and edge.source != edge.consumer:
                edges.setdefault((edge.consumer, edge.source), edge)
        executed = [pair for pair in edges if self._executed.issuperset(pair)]
        sources: dict[int, list[int]] = {}
        for consumer, source in executed:
            sources.setdefault(consumer, []).append(source)
        nearest: dict[int, Edge] = {}
        goal = self.graph.resolved.target
        waiting = deque([goal])
        while waiting:
            consumer = waiting.popleft()
            for source in sources.get(consumer, ()):
                if source not in nearest and source != goal:
                    nearest[source] = edges[consumer, source]
                    waiting.append(source)
        return nearest

    def _account_for(self, stage: Stage, edge: Edge | None) -> PlannedStage:
        if stage.index == self.graph.resolved.target:
            return PlannedStage(stage, executed=True, reason="it is the target")
        executed = stage.index in self._executed
        if executed and edge is not None:
            consumer = self.graph.stages[edge.consumer].display_name
            return PlannedStage(stage, executed, f"{_USES[edge.kind.value].format(consumer)}", edge)
        if executed:
            return PlannedStage(stage, executed, "the legacy builder runs every stage up to the target")
        return PlannedStage(stage, executed, self._why_skipped(stage))

    def _why_skipped(self, stage: Stage) -> str:
        resolved = self.graph.resolved.stages[stage.index]
        if self.builder is Builder.LEGACY:
            return "it comes after the target"
        if resolved.replaced_by is not None:
            return f"the named context {resolved.replaced_by.key} replaces it"
        if resolved.reached:
            return f"{self.target.display_name} names it, and reads nothing of it"
        return f"{self.target.display_name} does not need it"

    def _legacy_warnings(self) -> tuple[CheckWarning, ...]:
        dockerfile = self.graph.resolved.cut.dockerfile
        checks = Checks(self.graph.resolved.options.checks, dockerfile.source)
        for continuation in dockerfile.empty_continuations:
            message = f"Empty continuation line found in: {continuation.line}"
            checks.report("NoEmptyContinuation", message, continuation.span)
        if self.unused_build_args:
            names = " ".join(self.unused_build_args)
            checks.report("UnusedBuildArgs", f"One or more build-args [{names}] were not consumed", None)
        return tuple(checks.warnings)


# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_LEGACY = Builder.LEGACY
_plan = maker_of(Plan)
_USES = {
    "base": "{} is built upon it",
    "copy": "{} copies from it",
    "mount": "{} mounts it",
    "onbuild": "a trigger of the base of {} reads it",
}


def plan_graph(graph: StageGraph) -> Plan:
    """The plan of the target of `graph`.

    Raises:
        StageGraphError: what the builder says when it puts the stages together.
    """
    resolved = graph.resolved
    if resolved.builder is _LEGACY:
        legacy = plan_for_legacy(resolved)
        executed = frozenset(range(resolved.target + 1))
        return Plan(graph, legacy.steps, legacy.result, (), legacy.unused_build_args, executed, legacy.config)
    checks = None
    if resolved.options.checks.error:
        checks = Checks(resolved.options.checks, resolved.source)
        check_instructions(resolved.cut.dockerfile, checks)
        check_stages(resolved.cut, checks)
        resolved = resolve(resolved.cut, resolved.builder, resolved.options, checks)
    answer = plan_for_buildkit(resolved, checks)
    executed = _execution_set(graph, answer.reads)
    return _plan(graph, answer.steps, answer.result, resolved.loads, (), executed, answer.config)


def _execution_set(graph: StageGraph, reads: Sequence[tuple[int, int]]) -> frozenset[int]:
    """The target and every stage that it reads, however far; not those that a context replaces."""
    resolved = graph.resolved
    needed = {resolved.target}
    for reader, stage in reversed(reads):  # a stage is put together after all that it reads
        if reader in needed:
            needed.add(stage)
    if resolved.options.contexts:
        needed = {index for index in needed if resolved.stages[index].replaced_by is None}
    return frozenset(needed)
