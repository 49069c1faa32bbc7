"""The vertices that BuildKit's frontend makes, before identical ones become one step.

A vertex is identified by what it does (its `key`) and what it reads. Two vertices that are
alike in both are one to BuildKit, whatever their names (`client/llb/state.go:marshal`).
"""

from __future__ import annotations

import enum
from collections.abc import Callable

import attrs

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


RememberedEnvironment = Callable[[], tuple[tuple[str, str], ...]]
"""The variables of a moment, worked out when somebody asks."""


@attrs.define(eq=False)
class Vertex:
    """One operation. `environment` tells apart `RUN`s that are alike but for their variables."""

    kind: StepKind
    name: str
    key: tuple[object, ...]
    inputs: tuple[Vertex, ...] = ()
    stage: int | None = None
    span: Span | None = None
    instruction: Instruction | None = None
    environment: RememberedEnvironment | None = None


@attrs.frozen(slots=False)
class Step:
    """One entry of a plan: what a builder announces and runs.

    `inputs` are the ids of the steps it reads, all of which come before it. `stage` is the index
    of the stage its name shows, None for what belongs to no stage. `span` is the place of the
    instruction it comes from.
    """

    id: int
    name: str
    kind: StepKind
    inputs: tuple[int, ...]
    stage: int | None
    span: Span | None = attrs.field(default=None, eq=False)
    instruction: Instruction | None = attrs.field(default=None, eq=False, repr=False)

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
    ids: dict[int, int] = {}
    known: dict[object, list[tuple[Vertex, int]]] = {}
    for vertex in _inputs_first(result):
        inputs = tuple([ids[id(one)] for one in vertex.inputs])
        bucket = known.setdefault((vertex.key, inputs), [])
        number = next((number for same, number in bucket if _same_environment(same, vertex)), 0) if bucket else 0
        if not number:
            number = len(steps) + 1
            bucket.append((vertex, number))
            steps.append(_step(vertex, number, inputs))
        else:
            steps[number - 1] = _step(vertex, number, inputs)
        ids[id(vertex)] = number
    return tuple(steps), ids[id(result)]


def _step(vertex: Vertex, number: int, inputs: tuple[int, ...]) -> Step:
    if len(inputs) > 1:
        inputs = tuple(dict.fromkeys(inputs))  # two inputs may have become one step
    # Progress lines are shown without the blanks that an empty variable leaves at their end.
    name = vertex.name.strip(WHITE_SPACE)
    return Step(number, name, vertex.kind, inputs, vertex.stage, vertex.span, vertex.instruction)


def _same_environment(left: Vertex, right: Vertex) -> bool:
    if left is right or left.environment is right.environment:
        return True
    mine, other = left.environment, right.environment
    return mine is not None and other is not None and mine() == other()


def _inputs_first(result: Vertex) -> list[Vertex]:
    """Every vertex that `result` needs, once, each behind all its inputs, in BuildKit's order."""
    order: list[Vertex] = []
    seen: set[int] = set()
    waiting: list[tuple[Vertex, bool]] = [(result, False)]
    while waiting:
        vertex, has_inputs = waiting.pop()
        if has_inputs:
            order.append(vertex)
        elif id(vertex) not in seen:
            seen.add(id(vertex))
            waiting.append((vertex, True))
            waiting.extend([(one, False) for one in reversed(vertex.inputs) if id(one) not in seen])
    return order
