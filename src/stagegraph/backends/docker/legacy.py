"""A plan of the legacy builder's, carried out by that builder: stage by stage, each as a slice of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from threading import Lock
from typing import IO

from docker import APIClient

from stagegraph.backends.containers.engine import EngineError
from stagegraph.backends.containers.transcripts import BuildStream
from stagegraph.backends.docker.connection import Connection, translated
from stagegraph.backends.docker.containers import remove_container
from stagegraph.backends.docker.images import inspected, layers_of, make_image
from stagegraph.backends.docker.slices import NOTHING, Slice, StageImages, needs_of, slice_of, stage_steps
from stagegraph.backends.docker.uploads import upload_of
from stagegraph.backends.oci import oci_config
from stagegraph.backends.progress import Progress, StepError
from stagegraph.backends.protocol import Build
from stagegraph.backends.scheduler import Task
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import InputError
from stagegraph.stages.references import Scratch, StageReference
from stagegraph.stages.resolved import ResolvedStage


class LegacyWork:
    """Builds the stages of one plan; may be used from several threads."""

    def __init__(self, connection: Connection, build: Build, context: ContextDirectory | None) -> None:
        self._connection = connection
        self._build = build
        self._plan = build.plan
        self._context = context
        self._images: dict[int, StageImages] = {}
        self._lock = Lock()
        self.made: list[str] = []

    def tasks(self) -> tuple[Task, ...]:
        """A task for each `ARG` before the first stage, and for each stage."""
        last = {stage.index: stage_steps(self._plan, stage)[-1].id for stage in self._stages}
        arguments = [Task(step.id, (step,)) for step in self._plan.steps if step.stage is None]
        stages = [
            Task(
                last[stage.index],
                stage_steps(self._plan, stage),
                frozenset(last[index] for index in needs_of(stage)) | {task.key for task in arguments},
            )
            for stage in self._stages
        ]
        return (*arguments, *stages)

    def image(self) -> str:
        """The image of the target."""
        return self._images[self._plan.target.index].image

    def work(self, task: Task, progress: Progress) -> None:
        """Builds the stage of a task.

        Raises:
            StepError: a step of it fails.
        """
        first = task.steps[0]
        if first.stage is None:
            progress.started(first)
            progress.finished(first)
            return
        stage = self._plan.graph.resolved.stages[first.stage]
        try:
            images = self._build_stage(stage, task, progress)
        except (EngineError, InputError) as fault:
            raise StepError(first, fault.message) from None
        with self._lock:
            self._images[stage.index] = images

    @property
    def _stages(self) -> tuple[ResolvedStage, ...]:
        return self._plan.graph.resolved.reached

    def _build_stage(self, stage: ResolvedStage, task: Task, progress: Progress) -> StageImages:
        if self._makes_nothing(stage):
            for step in task.steps:
                progress.started(step)
                progress.finished(step, "")
            return StageImages(NOTHING, self._nothing())
        with self._lock:
            piece = slice_of(self._plan, stage, self._images)
        stream = BuildStream(task.steps, piece.skipped, progress)
        try:
            self._send(piece, stage, stream, progress)
        except BaseException:  # the builder clears away too, but not before we have ended
            for container in stream.containers:
                remove_container(self._connection, container)
            raise
        finally:
            with self._lock:
                self.made += stream.images
        if stream.image is None:
            raise EngineError("the builder has made no image")
        return StageImages(stream.image, self._without_triggers(stage, stream.image))

    def _makes_nothing(self, stage: ResolvedStage) -> bool:
        """Whether there is no image of a stage, which the builder alone would call an error."""
        if stage.instructions or self._labels(stage):
            return False
        if isinstance(stage.base, StageReference):
            return self._images[stage.base.index].image == NOTHING
        return isinstance(stage.base, Scratch)

    def _labels(self, stage: ResolvedStage) -> Mapping[str, str]:
        is_target = stage.index == self._plan.target.index
        return self._plan.graph.resolved.options.labels if is_target else {}

    def _send(self, piece: Slice, stage: ResolvedStage, stream: BuildStream, progress: Progress) -> None:
        upload = upload_of(self._context, piece.text.encode("utf-8", "surrogateescape"))
        with (
            upload.archive,
            self._connection.streaming() as said,
            progress.cancellation.stopped_by(said.break_off),
            translated(),
        ):
            stream.follow(self._messages(said.client, upload.archive, upload.dockerfile, stage))

    def _messages(
        self, client: APIClient, archive: IO[bytes], dockerfile: str, stage: ResolvedStage
    ) -> Iterator[Mapping[str, object]]:
        options = self._plan.graph.resolved.options
        network = self._build.network
        messages: Iterator[Mapping[str, object]] = client.build(
            fileobj=archive,
            custom_context=True,
            dockerfile=dockerfile,
            decode=True,
            rm=True,
            forcerm=True,
            nocache=self._build.no_cache,
            buildargs=dict(options.build_args),
            labels=dict(self._labels(stage)),
            network_mode=network if network != "default" else None,
        )
        return messages

    def _without_triggers(self, stage: ResolvedStage, image: str) -> str:
        """The image of a stage as others copy from it: its triggers are for those built upon it."""
        if not stage.stage.triggers:
            return image
        about = inspected(self._connection, image)
        config = oci_config(about or {})["config"]
        assert isinstance(config, Mapping)
        plain = {name: value for name, value in config.items() if name != "OnBuild"}
        return self._make(layers_of(self._connection, image), plain)

    def _nothing(self) -> str:
        return self._make([], {})

    def _make(self, layers: list[str], config: Mapping[str, object]) -> str:
        image = make_image(self._connection, layers, config, self._plan.graph.resolved.options.platform)
        with self._lock:
            self.made.append(image)
        return image
