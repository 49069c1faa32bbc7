"""What a name means once it is resolved: the sum type `Reference`."""

from __future__ import annotations

from functools import lru_cache

import attrs

from stagegraph.reference import normalise


@attrs.frozen
class StageReference:
    """A stage of the same file, by its index."""

    index: int


@attrs.frozen
class ImageReference:
    """An image from outside, by its normalised name: `docker.io/library/alpine:3.19`."""

    name: str


@attrs.frozen
class NamedContext:
    """A build context given by name (`--build-context name=value`).

    `key` is the name it was found under: the name, or the name with a platform.
    """

    key: str
    value: str


@attrs.frozen
class BuildContext:
    """The build context itself."""


@attrs.frozen
class Scratch:
    """The empty image."""


@attrs.frozen
class Unresolved:
    """A name that means nothing; the legacy builder says so when it gets there, and not before."""

    message: str
    suggestion: str | None = None


Reference = StageReference | ImageReference | NamedContext | BuildContext | Scratch | Unresolved

BUILD_CONTEXT = BuildContext()
SCRATCH = Scratch()
EMPTY_IMAGE_NAME = "scratch"


@lru_cache(maxsize=4096)
def stage_reference(index: int) -> StageReference:
    """The reference to a stage: one value for all who name it."""
    return StageReference(index)


@lru_cache(maxsize=4096)
def image_reference(text: str) -> ImageReference:
    """The image that `text` names: one value for all who name it so.

    Raises what `normalise` raises.
    """
    return ImageReference(normalise(text))
