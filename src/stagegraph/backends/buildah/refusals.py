"""What cannot be carried out as the builder of the plan does it: refused before anything runs."""

from __future__ import annotations

import shutil

from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.buildah.invocations import CHROOT, network_of, wrapper_of
from stagegraph.backends.containers.support import refuse_unsupported
from stagegraph.backends.protocol import Build
from stagegraph.errors import UnsupportedError
from stagegraph.planning.operations import RunOperation

_NO_PLACE = "with BUILDAH_ISOLATION=chroot there is no place for a script that names its own interpreter"


def refuse(build: Build, buildah: Buildah, backend: str) -> None:
    """Looks at every step of a plan.

    Raises:
        UnsupportedError: the first step that cannot be carried out, with its place.
    """
    refuse_unsupported(build.plan, backend, frozenset())
    for step in build.plan.steps:
        runs = [operation for operation in step.operations if isinstance(operation, RunOperation)]
        reasons = [reason for run in runs if (reason := _reason(run, build, buildah)) is not None]
        if reasons:
            message = f"the backend {backend} cannot carry out {step.name}: {reasons[0]}"
            raise UnsupportedError(message, source=build.plan.graph.resolved.source, span=step.span)


def _reason(run: RunOperation, build: Build, buildah: Buildah) -> str | None:
    if run.script is not None and buildah.isolation == CHROOT:
        return _NO_PLACE
    wrapper = wrapper_of(buildah.isolation, network_of(run, build.network))
    missing = [program for program in wrapper if not program.startswith("-") and shutil.which(program) is None]
    return f"without a network it needs the program {missing[0]}" if missing else None
