"""A diagram: boxes and arrows, and the two languages that draw it. Knows nothing of Dockerfiles."""

from __future__ import annotations

import enum

import attrs


class Look(enum.Enum):
    """How a box is drawn."""

    STAGE = "stage"
    TARGET = "target"
    IMAGE = "image"
    CONTEXT = "context"
    SCRATCH = "scratch"
    STEP = "step"
    SKIPPED = "skipped"
    BUILDKIT_ONLY = "buildkit-only"
    LEGACY_ONLY = "legacy-only"


class Line(enum.Enum):
    """How an arrow is drawn."""

    SOLID = "solid"
    DASHED = "dashed"
    DOTTED = "dotted"
    BOLD = "bold"


@attrs.frozen
class Box:
    """A box; boxes of one `group` are drawn together under its title."""

    key: str
    label: str
    look: Look
    group: str | None = None


@attrs.frozen
class Arrow:
    """An arrow between two boxes, by their keys."""

    tail: str
    head: str
    label: str = ""
    line: Line = Line.SOLID


@attrs.frozen
class Diagram:
    """Boxes and arrows, in the order in which they are written."""

    name: str
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]
    caption: str = ""

    def to_dot(self) -> str:
        """The diagram in Graphviz's language."""
        from stagegraph.diagrams.dot import dot

        return dot(self)

    def to_mermaid(self) -> str:
        """The diagram in Mermaid's language."""
        from stagegraph.diagrams.mermaid import mermaid

        return mermaid(self)
