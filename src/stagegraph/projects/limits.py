"""How much a repository may make stagegraph read and work out, before it says that it is enough."""

from __future__ import annotations

from stagegraph.errors import LimitComplaint

MAX_FILE_BYTES = 1_048_576
MAX_BAKE_BYTES = 131_072
MAX_BLANK_LINES = 1_000
MAX_FILES = 2_000
MAX_NESTING = 100
MAX_MATRIX = 4_096
MAX_WORK = 2_097_152

STEP = 16
"""What working out one value costs, in characters that are made."""
INCLUDE = 4_096
"""What including a file costs: one that is included many times is looked through as often."""


class Allowance:
    """The work that may still be done for files that are read together: a unit is a character that is made."""

    def __init__(self) -> None:
        self._left = MAX_WORK

    def spend(self, units: int = STEP) -> None:
        """Takes from what is left.

        Raises:
            LimitComplaint: nothing is left.
        """
        self._left -= units
        if self._left < 0:
            raise LimitComplaint(f"working it out makes more than {MAX_WORK} characters, a limit of stagegraph")


def nested_too_deeply() -> LimitComplaint:
    """The complaint about a file whose parts lie too deep in each other."""
    return LimitComplaint("it is nested too deeply, a limit of stagegraph")
