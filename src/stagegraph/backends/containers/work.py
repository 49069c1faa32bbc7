"""One step after the other is carried out in a container, and becomes an image."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import ExitStack

import attrs

from stagegraph.backends.containers.accounts import Accounts, UnknownAccountError
from stagegraph.backends.containers.archives import archive_of
from stagegraph.backends.containers.engine import Container, Engine, EngineError
from stagegraph.backends.files.contexts import tree_of_context
from stagegraph.backends.files.copying import copy, make_directory
from stagegraph.backends.files.nodes import Entry
from stagegraph.backends.files.sources import MissingSourceError
from stagegraph.backends.files.tree import FileTree, Tree
from stagegraph.backends.progress import Progress, StepError
from stagegraph.backends.scheduler import Task
from stagegraph.context.directory import ContextDirectory
from stagegraph.errors import Complaint, InputError
from stagegraph.planning.operations import (
    ContextOperation,
    CopyOperation,
    DirectoryOperation,
    FileOperation,
    ImageOperation,
    InlineItem,
    MergeOperation,
    Operation,
    RunOperation,
)
from stagegraph.planning.plan import Plan
from stagegraph.planning.vertices import Step, StepKind
from stagegraph.reference import normalise
from stagegraph.stages.contexts import is_directory
from stagegraph.stages.options import Builder
from stagegraph.stages.references import ImageReference


@attrs.frozen
class Loose:
    """Files that stand on nothing yet: those that a `COPY --link`, which is the `step`, copies.

    A Docker Engine with its own image store puts them together with the files below them as any
    other `COPY` does: folders that are there keep their modes, links on the way are followed.
    """

    step: Step


Result = str | FileTree | Loose | None
"""What a step has made: an image by its id, a context, loose files, or nothing that lasts."""


class ContainerWork:
    """Carries out the steps of one plan of BuildKit's on an engine; may be used from several threads."""

    builder = Builder.BUILDKIT

    def __init__(self, plan: Plan, engine: Engine, context: ContextDirectory | None) -> None:
        self._plan = plan
        self._engine = engine
        self._context = context
        self._results: dict[int, Result] = {}
        self._linked = {step.reads[1] for step in plan.steps if step.kind is StepKind.LINK}

    def image(self) -> str | None:
        """The image that the plan makes, before it has its config; None where it has no files."""
        result = self._results[self._plan.result] if self._plan.result is not None else None
        assert result is None or isinstance(result, str)
        return result

    def work(self, task: Task, progress: Progress) -> None:
        """Carries out the one step of a task.

        Raises:
            StepError: it fails.
        """
        (step,) = task.steps
        progress.started(step)
        try:
            result = self._result_of(step, progress)
        except MissingSourceError as missing:
            raise StepError(step, self._missing(step, missing.path)) from None
        except (Complaint, InputError, EngineError) as fault:
            raise StepError(step, self._failed(step, fault.message)) from None
        except UnknownAccountError as unknown:
            raise StepError(step, str(unknown)) from None
        self._results[step.id] = result
        progress.finished(step, result if isinstance(result, str) else None)

    def _result_of(self, step: Step, progress: Progress) -> Result:
        """What a step makes."""
        return self._carry_out(step, step.operations[0], progress)

    def _missing(self, step: Step, path: str) -> str:  # noqa: ARG002 - another builder names the step
        """What the builder says of a path that is not there."""
        return f'"{path}": not found'

    def _failed(self, step: Step, message: str) -> str:  # noqa: ARG002 - as above
        """What the builder says of a step that fails."""
        return message

    def _failed_command(self, words: Sequence[str], code: int) -> str:
        """What the builder says of a command that fails."""
        return f'process "{" ".join(words)}" did not complete successfully: exit code: {code}'

    def _carry_out(self, step: Step, operation: Operation, progress: Progress) -> Result:
        if isinstance(operation, ImageOperation):
            return self._engine.image(operation)
        if isinstance(operation, ContextOperation):
            return self._open(operation)
        if isinstance(operation, FileOperation):
            return None  # whoever reads it has it already
        if isinstance(operation, CopyOperation) and step.id in self._linked:
            self._copied(step, operation, FileTree())  # what is missing is missed here
            return Loose(step)
        run = operation if isinstance(operation, RunOperation) else None
        with self._engine.container(self._base(step), run) as container:
            self._change(step, operation, container, progress)
            return container.commit()

    def _open(self, operation: ContextOperation) -> Result:
        named = operation.context
        if named is None:
            return tree_of_context(self._context)
        if is_directory(named):
            return tree_of_context(ContextDirectory.open(named.value))
        reference = ImageReference(normalise(named.value.partition(":")[2].removeprefix("//")))
        return self._engine.image(ImageOperation(reference, self._plan.graph.resolved.options.platform))

    def _base(self, step: Step) -> str | None:
        base = self._results[step.reads[0]] if step.reads[0] is not None else None
        assert base is None or isinstance(base, str)
        return base

    def _change(self, step: Step, operation: Operation, container: Container, progress: Progress) -> None:
        if isinstance(operation, RunOperation):
            self._run(step, operation, container, progress)
        elif isinstance(operation, CopyOperation):
            self._put(step, self._copied(step, operation, container.files), container)
        elif isinstance(operation, DirectoryOperation):
            self._put(step, make_directory(container.files, operation, step.id), container)
        elif isinstance(operation, MergeOperation):
            loose = self._results[step.reads[1] or 0]
            assert isinstance(loose, Loose)
            copying = loose.step.operations[0]
            assert isinstance(copying, CopyOperation)
            self._put(step, self._copied(loose.step, copying, container.files), container)

    def _run(self, step: Step, operation: RunOperation, container: Container, progress: Progress) -> None:
        def tell(text: str, stream: str) -> None:
            progress.output(step, text, stream)

        code = container.run(tell, progress.cancellation)
        if code:
            raise StepError(step, self._failed_command(operation.words, code), code)

    def _put(self, step: Step, changes: Mapping[str, Entry], container: Container) -> None:
        with archive_of(changes, self._accounts(step, container).numbers) as archive:
            container.extract(archive)

    def _accounts(self, step: Step, container: Container) -> Accounts:
        """The accounts by which owners are found."""
        return Accounts(None if self._base(step) is None else container.files)

    def _copied(self, step: Step, operation: CopyOperation, base: Tree) -> Mapping[str, Entry]:
        """What a `COPY` changes; containers are there while it is worked out, for their files are read."""
        results = [self._results[read] if read is not None else None for read in step.reads[1:]]
        return self._copied_from(results, step, operation, base)

    def _copied_from(
        self, results: Sequence[Result], step: Step, operation: CopyOperation, base: Tree
    ) -> Mapping[str, Entry]:
        """What a `COPY` changes, of which each item reads the result at its place."""
        images = dict.fromkeys(result for result in results if isinstance(result, str))
        with ExitStack() as stack:
            trees = {image: stack.enter_context(self._engine.container(image)).files for image in images}
            sources = [
                FileTree() if isinstance(item, InlineItem) else _tree(result, trees)
                for item, result in zip(operation.items, results, strict=True)
            ]
            return copy(base, operation, sources, step.id, self.builder)


def _tree(result: Result, trees: Mapping[str, Tree]) -> Tree:
    if isinstance(result, str):
        return trees[result]
    return result if isinstance(result, FileTree) else FileTree()
