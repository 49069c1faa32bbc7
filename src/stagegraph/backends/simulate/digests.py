"""Ids of simulated images: digests of what a step does and of what it reads, the same on every run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence

from stagegraph.backends.files.nodes import File, Node
from stagegraph.backends.files.tree import FileTree
from stagegraph.planning.operations import Operation, RunOperation
from stagegraph.planning.vertices import Step
from stagegraph.syntax.instructions import Arg


def digest_of(*parts: object) -> str:
    """The SHA-256 of the parts, in hexadecimal digits."""
    text = "\0".join(map(str, parts))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def step_digest(
    step: Step, base: FileTree, tree: FileTree, inputs: Sequence[str], build_args: Mapping[str, str]
) -> str:
    """The digest of the image after a step, which stands on `base` and makes `tree`.

    `inputs` are the digests of the steps it reads. A `FROM` of a stage that does nothing else has
    that of the stage.
    """
    if not step.operations and step.instruction is not None and step.instruction.name == "FROM" and inputs:
        return inputs[0]
    said = [_said(operation) for operation in step.operations]
    if not said and step.instruction is not None:
        said = [step.instruction.line, *_arguments(step, build_args)]
    return digest_of(step.kind.value, *inputs, *said, *_changes(base, tree))


def image_digest(tree_digest: str, config: Mapping[str, object]) -> str:
    """The digest of an image: its files, and its config."""
    return digest_of(tree_digest, json.dumps(config, sort_keys=True))


def _said(operation: Operation) -> str:
    if isinstance(operation, RunOperation):
        return repr((operation, operation.environment()))
    return repr(operation)


def _arguments(step: Step, build_args: Mapping[str, str]) -> list[str]:
    if not isinstance(step.instruction, Arg):
        return []
    return [build_args.get(argument.name, "") for argument in step.instruction.declared]


def _changes(base: FileTree, tree: FileTree) -> Iterable[str]:
    """The entries that are new, with the digests of files."""
    for path in sorted(tree.entries):
        entry = tree.entries[path]
        if base.entries.get(path) != entry:
            yield f"{path} {_node(entry.node)}"


def _node(node: Node) -> str:
    if isinstance(node, File):
        return f"file {node.mode:o} {node.owner.text} {node.content.digest}"
    return repr(node)
