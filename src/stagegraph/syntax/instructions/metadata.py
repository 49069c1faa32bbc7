"""Instructions that change the image config alone, and `WORKDIR`."""

from __future__ import annotations

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.syntax.characters import WHITE_SPACE, split_blanks
from stagegraph.syntax.exec_form import read_exec_form
from stagegraph.syntax.instructions.base import Instruction


class _SingleValue(Instruction):
    """An instruction whose arguments are one text."""

    @property
    def value(self) -> str:
        """The text, as written."""
        return self.words[0]

    def check(self) -> None:
        self._require_one()
        self._check_flags()


class Workdir(_SingleValue):
    """`WORKDIR path`."""


class User(_SingleValue):
    """`USER user[:group]`."""


class Maintainer(_SingleValue):
    """`MAINTAINER name`, deprecated."""


class StopSignal(_SingleValue):
    """`STOPSIGNAL signal`. Flag words before it are dropped, whatever they are."""

    def check(self) -> None:
        self._require_one()


class Expose(Instruction):
    """`EXPOSE port[/protocol] …`."""

    @lazy
    def words(self) -> tuple[str, ...]:
        """The ports."""
        return split_blanks(self.arguments)

    @property
    def ports(self) -> tuple[str, ...]:
        """The ports as written, sorted as the builders sort them."""
        return tuple(sorted(self.words, key=_bytes))

    def check(self) -> None:
        self._require_some()
        self._check_flags()


class Volume(Instruction):
    """`VOLUME path …`, or a JSON array of paths."""

    HAS_EXEC_FORM = True

    @lazy
    def words(self) -> tuple[str, ...]:
        """The paths, untrimmed."""
        strings = read_exec_form(self.arguments)
        return split_blanks(self.arguments) if strings is None else strings

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths, trimmed, nothing expanded."""
        return tuple(path.strip(WHITE_SPACE) for path in self.words)

    def check(self) -> None:
        self._require_some()
        self._check_flags()
        if not all(self.paths):
            raise Complaint("VOLUME specified can not be an empty string")


def _bytes(text: str) -> bytes:
    """Go compares texts byte by byte."""
    return text.encode("utf-8", "surrogateescape")
