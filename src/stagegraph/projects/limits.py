"""What a file may ask of this room before it gives up: sizes, depths, counts.

What goes beyond a limit is an `Unknown` that says so, never an error.
"""

from __future__ import annotations

MAX_FILE_BYTES = 524_288
"""Bytes of one Compose, bake or environment file."""

MAX_FILES = 512
"""Files that one project may be made of."""

MAX_DEPTH = 100
"""How deep values, expressions and calls may be nested."""

MAX_NODES = 100_000
"""Values of one Compose file, each alias counted as often as it is used."""

MAX_STEPS = 500_000
"""Expressions that the bake files of one project may evaluate."""

MAX_TEXT = 1_048_576
"""Characters of one value."""

MAX_ITEMS = 10_000
"""Elements of one list or map, and targets of one matrix."""

MAX_TEMPLATES = 5_000
"""Uses of `${` in one bake file."""

MAX_BLANKS = 500
"""Blanks and line ends in a row in one bake file in HCL, whose reader slows down with their square."""

MAX_INHERITED = 50_000
"""How often the targets of one project may inherit, counted through to the last."""
