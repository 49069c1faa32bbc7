"""What Buildah itself says at the end of a `RUN`, told from what the command prints."""

from __future__ import annotations

import re
from threading import Lock

from stagegraph.backends.containers.engine import Tell

_own = re.compile(
    r"(?:(?:subprocess|container|process) exited (?:on [a-z ]+|with (?:exit )?status \d+|with error: .*)"
    r"|Error: (?:while running runtime: )?exit status \d+)\Z"
)
_ERROR = "Error: "


class OwnWords:
    """Passes lines on, and keeps back those that may be Buildah's last words until it is known."""

    def __init__(self, tell: Tell) -> None:
        self._tell = tell
        self._kept: list[str] = []
        self._lock = Lock()

    def tell(self, line: str, stream: str) -> None:
        """Takes a line of output, from any thread."""
        with self._lock:
            if stream != "stderr":
                self._tell(line, stream)
            elif line.startswith(_ERROR) or _own.search(line):
                self._kept.append(line)
            else:
                self._release()
                self._tell(line, stream)

    def finish(self, *, failed: bool) -> str | None:
        """Ends the output. Why Buildah could not do it at all; None where the command ran.

        Where it ran, the last words say nothing that its exit code does not say.
        """
        if not failed:
            self._release()
            return None
        failure = None
        if self._kept and self._kept[-1].startswith(_ERROR) and not _own.search(self._kept[-1]):
            failure = self._kept.pop().removeprefix(_ERROR)
        self._drop_own()
        self._release()
        return failure

    def _drop_own(self) -> None:
        """Takes Buildah's words away from the end; a line that the command left open keeps its beginning."""
        while self._kept:
            found = _own.search(self._kept[-1])
            if found is None:
                return
            begun = self._kept.pop()[: found.start()]
            if begun:
                self._kept.append(begun)
                return

    def _release(self) -> None:
        for line in self._kept:
            self._tell(line, "stderr")
        self._kept.clear()
