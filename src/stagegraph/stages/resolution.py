"""The one way from cut stages to resolved ones, for either builder."""

from __future__ import annotations

from stagegraph.checks import Checks
from stagegraph.stages.buildkit import resolve_for_buildkit
from stagegraph.stages.cutting import CutDockerfile
from stagegraph.stages.legacy import resolve_for_legacy
from stagegraph.stages.options import Builder, BuildOptions
from stagegraph.stages.resolved import ResolvedDockerfile

# Looked up once: a member of an Enum costs a call each time it is asked of its class.
_LEGACY = Builder.LEGACY


def resolve(
    cut: CutDockerfile, builder: Builder, options: BuildOptions, checks: Checks | None = None
) -> ResolvedDockerfile:
    """What the names of a Dockerfile mean to `builder`; only BuildKit has checks to make.

    Raises:
        StageGraphError: what the builder says before it plans anything.
    """
    if builder is _LEGACY:
        return resolve_for_legacy(cut, options)
    return resolve_for_buildkit(cut, options, checks)
