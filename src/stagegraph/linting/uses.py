"""Where a Dockerfile names something to build upon, to copy from or to mount, as it is written.

What a name means is worked out here without ever failing, so that a file which no builder takes
can be judged too. Where a build can be resolved, this is what the resolution says.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.linting.stage_names import StageNames
from stagegraph.linting.written import WrittenInstruction
from stagegraph.model.graph import EdgeKind
from stagegraph.source import SourceFile, Span
from stagegraph.stages.cutting import CutDockerfile, Stage
from stagegraph.syntax.instructions import Copy, Instruction, Run
from stagegraph.syntax.mounts import mount_from
from stagegraph.values.letters import lower
from stagegraph.values.numbers import parse_atoi

_FIRST_OF_A_NUMBER = frozenset("+-0123456789")


@attrs.frozen(slots=False)
class Use:
    """A stage that names something: its base, the source of a `COPY`, or that of a mount.

    `name` is the text as written, for a base with the arguments of the build expanded. `meaning`
    is the index of the stage that BuildKit takes it for, None for anything else.
    """

    stage: Stage
    kind: EdgeKind
    name: str
    instruction: Instruction
    flag: int | None = None
    meaning: int | None = None
    source: SourceFile | None = attrs.field(default=None, eq=False, repr=False)

    @property
    def line(self) -> int:
        """The line of the instruction."""
        return self.instruction.first_line

    @property
    def index(self) -> int | None:
        """The number that a name is, for what is copied from."""
        return as_index(self.name) if self.kind is EdgeKind.COPY else None

    @property
    def shown(self) -> str:
        """How messages quote it."""
        if self.kind is EdgeKind.BASE:
            return f"FROM {self.name}"
        return f"--from={self.name}" if self.kind is EdgeKind.COPY else f"from={self.name}"

    @lazy
    def span(self) -> Span | None:
        """Where the name stands; the whole flag or instruction where it is spelled in an odd way."""
        source = self.source
        if source is None:
            return self.instruction.span
        written = WrittenInstruction(self.instruction, source)
        whole = written.word(0) if self.flag is None else written.flag(self.flag)
        if whole is None:
            return self.instruction.span
        start = _start_of_name(source.text[whole.start : whole.end], self.name, self.kind)
        if start is None:
            return whole
        exact = whole.start + start, whole.start + start + len(self.name)
        return source.span(*exact) if whole.first_line != whole.last_line else Span(*exact, *whole[2:])

    @lazy
    def is_spelled_plainly(self) -> bool:
        """Whether the text at `span` is the name and nothing else, so that it can be replaced."""
        span = self.span
        return self.source is not None and span is not None and self.source.text[span.start : span.end] == self.name


def _start_of_name(written: str, name: str, kind: EdgeKind) -> int | None:
    """Where the name begins in the text of its word or flag; None if it does not stand there as it is."""
    if kind is EdgeKind.BASE:
        return 0 if written == name else None
    if kind is EdgeKind.COPY:
        return len(written) - len(name) if written == f"--from={name}" else None
    for field in ("=from=", ",from="):
        start = written.find(field + name)
        end = start + len(field) + len(name)
        if start >= 0 and written[end : end + 1] in ("", ",", '"', "'"):
            return start + len(field)
    return None


def as_index(name: str) -> int | None:
    """The number that a `--from` gives, None for a name."""
    if name[:1] not in _FIRST_OF_A_NUMBER:
        return None
    try:
        return parse_atoi(name)
    except Complaint:
        return None


def find_uses(cut: CutDockerfile, bases: Sequence[str], names: StageNames | None = None) -> tuple[Use, ...]:
    """Every use in the file, in its order; `bases` are the bases of the stages, expanded."""
    reader = _Reader(cut, names or StageNames(cut.stages))
    return tuple(use for stage in cut.stages for use in reader.uses_of(stage, bases[stage.index]))


class _Reader:
    """Knows the names of the stages, and so what a name means."""

    def __init__(self, cut: CutDockerfile, names: StageNames) -> None:
        self._source = cut.source
        self._count = len(cut.stages)
        self._names = names

    def uses_of(self, stage: Stage, base: str) -> Iterator[Use]:
        yield self._use(stage, EdgeKind.BASE, base, stage.from_, None, self._names.before(base, stage.index))
        for instruction in stage.instructions:
            if not instruction.flags:
                continue
            if isinstance(instruction, Copy) and instruction.from_:
                flag = next(place for place, word in enumerate(instruction.flags) if word.startswith("--from="))
                name = instruction.from_
                yield self._use(stage, EdgeKind.COPY, name, instruction, flag, self._copied(name))
            elif isinstance(instruction, Run):
                for flag, word in enumerate(instruction.flags):
                    name = mount_from(word.removeprefix("--mount=")) if word.startswith("--mount=") else ""
                    if name:
                        yield self._use(stage, EdgeKind.MOUNT, name, instruction, flag, self._named(name))

    def _use(
        self, stage: Stage, kind: EdgeKind, name: str, instruction: Instruction, flag: int | None, meaning: int | None
    ) -> Use:
        return Use(stage, kind, name, instruction, flag, meaning, self._source)

    def _copied(self, name: str) -> int | None:
        index = as_index(name)
        if index is None:
            return self._named(name)
        return index if 0 <= index < self._count else None

    def _named(self, name: str) -> int | None:
        """The stage of this name: the last one in the file, in whatever case."""
        return self._names.last(lower(name))
