"""What cannot be carried out in containers as BuildKit does it: refused before anything runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from stagegraph.errors import UnsupportedError
from stagegraph.planning.operations import (
    ContextOperation,
    CopyOperation,
    DownloadItem,
    DownloadOperation,
    Operation,
    RepositoryItem,
    RunOperation,
)
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step
from stagegraph.stages.contexts import is_directory
from stagegraph.syntax.mounts import MountType

Refusal = Callable[[Operation], str | None]
"""Why an operation cannot be carried out; None where it can."""


def refuse_unsupported(plan: Plan, backend: str, mounts: frozenset[MountType]) -> None:
    """Looks at every step of a plan; `mounts` are the types of mounts that the backend has.

    Raises:
        UnsupportedError: the first step that cannot be carried out, with its place.
    """
    for step in plan.steps:
        for reason in _reasons(step, mounts):
            message = f"the backend {backend} cannot carry out {step.name}: {reason}"
            raise UnsupportedError(message, source=plan.graph.resolved.source, span=step.span)


def _reasons(step: Step, mounts: frozenset[MountType]) -> Iterator[str]:
    for operation in step.operations:
        if isinstance(operation, RunOperation):
            yield from _reasons_of_run(operation, mounts)
        elif isinstance(operation, DownloadOperation):
            yield _of_download(operation.item)
        elif isinstance(operation, CopyOperation):
            yield from (
                _of_download(item) for item in operation.items if isinstance(item, DownloadItem | RepositoryItem)
            )
        elif isinstance(operation, ContextOperation) and operation.context is not None:
            value = operation.context.value
            if not (is_directory(operation.context) or value.startswith("docker-image:")):
                yield f"the named context {operation.context.key} is neither a directory nor an image"


def _reasons_of_run(run: RunOperation, mounts: frozenset[MountType]) -> Iterator[str]:
    for mount in run.mounts:
        if mount.type not in mounts:
            yield f"there is no --mount=type={mount.type.value}"
    if run.security != "sandbox":
        yield f"there is no --security={run.security}"


def _of_download(item: DownloadItem | RepositoryItem) -> str:
    return "nothing is fetched" if isinstance(item, DownloadItem) else "repositories are not fetched"
