"""The vertices that BuildKit's frontend makes, before identical ones become one step.

A vertex is identified by what it does (its `key`) and what it reads. Two vertices that are
alike in both are one to BuildKit, whatever their names (`client/llb/state.go:marshal`).
"""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Protocol

import attrs

from stagegraph.planning.environments import RememberedEnvironment
from stagegraph.planning.later import Later, now
from stagegraph.quickly import maker_of
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


@attrs.define(eq=False, weakref_slot=False)
class Vertex:
    """One operation. `environment` tells apart `RUN`s that are alike but for their variables.

    `describe` says what it does, for those who carry plans out: a plan that no one runs does not
    pay for it. `step` is the id of the step that it has become, 0 before.
    """

    kind: StepKind
    name: str
    key: tuple[object, ...]
    inputs: tuple[Vertex, ...] = ()
    stage: int | None = None
    span: Span | None = None
    instruction: Instruction | None = None
    environment: RememberedEnvironment | None = None
    describe: Later[Described] | None = None
    step: int = 0

    def described(self) -> DescribedStep:
        """What the step does and reads that it has become; nothing is known of what it does without `describe`."""
        if self.describe is None:
            return (), tuple([one.step for one in self.inputs])
        operation, reads = now(self.describe)
        return (operation,), tuple([None if one is None else one.step for one in reads])


class Origin(Protocol):
    """What a step was made of, which can say what it does."""

    def described(self) -> DescribedStep:
        """What the step does and reads."""


@attrs.frozen(weakref_slot=False)
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
    _origin: Origin | None = attrs.field(default=None, eq=False, repr=False)

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

    @property
    def _described(self) -> DescribedStep:
        return self._origin.described() if self._origin is not None else ((), ())

    @property
    def lines(self) -> tuple[int, int] | None:
        """The first and the last line of its instruction, None where it has none."""
        return (self.span.first_line, self.span.last_line) if self.span else None


_step = maker_of(Step)
make_vertex = maker_of(Vertex)


def merge_vertices(result: Vertex | None) -> tuple[tuple[Step, ...], int | None]:
    """The steps that `result` needs, inputs first, and the id of its own.

    Vertices that do the same to the same inputs become one step, which carries the name of the
    one that is visited last.
    """
    if result is None:
        return (), None
    steps: list[Step] = []
    known: dict[object, Vertex] = {}
    waiting: list[Vertex] = [result]
    while waiting:
        vertex = waiting[-1]
        sources = vertex.inputs
        if len(sources) == 1:  # as nearly all have
            (source,) = sources
            if not source.step:
                waiting.append(source)
                continue
            inputs: tuple[int, ...] = (source.step,)
        else:
            if sources and _must_wait(sources, waiting):
                continue
            inputs = tuple([one.step for one in sources])
        waiting.pop()
        if vertex.step:
            continue
        same = known.setdefault((vertex.key, inputs), vertex)
        if same is not vertex:
            same = _same_in_all(same, vertex, inputs, known)
        if len(inputs) > 1:
            inputs = tuple(dict.fromkeys(inputs))  # two inputs may have become one step
        number = vertex.step = len(steps) + 1 if same is vertex else same.step
        # Progress lines are shown without the blanks that an empty variable leaves at their end.
        name = vertex.name.strip(WHITE_SPACE)
        step = _step(number, name, vertex.kind, inputs, vertex.stage, vertex.span, vertex.instruction, vertex)
        if same is vertex:
            steps.append(step)
        else:
            steps[number - 1] = step
    return tuple(steps), result.step


def _must_wait(sources: tuple[Vertex, ...], waiting: list[Vertex]) -> bool:
    """Whether some `sources` are no steps yet; then they are waited for."""
    unknown = [one for one in sources if not one.step]
    waiting += reversed(unknown)
    return bool(unknown)


def _same_in_all(same: Vertex, vertex: Vertex, inputs: tuple[int, ...], known: dict[object, Vertex]) -> Vertex:
    """The known vertex that does what `vertex` does with the same variables, which may be itself.

    `same` does it, with whatever variables.
    """
    if _same_environment(same, vertex):
        return same
    variables = vertex.environment() if vertex.environment is not None else None
    return known.setdefault((vertex.key, inputs, variables), vertex)


def _same_environment(left: Vertex, right: Vertex) -> bool:
    if left is right or left.environment is right.environment:
        return True
    mine, other = left.environment, right.environment
    return mine is not None and other is not None and mine() == other()
