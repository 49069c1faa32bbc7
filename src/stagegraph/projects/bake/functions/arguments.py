"""What a function is given, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal

import attrs

from stagegraph.projects.bake.values import (
    Content,
    Datum,
    to_items,
    to_members,
    to_number,
    to_text,
    to_truth,
    to_whole,
)
from stagegraph.projects.limits import Allowance

MANY = 1_000_000


@attrs.frozen
class Arguments:
    """The arguments of a call, by their number from 0, each as what a function takes it for.

    Every reader raises a `Complaint` where the argument is something else.
    """

    values: tuple[Datum, ...]
    allowance: Allowance

    def text(self, number: int) -> str:
        """A text."""
        return to_text(self.values[number]).value

    def number(self, number: int) -> Decimal:
        """A number."""
        return to_number(self.values[number])

    def whole(self, number: int) -> int:
        """A whole number of moderate size."""
        return to_whole(self.values[number])

    def truth(self, number: int) -> bool:
        """A truth value."""
        return to_truth(self.values[number])

    def items(self, number: int) -> tuple[Datum, ...]:
        """A list."""
        return to_items(self.values[number])

    def texts(self, number: int) -> list[str]:
        """A list of texts."""
        return [to_text(item).value for item in self.items(number)]

    def members(self, number: int) -> Mapping[str, Datum]:
        """An object, sorted by names."""
        return to_members(self.values[number])

    def room(self, characters: int) -> None:
        """Makes sure that there is room for a result, before it is made.

        Raises:
            LimitComplaint: there is not.
        """
        self.allowance.spend(max(characters, 0))


@attrs.frozen
class Function:
    """A function with its fewest and most arguments."""

    least: int
    most: int
    work_out: Callable[[Arguments], Content]
