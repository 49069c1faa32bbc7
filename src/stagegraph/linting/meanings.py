"""What a name means to each builder: BuildKit, the legacy builder, Buildah."""

from __future__ import annotations

import enum

import attrs

from stagegraph.errors import Complaint
from stagegraph.linting.labels import with_line
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.values.letters import lower


class BuilderName(enum.Enum):
    """The builders, as messages call them."""

    BUILDKIT = "BuildKit"
    LEGACY = "the legacy builder"
    BUILDAH = "Buildah"


@attrs.frozen
class Meaning:
    """What a builder takes a name for: the stage of an index, or something else in words."""

    stage: int | None = None
    words: str = ""

    def phrase(self, subject: Subject) -> str:
        """The meaning in words."""
        return self.words if self.stage is None else with_line(subject.stages[self.stage], subject)


_ERROR = Meaning(words="an error")
_UNKNOWN = Meaning(words="what its variable holds")


def meaning_of(use: Use, builder: BuilderName, subject: Subject) -> Meaning:
    """What a base or the source of a `COPY` means to a builder.

    Buildah keeps the names of stages as they are written, and knows a stage without a name by its
    number, as a base too.
    """
    if "$" in use.name and builder is BuilderName.BUILDAH:
        return _UNKNOWN
    stage = _STAGES[builder](use, subject)
    if stage is not None:
        return Meaning(stage)
    reads_ahead = builder is BuilderName.BUILDKIT and use.meaning is not None
    return _ERROR if reads_ahead or use.index is not None else _image(use)


def _image(use: Use) -> Meaning:
    try:
        return Meaning(words=f"the image {go_quote(normalise(use.name))}")
    except Complaint:
        return _ERROR


def _for_buildkit(use: Use, _: Subject) -> int | None:
    """BuildKit: a base is compared as written, a copy in any case and in the whole file."""
    if use.meaning is None or (use.kind is EdgeKind.COPY and use.meaning >= use.stage.index):
        return None
    return use.meaning


def _for_legacy(use: Use, subject: Subject) -> int | None:
    """The legacy builder: any case, the earlier stages, a name before a number."""
    named = subject.names.first_before(lower(use.name), use.stage.index)
    return named if named is not None else _numbered(use)


def _for_buildah(use: Use, subject: Subject) -> int | None:
    """Buildah: names as they are written, the last of the earlier stages; numbers for those without."""
    named = subject.names.written_before(use.name, use.stage.index)
    return named if named is not None else _numbered(use)


def _numbered(use: Use) -> int | None:
    """The earlier stage that a number means."""
    index = use.index
    return index if index is not None and 0 <= index < use.stage.index else None


_STAGES = {
    BuilderName.BUILDKIT: _for_buildkit,
    BuilderName.LEGACY: _for_legacy,
    BuilderName.BUILDAH: _for_buildah,
}
