"""`Buildah`: the command, called as its documentation says, and its errors as ours."""

from __future__ import annotations

import os
import signal
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from stagegraph.backends.buildah.noise import OwnWords
from stagegraph.backends.buildah.processes import Ending, Runner
from stagegraph.backends.containers.engine import EngineError, Tell
from stagegraph.backends.progress import Cancellation
from stagegraph.errors import BackendError

PROGRAM = "buildah"
_QUIET = "--log-level=error"  # warnings would stand among the lines that a `RUN` prints
_RUNTIME = ("info", "--format={{.host.OCIRuntime}}")
_ERROR = "Error: "


class Buildah:
    """Calls `buildah` for one build; its temporary files stand in `folder`.

    What Buildah reads from its environment (`BUILDAH_ISOLATION`, `STORAGE_DRIVER`,
    `CONTAINERS_STORAGE_CONF`, …) it reads from ours.
    """

    def __init__(self, runner: Runner, folder: Path, cancellation: Cancellation) -> None:
        self._runner = runner
        self._cancellation = cancellation
        self.folder = folder
        self.environment = _environment(folder)

    @property
    def isolation(self) -> str:
        """How a `RUN` is kept apart: `oci`, `rootless` or `chroot`."""
        return self.environment.get("BUILDAH_ISOLATION") or ("oci" if is_root() else "rootless")

    def call(self, *words: str) -> str:
        """What a command of Buildah's prints, without blanks around it.

        Raises:
            EngineError: it fails.
            BackendError: there is no Buildah.
            CancelledError: the build was cancelled.
        """
        return self.read(*words).decode("utf-8", "surrogateescape").strip()

    def read(self, *words: str) -> bytes:
        """What a command prints, byte by byte; see `call`."""
        ending = self._call(words, self._cancellation)
        if ending.exit_code:
            raise EngineError(reason(ending))
        return ending.output

    def attempt(self, *words: str) -> Ending:
        """Calls a command that may fail, whether or not the build was cancelled.

        Raises:
            BackendError: there is no Buildah.
        """
        return self._call(words, None)

    def stream(self, wrapper: Sequence[str], words: Sequence[str], tell: Tell, cancellation: Cancellation) -> int:
        """The exit code of a process that Buildah runs; what Buildah says of it itself is not told.

        `wrapper` is a program, with arguments, that starts Buildah.

        Raises:
            EngineError: the process cannot be begun, or Buildah has been killed.
            CancelledError: the build was cancelled.
        """
        own = OwnWords(tell)
        argv = (*wrapper, PROGRAM, _QUIET, *words)
        try:
            code = self._runner.stream(argv, self.environment, own.tell, cancellation)
        except FileNotFoundError as missing:
            raise _not_there(missing) from None
        failure = own.finish(failed=code != 0)
        if code < 0:
            raise EngineError(_killed(code))
        if failure is not None:
            raise EngineError(failure)
        return code

    def end_process(self, container: str) -> None:
        """Ends a process that the runtime began for a Buildah that is no more."""
        runtime = self.environment.get("BUILDAH_RUNTIME") or self.attempt(*_RUNTIME).output.decode().strip()
        if runtime:
            with suppress(FileNotFoundError):
                self._runner.call((runtime, "delete", "--force", container), self.environment)

    def _call(self, words: Sequence[str], cancellation: Cancellation | None) -> Ending:
        try:
            return self._runner.call((PROGRAM, _QUIET, *words), self.environment, cancellation)
        except FileNotFoundError as missing:
            raise _not_there(missing) from None


def reason(ending: Ending) -> str:
    """Why a command failed: its last words."""
    if ending.exit_code < 0:
        return _killed(ending.exit_code)
    before, mark, said = ending.error.rpartition(_ERROR)
    text = said if mark else before + said
    return " ".join(text.split()) or f"buildah ended with exit code {ending.exit_code}"


def is_root() -> bool:
    """Whether files of containers are read and written without further ado; true in `buildah unshare` too."""
    return os.geteuid() == 0


def _environment(folder: Path) -> Mapping[str, str]:
    """What Buildah sees: our environment, but that temporary files stand in `folder`.

    A `DOCKER_CONFIG` that holds no file would make it fail, even where no registry is asked.
    """
    settings = os.environ.get("DOCKER_CONFIG")
    names_nothing = settings is not None and not Path(settings, "config.json").is_file()
    kept = {name: value for name, value in os.environ.items() if not (names_nothing and name == "DOCKER_CONFIG")}
    return {**kept, "TMPDIR": str(folder)}


def _killed(code: int) -> str:
    return f"buildah was killed by {signal.Signals(-code).name}"


def _not_there(missing: FileNotFoundError) -> BackendError:
    program = missing.filename or PROGRAM
    return BackendError(f"the backend buildah needs the program {program}: install it (apt install buildah)")
