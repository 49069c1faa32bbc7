"""What is built from a Dockerfile, as far as anybody has said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import attrs


@attrs.frozen
class DeclaredTarget:
    """One build of a Dockerfile that a repository declares.

    `stage` is the target as written, None for the last stage. `build_args` and `contexts` are
    those of this build alone. `origin` says who declares it, for messages: `service web in
    compose.yaml`.
    """

    stage: str | None = None
    build_args: Mapping[str, str] = attrs.field(factory=dict)
    contexts: Mapping[str, str] = attrs.field(factory=dict)
    origin: str = ""

    @property
    def label(self) -> str:
        """How messages call it."""
        return self.stage or "the last stage"


@attrs.frozen
class UnknownTargets:
    """It cannot be known all that is built from a file; `reason` says why, `known` is what is built besides."""

    reason: str
    known: tuple[DeclaredTarget, ...] = ()


Targets = Iterable[str | DeclaredTarget | None] | UnknownTargets | None
"""The targets of a file: names of stages, builds, or that they are unknown; None if nobody declares any."""

LAST_STAGE = (DeclaredTarget(),)


def declared_targets(targets: Targets) -> tuple[DeclaredTarget, ...] | UnknownTargets:
    """The targets as builds; where none is declared, the last stage is built."""
    if isinstance(targets, UnknownTargets):
        return targets
    if isinstance(targets, str):
        targets = [targets]
    given = (one if isinstance(one, DeclaredTarget) else DeclaredTarget(one or None) for one in targets or ())
    return tuple(given) or LAST_STAGE


def declared_arguments(targets: tuple[DeclaredTarget, ...] | UnknownTargets) -> Mapping[str, str]:
    """The build arguments that some build is given; where several give another value, that of the first."""
    builds = targets.known if isinstance(targets, UnknownTargets) else targets
    return {name: value for build in reversed(builds) for name, value in build.build_args.items()}
