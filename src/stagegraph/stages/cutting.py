"""`Dockerfile` → stages: where each begins, and everything that is wrong before names mean anything."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from stagegraph.errors import Complaint, InstructionError
from stagegraph.quickly import maker_of
from stagegraph.source import SourceFile
from stagegraph.syntax.instructions import Add, Arg, Copy, From, Instruction, OnBuild, Run, Workdir
from stagegraph.syntax.nodes import Dockerfile

_STEPS = frozenset({Add, Copy, Run, Workdir})


@attrs.frozen(weakref_slot=False)
class Stage:
    """A `FROM` and the instructions up to the next one. `index` counts from 0."""

    index: int
    from_: From
    instructions: tuple[Instruction, ...]

    @property
    def name(self) -> str | None:
        """The name, in lower case; None for an unnamed stage."""
        return self.from_.stage_name

    @property
    def triggers(self) -> tuple[str, ...]:
        """What its `ONBUILD`s record for stages that are built upon it."""
        return tuple([one.expression for one in self.instructions if type(one) is OnBuild])

    @property
    def step_count(self) -> int:
        """How many of its instructions BuildKit counts as steps."""
        return len([one for one in self.instructions if type(one) in _STEPS])

    @property
    def display_name(self) -> str:
        """What builders and people call it: its name, or `stage-2`."""
        return self.name or f"stage-{self.index}"


@attrs.frozen(weakref_slot=False)
class CutDockerfile:
    """The stages of a Dockerfile, and the `ARG`s before the first of them.

    `flagged` are the instructions with flags, which alone can read another stage: the index of
    the stage, and the place in it.
    """

    dockerfile: Dockerfile
    global_args: tuple[Arg, ...]
    stages: tuple[Stage, ...]
    flagged: tuple[tuple[int, int], ...] = attrs.field(default=(), eq=False, repr=False)

    @property
    def source(self) -> SourceFile | None:
        """The text, where there is one."""
        return self.dockerfile.source


_stage, _cut = maker_of(Stage), maker_of(CutDockerfile)


def cut(dockerfile: Dockerfile) -> CutDockerfile:
    """The stages of a Dockerfile.

    Every instruction of the file is checked, dead stages included, as both builders do
    (`instructions.Parse`).

    Raises:
        InstructionError: an instruction that is not one, or stands before the first `FROM`.
    """
    global_args: list[Arg] = []
    begun: list[tuple[From, list[Instruction]]] = []
    flagged: list[tuple[int, int]] = []
    body: list[Instruction] | None = None
    for instruction in dockerfile.instructions:
        try:
            instruction.check()
        except Complaint as complaint:
            raise InstructionError.of(complaint, dockerfile.source, instruction.span) from None
        if type(instruction) is From:
            body = []
            begun.append((instruction, body))
        elif body is not None:
            if instruction.flags:
                flagged.append((len(begun) - 1, len(body)))
            body.append(instruction)
        elif isinstance(instruction, Arg):
            global_args.append(instruction)
        else:
            raise stray(instruction, dockerfile)
    stages = [_stage(index, from_, tuple(body)) for index, (from_, body) in enumerate(begun)]
    return _cut(dockerfile, tuple(global_args), tuple(stages), tuple(flagged))


def with_stages(cut_file: CutDockerfile, stages: Iterable[Stage]) -> CutDockerfile:
    """The same file with other stages."""
    changed = tuple(stages)
    flagged = tuple(
        (stage.index, place) for stage in changed for place, one in enumerate(stage.instructions) if one.flags
    )
    return attrs.evolve(cut_file, stages=changed, flagged=flagged)


def stray(instruction: Instruction, dockerfile: Dockerfile) -> InstructionError:
    """What the builders say of an instruction before the first `FROM` that is no `ARG`."""
    message = "no build stage in current context"
    return InstructionError(message, source=dockerfile.source, span=instruction.span)
