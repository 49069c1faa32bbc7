"""What a build is asked for, beside the Dockerfile: target, build arguments, contexts, images."""

from __future__ import annotations

import enum
from collections.abc import Callable, Mapping

import attrs

from stagegraph.checks import NO_OPTIONS, CheckOptions
from stagegraph.lazily import lazy
from stagegraph.platforms import HOST, Platform

ImageConfigSource = Callable[[str], Mapping[str, object] | None]


class Builder(enum.Enum):
    """Which builder is asked."""

    BUILDKIT = "buildkit"
    LEGACY = "legacy"


def no_image_configs(reference: str) -> None:
    """The image configs that nobody has given: none."""


@attrs.frozen(slots=False)
class BuildOptions:
    """The options of one build, the same for every builder.

    `images` gives the image config (the JSON object that OCI defines) of a normalised reference
    such as `docker.io/library/alpine:3.19`, or None for the config that is assumed of images.
    `several_platforms` asks for the platform in the names of steps. `target_index` names the
    target by its index instead, which no builder can; with `every_stage` all stages are put
    together, as BuildKit's own checks do it. `dockerignore` is the text of the context's
    `.dockerignore`, which the build checks look at.
    """

    target: str | None = None
    build_args: Mapping[str, str] = attrs.field(factory=dict)
    contexts: Mapping[str, str] = attrs.field(factory=dict)
    images: ImageConfigSource = no_image_configs
    labels: Mapping[str, str] = attrs.field(factory=dict)
    platform: Platform = HOST
    build_platform: Platform = HOST
    checks: CheckOptions = NO_OPTIONS
    several_platforms: bool = False
    target_index: int | None = None
    every_stage: bool = False
    dockerignore: str = ""

    @lazy
    def platform_args(self) -> Mapping[str, str]:
        """The arguments that the two platforms define."""
        building, wanted = self.build_platform, self.platform
        return {
            "BUILDPLATFORM": building.text,
            "BUILDOS": building.os,
            "BUILDOSVERSION": building.os_version,
            "BUILDARCH": building.architecture,
            "BUILDVARIANT": building.variant,
            "TARGETPLATFORM": wanted.full_text,
            "TARGETOS": wanted.os,
            "TARGETOSVERSION": wanted.os_version,
            "TARGETARCH": wanted.architecture,
            "TARGETVARIANT": wanted.variant,
        }
