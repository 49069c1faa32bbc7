"""Instructions that are read from a text, made quickly: a text has many."""

from __future__ import annotations

from stagegraph.source import SourceFile, Span
from stagegraph.syntax.heredocs import Heredoc
from stagegraph.syntax.instructions.base import Instruction


class _Unfinished:
    """An instruction in the making: of no class yet."""

    keyword: str
    flags: tuple[str, ...]
    arguments: str
    heredocs: tuple[Heredoc, ...]
    span: Span
    escape: str
    line: str
    _source: SourceFile


def _make_room() -> None:
    """Has the attributes of instructions share their names, those too that are set when somebody asks.

    Python keeps the names once for all instances of a class, but only those that the first of them
    have; one that gets another name later gets a table of names for itself, which takes more memory
    than all the rest of the instruction.
    """
    first = _Unfinished()
    for name in (*_Unfinished.__annotations__, *ASKED_FOR):
        setattr(first, name, None)


# What every plan asks of some instructions.
ASKED_FOR = ("words", "options", "stage_name", "declared", "pairs", "mount_sources")
_make_room()


def make_instruction(
    kind: type[Instruction],
    keyword: str,
    flags: tuple[str, ...],
    arguments: str,
    span: Span,
    escape: str,
    line: str,
    source: SourceFile,
) -> Instruction:
    """An instruction of any class, made as `quickly.maker_of` does it.

    It knows more than its constructor takes: the source that it stands in and its logical line. A
    changed copy (`attrs.evolve`) knows neither, and so prints itself from its content.
    """
    made = _Unfinished()
    made.keyword = keyword
    made.flags = flags
    made.arguments = arguments
    made.heredocs = ()
    made.span = span
    made.escape = escape
    made.line = line
    made._source = source  # noqa: SLF001 - its own
    made.__class__ = kind  # type: ignore[assignment]
    return made  # type: ignore[return-value]  # it is one now
