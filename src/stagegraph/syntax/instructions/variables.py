"""`ARG`, `ENV` and `LABEL`: names and values."""

from __future__ import annotations

from typing import ClassVar

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.quickly import maker_of
from stagegraph.syntax.instructions.base import Instruction
from stagegraph.syntax.pairs import Pair, read_pairs, split_quoted_words


@attrs.frozen(weakref_slot=False)
class Argument:
    """A build argument that `ARG` declares; `default` is None where it has none."""

    name: str
    default: str | None


_argument = maker_of(Argument)


class Arg(Instruction):
    """`ARG name[=default] …`. Flag words before the first name are dropped, whatever they are."""

    @lazy
    def words(self) -> tuple[str, ...]:
        """The declarations."""
        return tuple(split_quoted_words(self.arguments, self.escape))

    @lazy
    def declared(self) -> tuple[Argument, ...]:
        """The build arguments, in order; defaults are neither unquoted nor expanded."""
        pairs = [word.partition("=") for word in split_quoted_words(self.arguments, self.escape)]
        return tuple([_argument(name, default if equals else None) for name, equals, default in pairs])

    def check(self) -> None:
        if not self.declared:
            raise Complaint(f"{self.name} requires at least one argument")
        if "" in [argument.name for argument in self.declared if argument.default is not None]:
            raise Complaint("ARG names can not be blank")


class _Pairs(Instruction):
    """What `ENV` and `LABEL` share."""

    READ_AT_ONCE = True

    KEYWORD: ClassVar[str]

    @classmethod
    def read_ahead(cls, arguments: str, escape: str) -> dict[str, object]:
        """The pairs."""
        return {"pairs": read_pairs(arguments, escape, cls.KEYWORD)}

    @lazy
    def words(self) -> tuple[str, ...]:
        """The pairs, as written."""
        return tuple(pair.name + pair.separator + pair.value for pair in self.pairs)

    @lazy
    def pairs(self) -> tuple[Pair, ...]:
        """Names and values, in order, neither unquoted nor expanded."""
        return read_pairs(self.arguments, self.escape, self.KEYWORD)

    def check(self) -> None:
        self._check_flags()
        if not self.pairs:
            raise Complaint(f"{self.name} requires at least one argument")
        if "" in [pair.name for pair in self.pairs]:
            raise Complaint(f"{self.name} names can not be blank")


class Env(_Pairs):
    """`ENV name=value …`, or the old `ENV name value`."""

    KEYWORD = "ENV"


class Label(_Pairs):
    """`LABEL name=value …`, or the old `LABEL name value`."""

    KEYWORD = "LABEL"
