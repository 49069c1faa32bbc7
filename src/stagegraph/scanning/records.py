"""`ScanRecord`: what a scan tells of one file. The same file gives the same record, wherever it is read."""

from __future__ import annotations

import attrs

from stagegraph.syntax.characters import REPLACEMENT, SURROGATES

SCHEMA_VERSION = 1
"""The version of the dump of a record; it changes when a member changes its meaning or goes away."""


@attrs.frozen(slots=False)
class ScanFault:
    """Why something could not be told: `kind` is the name of the error class, `line` counts from 1."""

    kind: str
    message: str
    line: int | None = None

    def to_dict(self) -> dict[str, object]:
        """The fault as JSON has it."""
        return {"kind": self.kind, "message": self.message, "line": self.line}


@attrs.frozen(slots=False)
class ScannedStage:
    """A stage: its name in lower case (None without one), its base as written, the line of its `FROM`."""

    index: int
    name: str | None
    base: str
    line: int | None

    def to_dict(self) -> dict[str, object]:
        """The stage as JSON has it."""
        return {"index": self.index, "name": self.name, "base": self.base, "line": self.line}


@attrs.frozen(slots=False)
class ScannedEdge:
    """The stage `consumer` needs `source`: another stage, by index, or an image or a context, by name.

    `kind` is `base`, `copy`, `mount` or `onbuild`.
    """

    source: int | str
    consumer: int
    kind: str
    line: int | None

    def to_dict(self) -> dict[str, object]:
        """The edge as JSON has it."""
        return {"source": self.source, "consumer": self.consumer, "kind": self.kind, "line": self.line}


@attrs.frozen(slots=False)
class ScannedBuild:
    """What one builder does by default, for the last stage.

    `execution_set` are the indices of the stages that it runs, `steps` is how many steps it
    announces (the legacy builder also those before it fails), `images` are the external images
    that it asks for. Of a build that fails `error` says why, and `execution_set` is empty.
    """

    execution_set: tuple[int, ...] = ()
    steps: int = 0
    images: tuple[str, ...] = ()
    error: ScanFault | None = None

    def to_dict(self) -> dict[str, object]:
        """The build as JSON has it."""
        return {
            "execution_set": list(self.execution_set),
            "steps": self.steps,
            "images": list(self.images),
            "error": self.error.to_dict() if self.error is not None else None,
        }


@attrs.frozen(slots=False)
class ScanRecord:
    """What a scan tells of one file.

    `error` says why the file cannot be read at all; then there is nothing else. `size` is in
    bytes. `frontend` is the image that `# syntax=` names. `resolved_by` is the builder whose edges
    and images these are: `buildkit`, `legacy` where BuildKit refuses the file before it plans, and
    None where both do. `images` are all external images that any stage names; `dead_stages` are the
    indices of the stages that the last one does not need.

    Example:
        >>> import stagegraph
        >>> [record] = stagegraph.scan("stages.Dockerfile")  # doctest: +SKIP
        >>> record.buildkit.execution_set, record.legacy.execution_set  # doctest: +SKIP
        ((0, 2), (0, 1, 2))
    """

    path: str
    error: ScanFault | None = None
    size: int | None = None
    lines: int | None = None
    frontend: str | None = None
    stages: tuple[ScannedStage, ...] = ()
    resolved_by: str | None = None
    edges: tuple[ScannedEdge, ...] = ()
    images: tuple[str, ...] = ()
    dead_stages: tuple[int, ...] = ()
    buildkit: ScannedBuild | None = None
    legacy: ScannedBuild | None = None

    @property
    def failures(self) -> tuple[str, ...]:
        """What has an error: `file` if it cannot be read, else the builders that refuse it."""
        if self.error is not None:
            return ("file",)
        builds = (("buildkit", self.buildkit), ("legacy", self.legacy))
        return tuple([name for name, build in builds if build is not None and build.error is not None])

    def to_dict(self) -> dict[str, object]:
        """The record as JSON has it; `scan.schema.json` in the package describes it."""
        return {
            "schema": SCHEMA_VERSION,
            "path": without_odd_bytes(self.path),
            "error": self.error.to_dict() if self.error is not None else None,
            "size": self.size,
            "lines": self.lines,
            "frontend": self.frontend,
            "stages": [stage.to_dict() for stage in self.stages],
            "resolved_by": self.resolved_by,
            "edges": [edge.to_dict() for edge in self.edges],
            "images": list(self.images),
            "dead_stages": list(self.dead_stages),
            "buildkit": self.buildkit.to_dict() if self.buildkit is not None else None,
            "legacy": self.legacy.to_dict() if self.legacy is not None else None,
        }


def without_odd_bytes(text: str) -> str:
    """A text that can be written as UTF-8: bytes that are none become U+FFFD."""
    return text if text.isascii() else SURROGATES.sub(REPLACEMENT, text)
