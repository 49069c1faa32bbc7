"""What the legacy builder says while it builds, as events of steps (`daemon/builder/dockerfile`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from stagegraph.backends.events import STATUS
from stagegraph.backends.progress import Progress, StepError
from stagegraph.planning.vertices import Step

_step = re.compile(r"Step (\d+)/(\d+) : ")
_image = re.compile(r" ---> ([0-9a-f]{12})\Z")
_RUNNING, _REMOVED = " ---> Running in ", " ---> Removed intermediate container "
_CACHED = " ---> Using cache"
_WARNING, _TRIGGERS = " ---> [Warning]", "# Executing "
_RED, _PLAIN = "\x1b[91m", "\x1b[0m"


class BuildStream:
    """Follows the messages of one build; `steps` are those of the plan, behind `skipped` others."""

    def __init__(self, steps: Sequence[Step], skipped: int, progress: Progress) -> None:
        self._steps = steps
        self._skipped = skipped
        self._progress = progress
        self._number = 0
        self._in_container = False
        self._cached = False
        self._shown: str | None = None
        self._rests = {"stdout": "", "stderr": ""}
        self.image: str | None = None
        self.images: list[str] = []
        self.containers: list[str] = []

    def follow(self, messages: Iterable[Mapping[str, object]]) -> None:
        """Tells of the steps until the build is over.

        Raises:
            StepError: a step fails.
        """
        for message in messages:
            if "stream" in message:
                self._read(str(message["stream"]))
            aux = message.get("aux")
            if isinstance(aux, Mapping) and "ID" in aux:
                self.image = str(aux["ID"])
            if "error" in message:
                self._fail(message)
        self._end_step()

    @property
    def _current(self) -> Step | None:
        """The step of the plan that is at work."""
        place = self._number - self._skipped - 1
        return self._steps[place] if 0 <= place < len(self._steps) else None

    def _read(self, text: str) -> None:
        """A piece of text; what a command writes to standard error comes in red."""
        stream = "stderr" if text.startswith(_RED) else "stdout"
        if stream == "stderr":
            text = text.removeprefix(_RED).removesuffix(_PLAIN)
        *lines, self._rests[stream] = (self._rests[stream] + text).split("\n")
        for line in lines:
            if stream == "stderr":
                self._output(line, stream)
            else:
                self._line(line)

    def _line(self, line: str) -> None:
        begun = _step.match(line)
        if begun is not None and not self._in_container and int(begun[1]) == self._number + 1:
            self._begin_step()
        elif self._in_container and not line.startswith(_REMOVED):
            self._output(line, "stdout")
        else:
            self._say(line)

    def _begin_step(self) -> None:
        self._end_step()
        self._number += 1
        if self._current is not None:
            self._progress.started(self._current)

    def _end_step(self) -> None:
        """The step that was at work is done, as nothing has gone wrong."""
        step, shown, cached = self._current, self._shown, self._cached
        self._shown, self._cached, self._in_container = None, False, False
        if step is None:
            return
        if cached:
            self._progress.cached(step, shown)
        else:
            self._progress.finished(step, shown if shown is not None or step.stage is None else "")

    def _say(self, line: str) -> None:
        """A line of the builder itself."""
        image = _image.match(line)
        if image is not None:
            self._shown = image[1]
            self.images.append(image[1])
            return
        if line == _CACHED:
            self._cached = True
        self._in_container = line.startswith(_RUNNING)
        if self._in_container:
            self.containers.append(line.removeprefix(_RUNNING))
        if self._current is not None and line.startswith((_RUNNING, _REMOVED, _CACHED, _WARNING, _TRIGGERS)):
            self._progress.output(self._current, line, STATUS)

    def _output(self, line: str, stream: str) -> None:
        """A line of a command."""
        if self._current is not None:
            self._progress.output(self._current, line.removesuffix("\r"), stream)

    def _fail(self, message: Mapping[str, object]) -> None:
        detail = message.get("errorDetail")
        code = detail.get("code") if isinstance(detail, Mapping) else None
        step = self._current or self._steps[0]
        for stream, rest in self._rests.items():
            if rest:
                self._output(rest, stream)
        raise StepError(step, str(message["error"]), code if isinstance(code, int) else None)
