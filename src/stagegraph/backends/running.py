"""The verb `run`: a plan is carried out by a backend."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike
from pathlib import Path

import attrs

from stagegraph.backends.events import Event
from stagegraph.backends.protocol import Backend, Build, KnowsImages
from stagegraph.backends.registry import find_backend
from stagegraph.backends.secrets import Mask
from stagegraph.errors import BackendError, Complaint, InputError
from stagegraph.model.graph import StageGraph
from stagegraph.planning.plan import Plan, plan_graph
from stagegraph.quoting import go_quote
from stagegraph.reference import parse_reference
from stagegraph.stages.options import no_image_configs
from stagegraph.stages.resolution import resolve


def run(
    plan: Plan,
    *,
    backend: str | Backend = "simulate",
    context: str | PathLike[str] | None = None,
    dockerfile: str | PathLike[str] | None = None,
    tag: str | Sequence[str] = (),
    jobs: int | None = None,
    network: str = "default",
    no_cache: bool = False,
    keep: bool = False,
    instance: str | None = None,
) -> Iterator[Event]:
    """Carries out `plan`, and yields what happens as it happens; the last event is `PlanFinished`.

    `backend` is a name or a `Backend`. `context` is a directory, an empty one if absent;
    `dockerfile` the path of the Dockerfile, beside which its own ignore file may stand. The other
    keywords are those of `Build`. A backend that knows images gets a plan that is made anew with
    their configs, unless it was made with image configs before. Closing the iterator cancels the
    build. Values of build arguments whose names sound secret are shown as `****`.

    Raises:
        BackendNotFoundError: there is no such backend, or something it needs is not installed.
        InputError: a tag is no image reference, or the context is no directory.
        BackendError: on the first event asked for: the engine is not there, or cannot do it.
    """
    if jobs is not None and jobs < 1:
        raise InputError(f"{jobs} jobs can do nothing; at least 1 is needed")
    chosen = find_backend(backend) if isinstance(backend, str) else backend
    build = Build(
        plan=_with_known_images(plan, chosen),
        context=Path(context) if context is not None else None,
        dockerfile=Path(dockerfile) if dockerfile is not None else None,
        tags=tuple(map(_tag, [tag] if isinstance(tag, str) else tag)),
        jobs=jobs,
        network=network,
        no_cache=no_cache,
        keep=keep,
        instance=instance,
    )
    return _masked(chosen, build)


def _with_known_images(plan: Plan, backend: Backend) -> Plan:
    """The plan as it is once the configs of the images are known."""
    resolved = plan.graph.resolved
    if not isinstance(backend, KnowsImages) or resolved.options.images is not no_image_configs:
        return plan
    options = attrs.evolve(resolved.options, images=backend.image_config)
    return plan_graph(StageGraph(resolve(resolved.cut, resolved.builder, options)))


def _masked(backend: Backend, build: Build) -> Iterator[Event]:
    mask = Mask.of_build_args(build.plan.graph.resolved.options.build_args)
    events = backend.run(build)
    try:
        yield from map(mask.event, events)
    except BackendError as error:
        raise mask.error(error) from None
    finally:
        close = getattr(events, "close", None)  # a generator; an iterator has nothing to clean up
        if close is not None:
            close()


def _tag(text: str) -> str:
    """A tag in the short form that people use: `hello:latest`.

    Raises:
        InputError: it is no image reference.
    """
    try:
        return parse_reference(text).with_default_tag().familiar
    except Complaint as complaint:
        raise InputError(f"invalid tag {go_quote(text)}: {complaint.message}") from None
