"""`DockerBackend`: plans of either builder on a Docker Engine."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing

from stagegraph.backends.announcements import EXPORT, beside, loading
from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.containers.support import refuse_unsupported
from stagegraph.backends.containers.work import ContainerWork
from stagegraph.backends.docker.cleaning import cleared_away, images_there, short_id, sweep
from stagegraph.backends.docker.connection import Connection
from stagegraph.backends.docker.engine import DockerEngine
from stagegraph.backends.docker.images import inspected, tag_image
from stagegraph.backends.docker.legacy import LegacyWork
from stagegraph.backends.docker.uploads import refuse_ignore_file
from stagegraph.backends.events import Event, Image, PlanFinished
from stagegraph.backends.oci import oci_config
from stagegraph.backends.progress import Clock
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import schedule, step_tasks
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import BackendError
from stagegraph.reference import parse_reference
from stagegraph.stages.options import Builder


class DockerBackend:
    """Carries plans out on the Docker Engine that `DOCKER_HOST` names, or the one of this machine."""

    name = "docker"

    def image_config(self, reference: str) -> Mapping[str, object] | None:
        """See `KnowsImages.image_config`."""
        with closing(Connection()) as connection:
            try:
                about = inspected(connection, reference)
            except EngineError as fault:
                raise BackendError(fault.message) from None
        return oci_config(about) if about is not None else None

    def run(self, build: Build) -> Iterator[Event]:
        """See `Backend.run`.

        Raises:
            BackendError: there is no engine, or it cannot do what the plan asks for.
            InputError: the context cannot be read.
        """
        legacy = build.plan.builder is Builder.LEGACY
        if not legacy:
            refuse_unsupported(build.plan, self.name, frozenset())
        context = None
        if build.context is not None:
            context = ContextDirectory.open(build.context, None if legacy else build.dockerfile)
        if legacy:
            refuse_ignore_file(build.plan, context)
        began = time.monotonic()
        run = _run_legacy if legacy else _run_buildkit
        with closing(Connection()) as connection:
            try:
                sweep(connection)
                yield from run(connection, build, context, lambda: time.monotonic() - began)
            except EngineError as fault:
                raise BackendError(fault.message) from None


def _run_buildkit(
    connection: Connection, build: Build, context: ContextDirectory | None, clock: Clock
) -> Iterator[Event]:
    plan = build.plan
    engine = DockerEngine(connection, plan.graph.resolved.options.platform, build.network)
    work = ContainerWork(plan, engine, context)
    image = None
    with cleared_away(connection, engine.made, frozenset, keep=build.keep):
        yield from loading(plan, context, clock)
        succeeded = yield from schedule(step_tasks(plan.steps), work.work, jobs=build.jobs, clock=clock)
        if succeeded:
            image = Image(engine.finish(work.image(), plan.config, build.tags), build.tags, plan.config)
            named = [f"naming to {parse_reference(tag).text} done" for tag in build.tags]
            yield from beside(EXPORT, clock, f"writing image {image.id} done", *named)
    yield PlanFinished(succeeded, clock(), image)


def _run_legacy(
    connection: Connection, build: Build, context: ContextDirectory | None, clock: Clock
) -> Iterator[Event]:
    plan = build.plan
    work = LegacyWork(connection, build, context)
    spared = set(images_there(connection))
    image = None
    with cleared_away(connection, work.made, lambda: spared, keep=build.keep):
        yield from loading(plan, context, clock)
        succeeded = yield from schedule(work.tasks(), work.work, jobs=build.jobs, clock=clock)
        if succeeded:
            image = Image(work.image(), build.tags, plan.config)
            spared.add(short_id(image.id))
            for tag in build.tags:
                tag_image(connection, image.id, tag)
    yield PlanFinished(succeeded, clock(), image)
