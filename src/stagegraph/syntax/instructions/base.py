"""What every instruction has: a keyword, flags, arguments, heredocs, and a place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.source import SourceFile, Span
from stagegraph.syntax.exec_form import read_exec_form
from stagegraph.syntax.flags import FlagKinds, Flags, read_flags
from stagegraph.syntax.heredocs import Heredoc
from stagegraph.syntax.places import Places, find_places


@attrs.frozen(slots=False)
class Instruction:
    """One statement of a Dockerfile; each keyword has a class of its own, with the same fields.

    `keyword` is spelled as written; `flags` are the flag words, unquoted; `arguments` is the
    logical line behind them: continued lines joined, comments dropped, nothing expanded. Two
    instructions are equal when they say the same, wherever they stand.

    What an instruction means (`From.image`, `Copy.sources`, …) is read on demand, and raises
    `Complaint` if `check` would.
    """

    FLAGS: ClassVar[FlagKinds] = {}
    HAS_EXEC_FORM: ClassVar[bool] = False
    HAS_HEREDOCS: ClassVar[bool] = False
    READ_AT_ONCE: ClassVar[bool] = False

    keyword: str
    flags: tuple[str, ...] = ()
    arguments: str = ""
    heredocs: tuple[Heredoc, ...] = ()
    span: Span | None = attrs.field(default=None, eq=False, repr=False)
    escape: str = attrs.field(default="\\", eq=False, repr=False)

    _source: ClassVar[SourceFile | None] = None

    def know(self, already: Mapping[str, object] | None) -> None:
        """Tells a fresh instruction what `read_ahead` found out about it."""
        if already:
            self.__dict__.update(already)

    @property
    def name(self) -> str:
        """The keyword in capitals."""
        return self.keyword.upper()

    @property
    def first_line(self) -> int:
        """The line (from 1) it begins on; 0 for an instruction that stands in no file."""
        return self.span.first_line if self.span else 0

    @property
    def last_line(self) -> int:
        """The last line it covers, heredoc bodies included; 0 if it stands in no file."""
        return self.span.last_line if self.span else 0

    @lazy
    def line(self) -> str:
        """The logical line, trimmed: what the builders print for it."""
        return " ".join(part for part in (self.keyword, *self.flags, self.arguments) if part)

    @property
    def text(self) -> str:
        """The instruction as it stands in its file, or in canonical form; ends with a line feed."""
        if self._source is not None and self.span is not None:
            return self._source.text[self.span.start : self.span.end]
        bodies = (f"{heredoc.content}{heredoc.name}\n" for heredoc in self.heredocs)
        return f"{self.line}\n{''.join(bodies)}"

    @lazy
    def places(self) -> Places | None:
        """Where keyword, flags and words stand; None for an instruction that stands in no file."""
        if self._source is None or self.span is None:
            return None
        return find_places(self._source, self.span, self.line, self.arguments, self.escape)

    @lazy
    def words(self) -> tuple[str, ...]:
        """The arguments cut up as this keyword's are, before they mean anything.

        Raises:
            Complaint: the line parser refuses them.
        """
        return (self.arguments,) if self.arguments else ()

    @lazy
    def exec_form(self) -> bool:
        """Whether they are written as a JSON array, and so are taken as they are.

        Raises:
            Complaint: as `words`.
        """
        return self.HAS_EXEC_FORM and read_exec_form(self.arguments) is not None

    @lazy
    def options(self) -> Flags:
        """The flags, validated.

        Raises:
            Complaint: an unknown or repeated flag, or a wrong value.
        """
        return read_flags(self.flags, self.FLAGS)

    def check(self) -> None:
        """Says what the builders' second layer refuses: flags, number of words, values.

        Raises:
            Complaint: what they refuse first.
        """
        raise NotImplementedError

    @classmethod
    def may_have_heredocs(cls, arguments: str, escape: str) -> bool:
        """Whether bodies may follow: for some keywords, and not behind an exec form."""
        return cls.HAS_HEREDOCS and read_exec_form(arguments) is None

    @classmethod
    def read_ahead(cls, arguments: str, escape: str) -> dict[str, object] | None:
        """What the line parser reads of arguments that it may refuse, by the name of the property.

        Raises:
            Complaint: it refuses them.
        """
        strings = read_exec_form(arguments) if cls.HAS_EXEC_FORM else None
        return None if strings is None else {"words": strings, "exec_form": True}

    def _check_flags(self) -> None:
        if self.flags:
            _ = self.options

    def _require_one(self) -> None:
        if len(self.words) != 1:
            raise Complaint(f"{self.name} requires exactly one argument")

    def _require_some(self) -> None:
        if not self.words:
            raise Complaint(f"{self.name} requires at least one argument")
