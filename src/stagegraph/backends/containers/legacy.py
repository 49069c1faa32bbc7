"""A plan of the legacy builder's, carried out in containers on an engine that does not have it."""

from __future__ import annotations

from collections.abc import Sequence

from stagegraph.backends.containers.accounts import Accounts, StrictAccounts
from stagegraph.backends.containers.engine import Container
from stagegraph.backends.containers.work import ContainerWork, Result
from stagegraph.backends.files.contexts import tree_of_context
from stagegraph.backends.files.tree import FileTree
from stagegraph.backends.progress import Progress
from stagegraph.planning.operations import (
    CopyOperation,
    ImageOperation,
    Operation,
    RunOperation,
)
from stagegraph.planning.vertices import Step
from stagegraph.stages.options import Builder
from stagegraph.stages.references import BuildContext, ImageReference

_NOT_IN_CONTEXT = "file not found in build context or excluded by .dockerignore: "


class LegacyContainerWork(ContainerWork):
    """Carries out the steps of one plan: an instruction that changes no files has the image of the one before.

    The name of an owner that nobody knows is an error.
    """

    builder = Builder.LEGACY

    def _result_of(self, step: Step, progress: Progress) -> Result:
        image = self._base(step)
        reads = list(step.reads[1:])
        for operation in step.operations:
            if isinstance(operation, ImageOperation):
                image = self._engine.image(operation)
                continue
            count = len(operation.items) if isinstance(operation, CopyOperation) else 0
            image = self._after(image, step, operation, reads[:count], progress)
            reads = reads[count:]
        return image

    def _after(
        self, image: str | None, step: Step, operation: Operation, reads: Sequence[int | None], progress: Progress
    ) -> str:
        """The image after one operation of a step."""
        run = operation if isinstance(operation, RunOperation) else None
        with self._engine.container(image, run) as container:
            if isinstance(operation, CopyOperation):
                sources = [self._source(operation, read) for read in reads]
                self._put(step, self._copied_from(sources, step, operation, container.files), container)
            else:
                self._change(step, operation, container, progress)
            return container.commit()

    def _source(self, operation: CopyOperation, read: int | None) -> Result:
        """What an item is copied from."""
        if read is not None:
            return self._results[read]
        if isinstance(operation.source, BuildContext):
            return tree_of_context(self._context)
        if isinstance(operation.source, ImageReference):
            return self._engine.image(ImageOperation(operation.source, self._plan.graph.resolved.options.platform))
        return FileTree()

    def _accounts(self, step: Step, container: Container) -> Accounts:  # noqa: ARG002 - BuildKit looks at it
        return StrictAccounts(container.files)

    def _missing(self, step: Step, path: str) -> str:
        copies = [one for one in step.operations if isinstance(one, CopyOperation)]
        where = _NOT_IN_CONTEXT if all(isinstance(copy.source, BuildContext) for copy in copies) else ""
        return self._failed(step, f"{where}stat {path.lstrip('/')}: file does not exist")

    def _failed(self, step: Step, message: str) -> str:
        return message if message.startswith("When using ") else f"{step.kind.value.upper()} failed: {message}"

    def _failed_command(self, words: Sequence[str], code: int) -> str:
        return f"The command '{' '.join(words)}' returned a non-zero code: {code}"
