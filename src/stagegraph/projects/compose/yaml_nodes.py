"""YAML text → nodes with places. PyYAML's events are put together here, for what it builds itself has no limits.

Compose reads YAML with a port of libyaml, which PyYAML uses too; what a plain word means is left
to `scalars`, for compose's rules are neither those of YAML 1.1 nor those of YAML 1.2.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import yaml

from stagegraph.errors import Complaint
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import MAX_NESTING, nested_too_deeply

_LOADER: type[yaml.CSafeLoader | yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@attrs.frozen(eq=False)
class Scalar:
    """A word or text; `plain` is one without quotes."""

    text: str
    plain: bool
    tag: str | None
    place: Place


@attrs.define(eq=False)
class Sequence:
    """A list."""

    tag: str | None
    place: Place
    items: list[Node] = attrs.field(factory=list)


@attrs.define(eq=False)
class Mapping:
    """Keys and values, as written: with merge keys, and with keys that stand twice."""

    tag: str | None
    place: Place
    pairs: list[tuple[Node, Node]] = attrs.field(factory=list)


Node = Scalar | Sequence | Mapping


def documents(text: str, file: str) -> list[Node]:
    """The documents of a YAML text; those that are empty are left out.

    Raises:
        NotEvaluated: it is no YAML, or is nested too deeply.
    """
    return list(_Composer(text, file).documents())


class _Composer:
    """Nodes from events, without recursion. An alias is the node itself, so nodes can go in circles."""

    def __init__(self, text: str, file: str) -> None:
        self._text = text
        self._file = file
        self._anchors: dict[str, Node] = {}
        self._open: list[Sequence | Mapping] = []
        self._keys: list[Node | None] = []
        self._root: Node | None = None

    def documents(self) -> Iterator[Node]:
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent):
                    self._anchors, self._root = {}, None
                elif isinstance(event, yaml.DocumentEndEvent):
                    if self._root is not None and not _is_nothing(self._root):
                        yield self._root
                else:
                    self._take(event)
        except yaml.YAMLError as fault:
            raise NotEvaluated(self._fault(fault)) from None
        except UnicodeError:
            raise NotEvaluated(Fault("it is no YAML: it holds no text", Place(self._file, 1))) from None

    def _take(self, event: yaml.Event) -> None:
        place = Place(self._file, event.start_mark.line + 1 if event.start_mark is not None else 1)
        if isinstance(event, yaml.ScalarEvent):
            self._add(Scalar(event.value, not event.style, _tag(event.tag), place), event.anchor)
        elif isinstance(event, yaml.AliasEvent):
            if event.anchor not in self._anchors:
                raise NotEvaluated(Fault(f"it is no YAML: there is no anchor {event.anchor}", place))
            self._add(self._anchors[event.anchor], None)
        elif isinstance(event, yaml.SequenceStartEvent):
            self._begin(Sequence(_tag(event.tag), place), event.anchor)
        elif isinstance(event, yaml.MappingStartEvent):
            self._begin(Mapping(_tag(event.tag), place), event.anchor)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._open.pop()
            self._keys.pop()

    def _begin(self, node: Sequence | Mapping, anchor: str | None) -> None:
        self._add(node, anchor)
        self._open.append(node)
        self._keys.append(None)
        if len(self._open) > MAX_NESTING:
            raise NotEvaluated(Fault(nested_too_deeply().message, node.place))

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self._anchors[anchor] = node
        if not self._open:
            self._root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is None:
            self._keys[-1] = node
        else:
            parent.pairs.append((key, node))
            self._keys[-1] = None

    def _fault(self, fault: yaml.YAMLError) -> Fault:
        problem = getattr(fault, "problem", None) or str(fault).splitlines()[0]
        if isinstance(fault, yaml.MarkedYAMLError) and fault.problem_mark is not None:
            line = min(fault.problem_mark.line, self._text.rstrip().count("\n")) + 1
        else:
            line = self._text.count("\n", 0, getattr(fault, "position", 0)) + 1
        return Fault(f"it is no YAML: {problem}", Place(self._file, line))


def _tag(tag: str | None) -> str | None:
    """The tag, None for the one that says nothing."""
    return None if tag == "!" else tag


def _is_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and node.plain and node.text == ""


def entries(node: Mapping) -> dict[str, tuple[Place, Node]]:
    """The keys of a mapping with their places and values; what `<<` brings in stands behind what is written.

    Raises:
        NotEvaluated: a key is no text or stands twice, or `<<` merges what is no mapping, or itself.
    """
    return _Merger().entries(node, ())


class _Merger:
    """Merge keys; every mapping is looked through once."""

    def __init__(self) -> None:
        self._done: dict[int, dict[str, tuple[Place, Node]]] = {}

    def entries(self, node: Mapping, within: tuple[int, ...]) -> dict[str, tuple[Place, Node]]:
        if id(node) in within:
            raise NotEvaluated(Fault("a mapping merges itself", node.place))
        if len(within) > MAX_NESTING:
            raise NotEvaluated(Fault(nested_too_deeply().message, node.place))
        if id(node) not in self._done:
            self._done[id(node)] = self._work_out(node, (*within, id(node)))
        return self._done[id(node)]

    def _work_out(self, node: Mapping, within: tuple[int, ...]) -> dict[str, tuple[Place, Node]]:
        own: dict[str, tuple[Place, Node]] = {}
        merged: dict[str, tuple[Place, Node]] = {}
        for key, value in node.pairs:
            if not isinstance(key, Scalar):
                raise NotEvaluated(Fault("a key is no text", key.place))
            if key.plain and key.text == "<<":
                merged = {**self._merged(value, within), **merged}
            elif key.text in own:
                raise NotEvaluated(Fault(f"the key {key.text} stands twice", key.place))
            else:
                own[key.text] = (key.place, value)
        return {**merged, **own}

    def _merged(self, value: Node, within: tuple[int, ...]) -> dict[str, tuple[Place, Node]]:
        found: dict[str, tuple[Place, Node]] = {}
        for one in reversed(value.items if isinstance(value, Sequence) else [value]):
            if not isinstance(one, Mapping):
                raise NotEvaluated(Fault("<< merges what is no mapping", value.place))
            found |= self.entries(one, within)
        return found


def complain(complaint: Complaint, place: Place) -> NotEvaluated:
    """The complaint with its place."""
    return NotEvaluated(Fault(complaint.message, place))
