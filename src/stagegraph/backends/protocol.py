"""`Backend`: that which carries out a plan. `Build`: what it is asked to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

import attrs

from stagegraph.backends.events import Event
from stagegraph.planning.plan import Plan
from stagegraph.stages.options import Builder


@attrs.frozen
class Build:
    """One build: the plan, and what is said of how to carry it out.

    `context` is the directory of the build context, None for an empty one; `dockerfile` the path
    of the Dockerfile, where it has one. `tags` are the names that the image is given. `jobs` says
    how many steps (or stages) may run together, None leaves it to the backend. `network` is the
    network of `RUN`s. `no_cache`: every step runs. `keep`: what is made on the way is left behind.
    `instance` names the instance of buildx that the backend buildkit uses, None for the current one.
    """

    plan: Plan
    context: Path | None = None
    dockerfile: Path | None = None
    tags: tuple[str, ...] = ()
    jobs: int | None = None
    network: str = "default"
    no_cache: bool = False
    keep: bool = False
    instance: str | None = None


@runtime_checkable
class Backend(Protocol):
    """That which carries out a plan.

    `run` refuses what it cannot do exactly before anything happens (`UnsupportedError`), and then
    tells events as they happen. Closing the iterator cancels: what runs is stopped, and nothing is
    left behind. A step that fails is an event, no exception.
    """

    @property
    def name(self) -> str:
        """The name under which it is found."""
        ...

    def run(self, build: Build) -> Iterator[Event]:
        """Carries out the plan of `build`.

        Raises:
            BackendError: the engine is not there, or cannot do what the plan asks for.
        """
        ...


@runtime_checkable
class HasBuilders(Protocol):
    """A backend that carries out the plans of some builders only; it refuses those of others."""

    @property
    def builders(self) -> frozenset[Builder]:
        """The builders whose plans it carries out."""
        ...


@runtime_checkable
class KnowsImages(Protocol):
    """A backend that knows the configs of images: plans for it are made with them."""

    def image_config(self, reference: str) -> Mapping[str, object] | None:
        """The OCI config of the image `reference` (normalised); None where it has no such image.

        Raises:
            BackendError: the engine is not there.
        """
        ...
