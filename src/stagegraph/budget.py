"""How much text a build may make of its variables, before stagegraph gives up.

One value has a limit of its own (`words.MAX_EXPANSION`); this one is for many large ones.
"""

from __future__ import annotations

from stagegraph.errors import LimitComplaint

MAX_TEXT = 128 * 1_048_576
_COUNTED_FROM = 4_096


class Budget:
    """The text that one build may still make."""

    _spent = 0

    def spend(self, text: str) -> str:
        """The text, if there is room for it; what is short is not counted.

        Raises:
            LimitComplaint: there is no room.
        """
        if len(text) >= _COUNTED_FROM:
            self._spent += len(text)
            if self._spent > MAX_TEXT:
                raise LimitComplaint(f"the values grow beyond {MAX_TEXT} characters together, a limit of stagegraph")
        return text
