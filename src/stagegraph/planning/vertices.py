"""The vertices that BuildKit's frontend makes, before identical ones become one step.

A vertex is identified by what it does (its `key`) and what it reads. Two vertices that are
alike in both are one to BuildKit, whatever their names (`client/llb/state.go:marshal`).
"""

from __future__ import annotations

import enum

import attrs

from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.planning.operations import Operation
from stagegraph.source import Span
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.instructions import Instruction


class StepKind(enum.Enum):
    """What a step does."""

    FROM = "from"
    RUN = "run"
    COPY = "copy"
    ADD = "add"
    WORKDIR = "workdir"
    LINK = "link"
    DOWNLOAD = "download"
    CONTEXT = "context"
    INTERNAL = "internal"
    METADATA = "metadata"


@attrs.define(eq=False)
class Vertex:
    """One operation. `environment` tells apart `RUN`s that are alike but for their variables.

    `inputs` are the vertices it reads. `reads` are the same by their role: first what it stands
    on, then one for each thing that the operation reads; None for nothing. Where it is not given,
    `inputs` will do.
    """

    kind: StepKind
    name: str
    key: tuple[object, ...]
    inputs: tuple[Vertex, ...] = ()
    stage: int | None = None
    span: Span | None = None
    instruction: Instruction | None = None
    environment: RememberedEnvironment | None = None
    operation: Operation | None = None
    reads: tuple[Vertex | None, ...] | None = None


@attrs.frozen(slots=False)
class Step:
    """One entry of a plan: what a builder announces and runs.

    `inputs` are the ids of the steps it reads, all of which come before it. `stage` is the index
    of the stage its name shows, None for what belongs to no stage. `span` is the place of the
    instruction it comes from.

    `operations` are what it does, for those who carry it out: one thing with BuildKit; with the
    legacy builder none for an instruction that changes no files, and several for a `FROM` that
    brings in triggers. `reads` are ids by their role: the step on whose files it stands, then one
    for each thing that the operations read, in order; None for nothing.
    """

    id: int
    name: str
    kind: StepKind
    inputs: tuple[int, ...]
    stage: int | None
    span: Span | None = attrs.field(default=None, eq=False)
    instruction: Instruction | None = attrs.field(default=None, eq=False, repr=False)
    operations: tuple[Operation, ...] = attrs.field(default=(), eq=False, repr=False)
    reads: tuple[int | None, ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def lines(self) -> tuple[int, int] | None:
        """The first and the last line of its instruction, None where it has none."""
        return (self.span.first_line, self.span.last_line) if self.span else None


def merge_vertices(result: Vertex | None) -> tuple[tuple[Step, ...], int | None]:
    """The steps that `result` needs, inputs first, and the id of its own.

    Vertices that do the same to the same inputs become one step, which carries the name of the
    one that is visited last.
    """
    if result is None:
        return (), None
    steps: list[Step] = []
    ids: dict[Vertex, int] = {}
    known: dict[object, list[Vertex]] = {}
    waiting: list[Vertex] = [result]
    while waiting:
        vertex = waiting[-1]
        missing = [one for one in reversed(vertex.inputs) if one not in ids]
        if missing:
            waiting.extend(missing)
            continue
        waiting.pop()
        if vertex not in ids:
            ids[vertex] = _merge(vertex, tuple([ids[one] for one in vertex.inputs]), steps, ids, known)
    return tuple(steps), ids[result]


def _merge(
    vertex: Vertex,
    inputs: tuple[int, ...],
    steps: list[Step],
    ids: dict[Vertex, int],
    known: dict[object, list[Vertex]],
) -> int:
    """The id of the step that a vertex is: a new one, or that of one which is alike and gives up its name."""
    alike = known.setdefault((vertex.key, inputs), [])
    for other in alike:
        if _same_environment(other, vertex):
            number = ids[other]
            steps[number - 1] = _step(vertex, number, inputs, ids)
            return number
    alike.append(vertex)
    steps.append(_step(vertex, len(steps) + 1, inputs, ids))
    return len(steps)


def _step(vertex: Vertex, number: int, inputs: tuple[int, ...], ids: dict[Vertex, int]) -> Step:
    reads: tuple[int | None, ...] = inputs
    if vertex.reads is not None:
        reads = tuple([None if one is None else ids[one] for one in vertex.reads])
    if len(inputs) > 1:
        inputs = tuple(dict.fromkeys(inputs))  # two inputs may have become one step
    # Progress lines are shown without the blanks that an empty variable leaves at their end.
    name = vertex.name.strip(WHITE_SPACE)
    operations = () if vertex.operation is None else (vertex.operation,)
    return Step(number, name, vertex.kind, inputs, vertex.stage, vertex.span, vertex.instruction, operations, reads)


def _same_environment(left: Vertex, right: Vertex) -> bool:
    if left is right or left.environment is right.environment:
        return True
    mine, other = left.environment, right.environment
    return mine is not None and other is not None and mine() == other()
