"""How much a repository may make stagegraph read and work out, before it says that it is enough."""

from __future__ import annotations

from stagegraph.errors import LimitComplaint

MAX_FILE_BYTES = 1_048_576
MAX_BAKE_BYTES = 131_072
MAX_BLANK_LINES = 1_000
MAX_FILES = 2_000
MAX_NESTING = 100
MAX_MATRIX = 4_096
MAX_WORK = 4_194_304


class Allowance:
    """The work that reading one project may still cost: a unit is a step, or a character that is made."""

    def __init__(self, units: int = MAX_WORK) -> None:
        self._left = units

    def spend(self, units: int = 1) -> None:
        """Takes from what is left.

        Raises:
            LimitComplaint: nothing is left.
        """
        self._left -= units
        if self._left < 0:
            raise LimitComplaint(f"working it out takes more than {MAX_WORK} steps, a limit of stagegraph")


def nested_too_deeply() -> LimitComplaint:
    """The complaint about a file whose parts lie too deep in each other."""
    return LimitComplaint("it is nested too deeply, a limit of stagegraph")
