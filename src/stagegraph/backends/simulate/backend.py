"""`SimulateBackend`: carries a plan out without an engine. Nothing takes time."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock

from stagegraph.backends.announcements import EXPORT, beside, loading
from stagegraph.backends.events import STATUS, Event, Image, PlanFinished
from stagegraph.backends.files.listing import files_of
from stagegraph.backends.files.sources import MissingSourceError
from stagegraph.backends.files.tree import FileTree
from stagegraph.backends.progress import Progress, StepError
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import Task, schedule, step_tasks
from stagegraph.backends.simulate.digests import digest_of, image_digest, step_digest
from stagegraph.backends.simulate.files import Files
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import Complaint, InputError
from stagegraph.planning.operations import CopyOperation, ImageOperation
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.reference import parse_reference
from stagegraph.stages.options import Builder
from stagegraph.stages.references import BUILD_CONTEXT
from stagegraph.syntax.instructions import Add, Copy

_ID = 12
_NOT_IN_CONTEXT = "file not found in build context or excluded by .dockerignore: "


def _no_time() -> float:
    return 0.0


class SimulateBackend:
    """Carries plans out in a virtual file system, and prints what their builder would print."""

    name = "simulate"

    def run(self, build: Build) -> Iterator[Event]:
        """See `Backend.run`. The image that is told of last has the files that are known of it.

        Raises:
            InputError: the context, or a file in it, cannot be read.
        """
        plan = build.plan
        legacy = plan.builder is Builder.LEGACY
        context = _open(build, legacy=legacy)
        simulation = _Simulation(plan, context)
        yield from loading(plan, context, _no_time)
        tasks = step_tasks(plan.steps)
        succeeded = yield from schedule(tasks, simulation.work, jobs=build.jobs or 1, clock=_no_time)
        image = simulation.image(build.tags) if succeeded else None
        if image is not None and not legacy:
            yield from beside(EXPORT, _no_time, *_exported(image))
        yield PlanFinished(succeeded, _no_time(), image)


def _open(build: Build, *, legacy: bool) -> ContextDirectory | None:
    if build.context is None:
        return None
    return ContextDirectory.open(build.context, None if legacy else build.dockerfile)


def _exported(image: Image) -> list[str]:
    named = [f"naming to {parse_reference(tag).text} done" for tag in image.tags]
    return ["exporting layers done", f"writing image {image.id} done", *named]


class _Simulation:
    """One run: the files and the digest after each step."""

    def __init__(self, plan: Plan, context: ContextDirectory | None) -> None:
        self._plan = plan
        self._legacy = plan.builder is Builder.LEGACY
        self._files = Files(context, plan.builder)
        self._digests: dict[int, str] = {}
        self._made: set[str] = set()
        self._lock = Lock()

    def work(self, task: Task, progress: Progress) -> None:
        """Simulates the one step of a task."""
        (step,) = task.steps
        progress.started(step)
        try:
            digest = self._digest(step, self._files.simulate(step))
        except MissingSourceError as missing:
            raise StepError(step, self._missing(step, missing.path)) from None
        except (Complaint, InputError) as fault:
            raise StepError(step, f"{self._failed(step)}{fault.message}") from None
        if self._legacy:
            self._tell_as_legacy(step, digest, progress)
        elif step.operations and isinstance(step.operations[0], ImageOperation):
            progress.cached(step, digest)
        else:
            progress.finished(step, digest)

    def image(self, tags: tuple[str, ...]) -> Image:
        """The image that the plan makes."""
        result = self._plan.result
        tree = FileTree() if result is None else self._files.after(result)
        digest = digest_of("scratch") if result is None else self._digests[result]
        if not self._legacy:
            digest = image_digest(digest, self._plan.config)
        return Image(f"sha256:{digest}", tags, self._plan.config, files_of(tree))

    def _digest(self, step: Step, tree: FileTree) -> str:
        inputs = [self._digests[one] for one in step.inputs]
        build_args = self._plan.graph.resolved.options.build_args
        digest = step_digest(step, self._files.before(step), tree, inputs, build_args)
        self._digests[step.id] = digest
        return digest

    def _missing(self, step: Step, path: str) -> str:
        """What the builder says of a path that is not there."""
        if not self._legacy:
            return f'"{path}": not found'
        copies = [one for one in step.operations if isinstance(one, CopyOperation)]
        where = "" if any(copy.source != BUILD_CONTEXT for copy in copies) else _NOT_IN_CONTEXT
        return f"{self._failed(step)}{where}stat {path.lstrip('/')}: file does not exist"

    def _failed(self, step: Step) -> str:
        """What the legacy builder says first."""
        return f"{step.kind.value.upper()} failed: " if self._legacy else ""

    def _tell_as_legacy(self, step: Step, digest: str, progress: Progress) -> None:
        """What the legacy builder prints between the name of a step and its image."""
        if step.stage is None:  # an `ARG` before the first stage
            progress.finished(step)
            return
        if step.kind is StepKind.FROM:
            for line in self._triggers(step, digest):
                progress.output(step, line, STATUS)
            progress.finished(step, digest if step.operations or step.inputs else "")
            return
        with self._lock:
            cached = digest in self._made
            self._made.add(digest)
        if cached:
            progress.output(step, " ---> Using cache", STATUS)
            progress.cached(step, digest)
            return
        if step.kind not in (StepKind.COPY, StepKind.ADD):
            for line in _in_container(digest):
                progress.output(step, line, STATUS)
        progress.finished(step, digest)

    def _triggers(self, step: Step, digest: str) -> Iterator[str]:
        triggers = self._plan.graph.resolved.stages[step.stage or 0].triggers
        if triggers:
            yield f"# Executing {len(triggers)} build trigger{'s' if len(triggers) > 1 else ''}"
        for number, trigger in enumerate(triggers):
            if not isinstance(trigger.instruction, Copy | Add):
                yield from _in_container(digest_of(digest, number))


def _in_container(digest: str) -> list[str]:
    """What is said of a container that comes and goes."""
    container = digest_of("container", digest)[:_ID]
    return [f" ---> Running in {container}", f" ---> Removed intermediate container {container}"]
