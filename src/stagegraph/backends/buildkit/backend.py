"""`BuildKitBackend`: the builder of the plan carries it out, and what it tells is laid beside it."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Mapping

from stagegraph.backends.buildkit.command import command_of, find_program, work_folder
from stagegraph.backends.buildkit.legacy import run_legacy
from stagegraph.backends.buildkit.messages import Message, read_messages
from stagegraph.backends.buildkit.processes import saying
from stagegraph.backends.buildkit.progress import Progress
from stagegraph.backends.events import Event, Image, PlanFinished
from stagegraph.backends.oci import oci_config
from stagegraph.backends.protocol import Build
from stagegraph.errors import BackendError
from stagegraph.stages.options import Builder

_ERROR = "ERROR: "


class BuildKitBackend:
    """Runs `docker buildx build`, on the builder instance that is in use or the one that is named.

    A plan of the legacy builder's is carried out by that builder, through `docker build`.
    """

    name = "buildkit"

    def image_config(self, reference: str) -> Mapping[str, object] | None:
        """See `KnowsImages.image_config`: what the Docker Engine of the command line has."""
        words = (find_program(), "image", "inspect", reference)
        done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, check=False)  # noqa: S603
        if done.returncode:
            return None
        (about,) = json.loads(done.stdout)
        return oci_config(about)

    def run(self, build: Build) -> Iterator[Event]:
        """See `Backend.run`.

        Raises:
            UnsupportedError: the plan is the legacy builder's, and there is none.
            BackendError: there is no `docker`, or no builder that answers.
            InputError: the context cannot be read.
        """
        run = run_legacy if build.plan.builder is Builder.LEGACY else _run_buildkit
        return run(build)


def _run_buildkit(build: Build) -> Iterator[Event]:
    progress = Progress(build.plan)
    with work_folder(build) as (context, image_file):
        command = command_of(build, find_program(), context, image_file)
        texts: list[str] = []
        with saying(command) as (process, stream):
            for message in read_messages(stream):
                if isinstance(message, Message):
                    yield from progress.events(message)
                else:
                    texts.append(message)
            code = process.wait()
        if code and not progress.failed:
            raise BackendError(_reason(texts))
        yield from progress.end(succeeded=not code)
        image = None
        if not code and image_file.exists():
            image = Image(image_file.read_text(encoding="utf-8").strip(), build.tags, build.plan.config)
    yield _finished(progress, image, succeeded=not code)


def _finished(progress: Progress, image: Image | None, *, succeeded: bool) -> PlanFinished:
    """The end, with what was predicted and not seen, as far as BuildKit had the time to announce it."""
    vertices = progress.vertices
    unseen = (*vertices.unseen_loads, *(step.name for step in vertices.unseen)) if succeeded else ()
    return PlanFinished(succeeded, progress.now, image, unseen, tuple(vertices.unpredicted))


def _reason(texts: list[str]) -> str:
    """What `docker buildx build` says when it fails before or beside any vertex."""
    errors = [text.removeprefix(_ERROR) for text in texts if text.startswith(_ERROR)]
    said = errors or [text for text in texts if text.strip()]
    return f"docker buildx build: {said[-1]}" if said else "docker buildx build has ended without a word"
