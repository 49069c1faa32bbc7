"""`Unknowable`: how the readers of this room say that a value cannot be known."""

from __future__ import annotations

from stagegraph.projects.declared import Place


class Unknowable(Exception):  # noqa: N818 -- it is no error: the file may be sound, and we not able to follow
    """A value that cannot be evaluated here, or that the builder would refuse.

    `reason` is a sentence without its full stop; `place` is where, if nearer than the caller
    knows. It never leaves the room.
    """

    def __init__(self, reason: str, place: Place | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.place = place
