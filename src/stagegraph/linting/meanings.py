"""What a name means to each builder: BuildKit, the legacy builder, Buildah."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from stagegraph.errors import Complaint
from stagegraph.linting.labels import with_line
from stagegraph.linting.subject import Subject
from stagegraph.linting.uses import Use
from stagegraph.model.graph import EdgeKind
from stagegraph.quoting import go_quote
from stagegraph.reference import normalise
from stagegraph.values.letters import lower


@attrs.frozen(eq=False)
class NamedBuilder:
    """A builder, as messages call it, and which stage it takes a name for."""

    name: str
    stage_of: Callable[[Use, Subject], int | None]


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


def meaning_of(use: Use, builder: NamedBuilder, subject: Subject) -> Meaning:
    """What a base or the source of a `COPY` means to a builder.

    Buildah keeps the names of stages as they are written, and knows a stage without a name by its
    number, as a base too.
    """
    if "$" in use.name and builder is BUILDAH:
        return _UNKNOWN
    stage = builder.stage_of(use, subject)
    if stage is not None:
        return Meaning(stage)
    reads_ahead = builder is BUILDKIT and use.meaning is not None
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


BUILDKIT = NamedBuilder("BuildKit", _for_buildkit)
LEGACY = NamedBuilder("the legacy builder", _for_legacy)
BUILDAH = NamedBuilder("Buildah", _for_buildah)
