"""The `include` of a compose file → `Include`."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.compose.interpolation import interpolated
from stagegraph.projects.compose.scalars import is_null, is_text
from stagegraph.projects.compose.sections import Surroundings
from stagegraph.projects.compose.yaml_nodes import Mapping, Node, Scalar, Sequence, complain, entries
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.locations import is_path
from stagegraph.projects.texts import named


@attrs.frozen
class Include:
    """Files that are read together, and the directory and the `.env` files they are read with, if said."""

    paths: tuple[str, ...]
    directory: str | None
    env_files: tuple[str, ...]
    place: Place


def includes_of(node: Node | None, around: Surroundings) -> Iterator[Include]:
    """What a file includes, in its order.

    Raises:
        NotEvaluated: it is malformed, or to be fetched.
    """
    if node is None or is_null(node):
        return
    if not isinstance(node, Sequence):
        raise NotEvaluated(Fault("include must be a list", node.place))
    for item in node.items:
        yield _include(item, around)


def _include(item: Node, around: Surroundings) -> Include:
    if not isinstance(item, Mapping):
        return Include((local_path(item, around),), None, (), item.place)
    fields = {name: node for name, (_, node) in entries(item).items() if not is_null(node)}
    paths = tuple(local_path(one, around) for one in _items(fields.get("path")))
    if not paths:
        raise NotEvaluated(Fault("an include has no path", item.place))
    directory = fields.get("project_directory")
    env_files = tuple(local_path(one, around) for one in _items(fields.get("env_file")))
    return Include(paths, local_path(directory, around) if directory is not None else None, env_files, item.place)


def _items(node: Node | None) -> list[Node]:
    if node is None:
        return []
    return node.items if isinstance(node, Sequence) else [node]


def local_path(node: Node, around: Surroundings) -> str:
    """The path of a file of the repository.

    Raises:
        NotEvaluated: as `fixed_text`, or it is to be fetched.
    """
    path = fixed_text(node, around)
    if path.startswith("oci:") or not is_path(path):
        raise NotEvaluated(Fault(f"{path} would have to be fetched", node.place))
    return path


def fixed_text(node: Node, around: Surroundings) -> str:
    """A text on which depends what is read.

    Raises:
        NotEvaluated: it is no text, or depends on a variable that can be set from outside.
    """
    if not isinstance(node, Scalar) or not is_text(node):
        raise NotEvaluated(Fault("a text was expected", node.place))
    try:
        text = interpolated(node.text, around.environment, around.allowance)
    except Complaint as complaint:
        raise complain(complaint, node.place) from None
    if text.variables:
        raise NotEvaluated(Fault(f"{node.text} depends on {named(text.variables)}", node.place))
    return text.value
