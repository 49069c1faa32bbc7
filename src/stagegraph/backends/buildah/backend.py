"""`BuildahBackend`: plans of either builder through the command `buildah`."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from stagegraph.backends.announcements import EXPORT, beside, loading
from stagegraph.backends.buildah.cleaning import cleared_away, sweep, temporary_folder
from stagegraph.backends.buildah.commands import Buildah
from stagegraph.backends.buildah.engine import BuildahEngine
from stagegraph.backends.buildah.images import inspected, name_of
from stagegraph.backends.buildah.processes import ProcessRunner, Runner
from stagegraph.backends.buildah.refusals import refuse
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.containers.legacy import LegacyContainerWork
from stagegraph.backends.containers.work import ContainerWork
from stagegraph.backends.events import Event, Image, PlanFinished
from stagegraph.backends.progress import Cancellation, Clock
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import schedule, step_tasks
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import BackendError
from stagegraph.stages.options import Builder


class BuildahBackend:
    """Carries plans out in working containers of Buildah's, as root or rootless."""

    name = "buildah"

    def __init__(self, runner: Runner | None = None) -> None:
        self._runner = runner or ProcessRunner()

    def image_config(self, reference: str) -> Mapping[str, object] | None:
        """See `KnowsImages.image_config`."""
        with temporary_folder() as folder:
            try:
                return inspected(Buildah(self._runner, folder, Cancellation()), name_of(reference))
            except EngineError as fault:
                raise BackendError(fault.message) from None

    def run(self, build: Build) -> Iterator[Event]:
        """See `Backend.run`.

        Raises:
            BackendError: there is no Buildah, or it cannot do what the plan asks for.
            InputError: the context cannot be read.
        """
        legacy = build.plan.builder is Builder.LEGACY
        context = None
        if build.context is not None:
            context = ContextDirectory.open(build.context, None if legacy else build.dockerfile)
        cancellation = Cancellation()
        with temporary_folder() as folder:
            buildah = Buildah(self._runner, folder, cancellation)
            refuse(build, buildah, self.name)
            try:
                sweep(buildah)
                yield from _carry_out(buildah, build, context, cancellation)
            except EngineError as fault:
                raise BackendError(fault.message) from None


def _carry_out(
    buildah: Buildah, build: Build, context: ContextDirectory | None, cancellation: Cancellation
) -> Iterator[Event]:
    began = time.monotonic()

    def clock() -> float:
        return time.monotonic() - began

    plan = build.plan
    engine = BuildahEngine(buildah, build)
    work = _work_of(plan.builder)(plan, engine, context)
    image = None
    with cleared_away(buildah, engine.made, engine.lent, keep=build.keep):
        yield from loading(plan, context, clock)
        succeeded = yield from schedule(
            step_tasks(plan.steps), work.work, jobs=build.jobs, clock=clock, cancellation=cancellation
        )
        if succeeded:
            image = Image(engine.finish(work.image(), plan.config, build.tags), build.tags, plan.config)
            yield from _exported(image, plan.builder, clock)
    yield PlanFinished(succeeded, clock(), image)


def _exported(image: Image, builder: Builder, clock: Clock) -> Iterator[Event]:
    if builder is Builder.BUILDKIT:
        named = [f"naming to {tag} done" for tag in image.tags]
        yield from beside(EXPORT, clock, f"writing image {image.id} done", *named)


def _work_of(builder: Builder) -> type[ContainerWork]:
    return LegacyContainerWork if builder is Builder.LEGACY else ContainerWork
