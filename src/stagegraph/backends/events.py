"""What happens while a plan is carried out, as values.

Of every step of a plan one of these is told, once: it is finished, cached, failed or skipped. What
is finished or failed was started before. Output comes between. The last event is `PlanFinished`.

`name` is the line that the builder announces. `step` is the step of the plan, None for what a
builder does beside the plan: loading, exporting. `time` counts seconds since the run began.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import attrs

from stagegraph.planning.vertices import Step

STATUS = "status"
"""The stream of lines that a builder says itself, and no process."""


@attrs.frozen
class Image:
    """An image that was made: its id, the tags it was given, and its config.

    `files` is what a simulation knows of its files, None where an engine knows them.
    """

    id: str
    tags: tuple[str, ...] = ()
    config: Mapping[str, object] = attrs.field(factory=dict)
    files: ImageFiles | None = None

    def to_dict(self) -> dict[str, object]:
        """The image as JSON has it."""
        files = None if self.files is None else attrs.asdict(self.files)
        return {"id": self.id, "tags": list(self.tags), "config": dict(self.config), "files": files}


@attrs.frozen
class ImageFile:
    """A file of an image, as far as it is known.

    `kind` is `file`, `folder`, `link`, or `unknown` where a `RUN` or an image outside made it;
    then mode, owner and size are not known either. `steps` are the ids of the steps that made it
    and brought it here; `uncertain` those because of which it may be another by now.
    """

    path: str
    kind: str
    steps: tuple[int, ...]
    uncertain: tuple[int, ...] = ()
    mode: int | None = None
    owner: str | None = None
    size: int | None = None
    target: str | None = None


@attrs.frozen
class ImageFiles:
    """The files of an image that are known; `others` are the steps that may have made more."""

    known: tuple[ImageFile, ...]
    others: tuple[int, ...] = ()


@attrs.frozen
class _OfStep:
    """What all events of steps have."""

    KIND: ClassVar[str]

    name: str
    step: Step | None
    time: float

    def to_dict(self) -> dict[str, object]:
        """The event as JSON has it."""
        members: dict[str, object] = {
            "event": self.KIND,
            "time": round(self.time, 3),
            "name": self.name,
            "step": self.step.id if self.step is not None else None,
            "stage": self.step.stage if self.step is not None else None,
            "lines": list(self.step.lines) if self.step is not None and self.step.lines is not None else None,
        }
        return members | self._more()

    def _more(self) -> dict[str, object]:
        return {}


@attrs.frozen
class StepStarted(_OfStep):
    """A step begins."""

    KIND = "step-started"


@attrs.frozen
class OutputLine(_OfStep):
    """A line that a step prints, without its line ending; `stream` is `stdout`, `stderr` or `STATUS`."""

    KIND = "output"

    text: str
    stream: str = "stdout"

    def _more(self) -> dict[str, object]:
        return {"text": self.text, "stream": self.stream}


@attrs.frozen
class StepFinished(_OfStep):
    """A step is done. `image` is the id of the image after it, where there is one.

    `ended` is when it ended, where that is known only later.
    """

    KIND = "step-finished"

    image: str | None = None
    ended: float | None = None

    def _more(self) -> dict[str, object]:
        return {"image": self.image}


@attrs.frozen
class StepCached(_OfStep):
    """A step need not run: its result was there already. `image` and `ended` as in `StepFinished`."""

    KIND = "step-cached"

    image: str | None = None
    ended: float | None = None

    def _more(self) -> dict[str, object]:
        return {"image": self.image}


@attrs.frozen
class StepFailed(_OfStep):
    """A step fails. `exit_code` is that of its command, None for other failures."""

    KIND = "step-failed"

    message: str
    exit_code: int | None = None

    def _more(self) -> dict[str, object]:
        return {"message": self.message, "exit_code": self.exit_code}


@attrs.frozen
class StepSkipped(_OfStep):
    """A step does not run, for the reason given: something it needs has failed."""

    KIND = "step-skipped"

    reason: str

    def _more(self) -> dict[str, object]:
        return {"reason": self.reason}


@attrs.frozen
class PlanFinished:
    """The end. `image` is what was made, None where a step failed or nothing is kept.

    `unseen` are the names that were predicted and that the builder never announced, `unpredicted`
    those that it announced and nobody had predicted; both are empty for what a backend of ours
    carries out step by step.
    """

    KIND: ClassVar[str] = "plan-finished"

    succeeded: bool
    time: float
    image: Image | None = None
    unseen: tuple[str, ...] = ()
    unpredicted: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, object]:
        """The event as JSON has it."""
        image = self.image
        return {
            "event": self.KIND,
            "time": round(self.time, 3),
            "succeeded": self.succeeded,
            "image": None if image is None else image.to_dict(),
            "unseen": list(self.unseen),
            "unpredicted": list(self.unpredicted),
        }


Event = StepStarted | OutputLine | StepFinished | StepCached | StepFailed | StepSkipped | PlanFinished
"""Everything that a backend can tell."""
