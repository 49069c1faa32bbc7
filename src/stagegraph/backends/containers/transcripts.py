"""What the legacy builder says while it builds, as events of steps (`daemon/builder/dockerfile`).

The engine tells it in messages, the command line prints them one after the other: `printed_messages`
takes those apart again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from stagegraph.backends.events import STATUS
from stagegraph.backends.progress import Progress, StepError
from stagegraph.planning.vertices import Step

_step = re.compile(r"Step (\d+)/(\d+) : ")
_image = re.compile(r" ---> ([0-9a-f]{12})\Z")
_RUNNING, _REMOVED = " ---> Running in ", " ---> Removed intermediate container "
_CACHED = " ---> Using cache"
_WARNING, _TRIGGERS = " ---> [Warning]", "# Executing "
_RED, _PLAIN = "\x1b[91m", "\x1b[0m"
_BEGINS_COLOUR = re.compile(r"\x1b(?:\[(?:9(?:1)?|0)?)?\Z")

Message = Mapping[str, object]
"""One object of the stream that the engine sends."""


class BuildStream:
    """Follows the messages of one build; `steps` are those of the plan, behind `skipped` others.

    `image` is the id of what was built; `images` and `containers` are the short ids of what was begun
    upon or made on the way, in order, without what came from the cache.
    """

    def __init__(self, steps: Sequence[Step], skipped: int, progress: Progress) -> None:
        self._steps = steps
        self._skipped = skipped
        self._progress = progress
        self._number = 0
        self._container: str | None = None
        self._cached = self._taken_from_cache = False
        self._shown: str | None = None
        self._announced: list[str] = []
        self._rests = {"stdout": "", "stderr": ""}
        self.image: str | None = None
        self.images: list[str] = []
        self.containers: list[str] = []

    def follow(self, messages: Iterable[Message]) -> None:
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
    def current(self) -> Step | None:
        """The step of the plan that is at work."""
        place = self._number - self._skipped - 1
        return self._steps[place] if 0 <= place < len(self._steps) else None

    @property
    def is_begun(self) -> bool:
        """Whether a step was announced."""
        return self._number > 0

    def differences(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names of the steps that were never announced, and what was announced in the place of others."""
        names = [step.name for step in self._steps]
        return (
            tuple(name for name in names if name not in self._announced),
            tuple(line for line in self._announced if line not in names),
        )

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
        removed = f"{_REMOVED}{self._container}"
        if self._container is None:
            begun = _step.match(line)
            if begun is not None and int(begun[1]) == self._number + 1:
                self._begin_step(line)
            else:
                self._say(line)
        elif line.endswith(removed):
            # What a command writes at last need not end as a line does.
            self._rest_of_command("stdout", line.removesuffix(removed))
            self._rest_of_command("stderr", self._rests["stderr"])
            self._rests["stderr"] = ""
            self._say(removed)
        else:
            self._output(line, "stdout")

    def _begin_step(self, line: str) -> None:
        self._end_step()
        self._number += 1
        self._announced.append(line)
        if self.current is not None:
            self._progress.started(self.current)

    def _end_step(self) -> None:
        """The step that was at work is done, as nothing has gone wrong."""
        step, shown, cached = self.current, self._shown, self._cached
        self._shown, self._cached, self._container = None, False, None
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
            self._cached, self._taken_from_cache = self._taken_from_cache, False
            if not self._cached:
                self.images.append(image[1])
            return
        if not line.startswith((" ---> ", _TRIGGERS)):
            return
        self._taken_from_cache = line == _CACHED
        self._container = line.removeprefix(_RUNNING) if line.startswith(_RUNNING) else None
        if self._container is not None:
            self.containers.append(self._container)
        if self.current is not None and line.startswith((_RUNNING, _REMOVED, _CACHED, _WARNING, _TRIGGERS)):
            self._progress.output(self.current, line, STATUS)

    def _output(self, line: str, stream: str) -> None:
        """A line of a command."""
        if self.current is not None:
            self._progress.output(self.current, line.removesuffix("\r"), stream)

    def _fail(self, message: Mapping[str, object]) -> None:
        detail = message.get("errorDetail")
        code = detail.get("code") if isinstance(detail, Mapping) else None
        for stream, rest in self._rests.items():
            self._rest_of_command(stream, rest)
        raise StepError(self.current or self._steps[0], str(message["error"]), code if isinstance(code, int) else None)

    def _rest_of_command(self, stream: str, rest: str) -> None:
        """What a command has written behind its last line ending."""
        if rest:
            self._output(rest, stream)


def printed_messages(pieces: Iterable[str]) -> Iterator[Message]:
    """What the command line prints, in pieces of any length, as the messages of the engine.

    What a command writes to standard error is printed in red.
    """
    rest, is_red = "", False
    for piece in pieces:
        text = rest + piece
        cut = _BEGINS_COLOUR.search(text)
        rest = text[cut.start() :] if cut is not None else ""
        text = text.removesuffix(rest)
        while text:
            part, turned, text = text.partition(_PLAIN if is_red else _RED)
            if part:
                yield {"stream": f"{_RED}{part}{_PLAIN}" if is_red else part}
            is_red ^= bool(turned)
    if rest:
        yield {"stream": rest}
