"""The vertices that BuildKit's frontend makes, before identical ones become one step.

A vertex is identified by what it does (its `key`) and what it reads. Two vertices that are
alike in both are one to BuildKit, whatever their names (`client/llb/state.go:marshal`).
"""

from __future__ import annotations

import enum
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import attrs

from stagegraph.lazily import lazy
from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.source import Span
from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.syntax.instructions import Instruction

if TYPE_CHECKING:
    from stagegraph.planning.operations import Operation


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


Described = tuple["Operation", tuple["Vertex | None", ...]]
"""What a vertex does, and what it reads by its role: what it stands on, then one for each thing
that the operation reads; None for nothing."""

DescribedStep = tuple[tuple["Operation", ...], tuple[int | None, ...]]
"""What a step does, and the ids of what it reads by its role."""


@attrs.define(eq=False)
class Vertex:
    """One operation. `environment` tells apart `RUN`s that are alike but for their variables.

    `describe` says what it does, for those who carry plans out: a plan that no one runs does not
    pay for it.
    """

    kind: StepKind
    name: str
    key: tuple[object, ...]
    inputs: tuple[Vertex, ...] = ()
    stage: int | None = None
    span: Span | None = None
    instruction: Instruction | None = None
    environment: RememberedEnvironment | None = None
    describe: Callable[[], Described] | None = None


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
    _describe: Callable[[], DescribedStep] | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """What it does, for those who carry it out.

        One thing with BuildKit; with the legacy builder none for an instruction that changes no
        files, and several for a `FROM` that brings in triggers.
        """
        return self._described[0]

    @property
    def reads(self) -> tuple[int | None, ...]:
        """Ids by their role: the step on whose files it stands, then those of what the operations read.

        There is one for each thing that is read, in order; None for nothing.
        """
        return self._described[1]

    @lazy
    def _described(self) -> DescribedStep:
        return self._describe() if self._describe is not None else ((), ())

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
        inputs: tuple[int, ...] = tuple(map(ids.get, vertex.inputs))  # type: ignore[arg-type]  # once all are known
        if None in inputs:
            waiting += [one for one in reversed(vertex.inputs) if one not in ids]
            continue
        waiting.pop()
        if vertex in ids:
            continue
        alike = known.setdefault((vertex.key, inputs), [])
        same = _first_same(alike, vertex) if alike else None
        number = ids[vertex] = ids[same] if same is not None else len(steps) + 1
        if len(inputs) > 1:
            inputs = tuple(dict.fromkeys(inputs))  # two inputs may have become one step
        # Progress lines are shown without the blanks that an empty variable leaves at their end.
        name = vertex.name.strip(WHITE_SPACE)
        step = Step(
            number,
            name,
            vertex.kind,
            inputs,
            vertex.stage,
            vertex.span,
            vertex.instruction,
            partial(_described, vertex, ids),
        )
        if same is not None:
            steps[number - 1] = step
        else:
            alike.append(vertex)
            steps.append(step)
    return tuple(steps), ids[result]


def _described(vertex: Vertex, ids: dict[Vertex, int]) -> DescribedStep:
    if vertex.describe is None:
        return (), tuple(map(ids.__getitem__, vertex.inputs))
    operation, reads = vertex.describe()
    return (operation,), tuple([None if one is None else ids[one] for one in reads])


def _first_same(alike: list[Vertex], vertex: Vertex) -> Vertex | None:
    """Of vertices that do the same to the same, the one whose variables are the same too."""
    return next((one for one in alike if _same_environment(one, vertex)), None)


def _same_environment(left: Vertex, right: Vertex) -> bool:
    if left is right or left.environment is right.environment:
        return True
    mine, other = left.environment, right.environment
    return mine is not None and other is not None and mine() == other()
