"""What a rule finds: `Finding`, its place, what it has to do with, and how it is mended."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping, Sequence
from typing import overload

import attrs

from stagegraph.source import SourceFile, Span

StageLabel = str | int
"""The name of a stage, or the index of one that has none."""


class Severity(enum.Enum):
    """How much a finding matters: the build fails, it is probably wrong, or it is worth knowing."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, more for what matters less."""
        return list(Severity).index(self)


@attrs.frozen
class RelatedPlace:
    """Another place that a finding has to do with, and what is there."""

    message: str
    span: Span


@attrs.frozen
class Edit:
    """The characters `[start, end)` of the file become `text`."""

    start: int
    end: int
    text: str


@attrs.frozen
class Fix:
    """The edits that mend what was found; none of them overlap."""

    description: str
    edits: tuple[Edit, ...]


@attrs.frozen
class Finding:
    """What a rule says about a file.

    `line` (from 1) is the line of the instruction, as BuildKit counts it; None where it is about
    no line. `span` is the exact place. `stage` is the name of the stage it is about, or the index
    of one that has no name.
    """

    rule: str
    severity: Severity
    message: str
    line: int | None = None
    span: Span | None = attrs.field(default=None, eq=False)
    stage: StageLabel | None = None
    related: tuple[RelatedPlace, ...] = ()
    fix: Fix | None = None

    @property
    def place(self) -> tuple[int, int, str, str]:
        """What findings are sorted by: as they stand in the file."""
        return self.line or 0, self.span.start if self.span else 0, self.rule, self.message


@attrs.frozen
class Findings(Sequence[Finding]):
    """The findings of one file, as they stand in it.

    `silences` says which rules had to be silent, and why: what cannot be known is not reported.
    """

    source: SourceFile = attrs.field(repr=False)
    found: tuple[Finding, ...] = ()
    silences: Mapping[str, str] = attrs.field(factory=dict)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        return self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.found)
