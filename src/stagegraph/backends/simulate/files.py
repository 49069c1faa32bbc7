"""The files after each step, as far as they are known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Lock

from stagegraph.backends.files.contexts import tree_of_context
from stagegraph.backends.files.copying import copy, inline_file, make_directory
from stagegraph.backends.files.nodes import Entry, Unknown
from stagegraph.backends.files.tree import ANYTHING, FileTree
from stagegraph.context.directory import ContextDirectory
from stagegraph.planning.operations import (
    ContextOperation,
    CopyOperation,
    DirectoryOperation,
    DownloadOperation,
    FileOperation,
    ImageOperation,
    MergeOperation,
    Operation,
    PathItem,
    RunOperation,
)
from stagegraph.planning.vertices import Step
from stagegraph.stages.contexts import is_directory
from stagegraph.stages.options import Builder
from stagegraph.stages.references import BuildContext, NamedContext, Scratch

LocalContext = Callable[[NamedContext], Path | None]


class Files:
    """The tree after each step that has been simulated. Steps may be simulated in several threads."""

    def __init__(self, context: ContextDirectory | None, builder: Builder) -> None:
        self._context = context
        self._builder = builder
        self._trees: dict[int, FileTree] = {}
        self._context_tree: FileTree | None = None
        self._lock = Lock()

    def after(self, step: Step | int) -> FileTree:
        """The files after a step that has been simulated."""
        return self._trees[step if isinstance(step, int) else step.id]

    def before(self, step: Step) -> FileTree:
        """The files that a step stands on."""
        base = step.reads[0] if step.reads else None
        return FileTree() if base is None else self._trees[base]

    def simulate(self, step: Step) -> FileTree:
        """Carries out a step whose inputs have been simulated.

        Raises:
            MissingSourceError: a path that is copied is not there.
            Complaint: see `copy`.
            InputError: a file of the context cannot be read.
        """
        tree = self.before(step)
        reads = list(step.reads[1:])
        for operation in step.operations:
            count = len(operation.items) if isinstance(operation, CopyOperation) else len(reads)
            tree = self._carry_out(operation, tree, reads[:count], step.id)
            reads = reads[count:] if isinstance(operation, CopyOperation) else reads
        self._trees[step.id] = tree
        return tree

    def _carry_out(self, operation: Operation, tree: FileTree, reads: list[int | None], step: int) -> FileTree:
        if isinstance(operation, CopyOperation):
            sources = [
                self._source(operation, read, step) if isinstance(item, PathItem) else FileTree()
                for item, read in zip(operation.items, reads, strict=True)
            ]
            return tree.with_changes(copy(tree, operation, sources, step, self._builder))
        if isinstance(operation, DirectoryOperation):
            return tree.with_changes(make_directory(tree, operation, step))
        if isinstance(operation, RunOperation):
            return tree.after_unknown_changes(step)
        if isinstance(operation, MergeOperation):
            (linked,) = reads
            return tree.with_changes(self._trees[linked].entries) if linked is not None else tree
        return self._beginning(operation, step)

    def _beginning(
        self, operation: ImageOperation | ContextOperation | FileOperation | DownloadOperation, step: int
    ) -> FileTree:
        """The files of what stands on nothing."""
        if isinstance(operation, ImageOperation):
            return FileTree(makers=(step,))
        if isinstance(operation, DownloadOperation):
            return FileTree({f"/{ANYTHING}": Entry(Unknown(), (step,))})
        if isinstance(operation, FileOperation):
            item = operation.item
            return FileTree({f"/{item.name}": Entry(inline_file(item), (step,))} if item is not None else {})
        if operation.context is None:
            return self._build_context()
        if is_directory(operation.context):
            return tree_of_context(ContextDirectory.open(operation.context.value))
        return FileTree(makers=(step,))

    def _source(self, operation: CopyOperation, read: int | None, step: int) -> FileTree:
        """What a path is copied from."""
        if read is not None:
            return self._trees[read]
        if isinstance(operation.source, BuildContext):
            return self._build_context()
        # Only an image has no step of its own with the legacy builder; nothing else is left but nothing.
        return FileTree() if isinstance(operation.source, Scratch | NamedContext) else FileTree(makers=(step,))

    def _build_context(self) -> FileTree:
        with self._lock:
            if self._context_tree is None:
                self._context_tree = tree_of_context(self._context)
            return self._context_tree
