"""Every error that stagegraph raises, as one tree.

::

    StageGraphError                  what cannot be read, resolved or planned
    ├── InputError                   the file itself: missing, a directory, unreadable
    ├── DockerfileSyntaxError        what the builders' line parser refuses
    ├── InstructionError             a line that parses, an instruction that is not one
    ├── ResolutionError              a name that means nothing, or a wrong thing
    │   ├── TargetNotFoundError      the target names no stage
    │   └── CircularDependencyError  stages that copy from each other
    ├── PlanningError                what fails when a stage that is needed is put together
    ├── CheckError                   `# check=error=true`, and a build check found something
    ├── BackendError                 a plan is not carried out: no engine, or it fails
    │   ├── BackendNotFoundError     there is no such backend, or something it needs is not installed
    │   └── UnsupportedError         what a backend cannot do as the builder does it; nothing has run
    └── LimitError                   a limit of stagegraph, not of a builder

`message` is the builder's own sentence, word for word, without the prefixes that it puts
before it; the place, the excerpt and the suggestion stand beside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from stagegraph.source import SourceFile, Span


_SURROGATES = re.compile("[\ud800-\udfff]")


class Complaint(ValueError):  # noqa: N818
    """What a builder says of a value, before anyone knows where that value stands.

    Raised by the readers of small values (words, references, mounts, ports, …); the room that
    knows the place turns it into a `StageGraphError`. It never leaves the package.
    """

    def __init__(self, message: str, *, suggestion: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


class LimitComplaint(Complaint):
    """A complaint about a limit of stagegraph, not of a builder."""


def system_reason(fault: OSError) -> str:
    """What the operating system says of a fault, in one line: `no such file or directory`."""
    return (fault.strerror or str(fault)).lower()


class AnnouncedStep(Protocol):
    """A step that a builder announced before it failed."""

    @property
    def name(self) -> str:
        """The whole line that was announced."""
        ...


class StageGraphError(Exception):
    """The root: everything stagegraph raises for bad input is one of these.

    `line` and `column` count from 1; either is None where the builder names no place.
    `suggestion` is the name that was probably meant. `steps` are the steps that the legacy
    builder announces before it fails (it fails half way), and empty otherwise.
    """

    def __init__(
        self,
        message: str,
        *,
        source: SourceFile | None = None,
        span: Span | None = None,
        suggestion: str | None = None,
        steps: tuple[AnnouncedStep, ...] = (),
    ) -> None:
        message = _SURROGATES.sub("\ufffd", message)  # bytes that are no UTF-8, as the builders print them
        super().__init__(message)
        self.message = message
        self.source = source
        self.span = span
        self.suggestion = suggestion
        self.steps = steps

    @classmethod
    def of(cls, complaint: Complaint, source: SourceFile | None, span: Span | None) -> StageGraphError:
        """The same complaint, now with its place."""
        kind = LimitError if isinstance(complaint, LimitComplaint) else cls
        return kind(complaint.message, source=source, span=span, suggestion=complaint.suggestion)

    @property
    def line(self) -> int | None:
        """The line, from 1, on which the instruction at fault begins."""
        return self.span.first_line if self.span else None

    @property
    def column(self) -> int | None:
        """The column, from 1, in characters."""
        return self.source.column(self.span) if self.source and self.span else None

    @property
    def excerpt(self) -> str | None:
        """The source line at fault, fit to be printed: a long one is cut, controls are shown."""
        return self.source.excerpt(self.span)[0] if self.source and self.span else None

    @property
    def caret(self) -> str | None:
        """A line of blanks and carets to print under `excerpt`."""
        return self.source.excerpt(self.span)[1] if self.source and self.span else None

    def render(self) -> str:
        """The message with its place, its excerpt and what to do, for people; several lines."""
        place = ":".join(str(part) for part in (self._file_name, self.line, self.column) if part)
        lines = [f"{place}: {self.message}" if place else self.message]
        if self.excerpt is not None and self.caret is not None:
            gutter = str(self.line)
            lines += [f" {gutter} | {self.excerpt}", f" {' ' * len(gutter)} | {self.caret}"]
        if self.suggestion and "did you mean" not in self.message:
            lines.append(f"did you mean {self.suggestion}?")
        return "\n".join(lines)

    @property
    def _file_name(self) -> str | None:
        return self.source.name if self.source else None


class InputError(StageGraphError):
    """A file that is not there, is a directory, or cannot be read."""


class DockerfileSyntaxError(StageGraphError):
    """What the builders' line parser refuses: directives, heredocs, JSON, name=value forms."""


class InstructionError(StageGraphError):
    """An instruction with the wrong flags, the wrong number of words, or an unknown keyword.

    The builders put `dockerfile parse error on line N: ` before these.
    """


class ResolutionError(StageGraphError):
    """A base, a `--from` or a mount whose name cannot be resolved."""


class TargetNotFoundError(ResolutionError):
    """The target names no stage of the file."""


class CircularDependencyError(ResolutionError):
    """Stages that need each other through `COPY --from` or mounts."""


class PlanningError(StageGraphError):
    """What fails when an instruction of a needed stage is carried out: words, paths, ports."""


class CheckError(StageGraphError):
    """`# check=error=true` is set and a build check reports something."""


class LimitError(StageGraphError):
    """The input goes beyond a limit of stagegraph; the message names the limit."""


class BackendError(StageGraphError):
    """A plan cannot be carried out: the engine is not there, or fails outside of any step."""


class BackendNotFoundError(BackendError):
    """There is no backend of this name, or what it needs is not installed; the message says what to do."""


class UnsupportedError(BackendError):
    """What a backend cannot do as the builder of the plan does it; raised before anything runs."""
