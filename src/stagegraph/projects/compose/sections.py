"""The `build` of a service → `Draft`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import attrs

from stagegraph.errors import Complaint
from stagegraph.projects.compose.environment import Environment
from stagegraph.projects.compose.interpolation import interpolated
from stagegraph.projects.compose.scalars import as_text, is_null, is_text
from stagegraph.projects.compose.yaml_nodes import Mapping as MappingNode
from stagegraph.projects.compose.yaml_nodes import Node, Scalar, Sequence, complain, entries
from stagegraph.projects.declared import Declarer, Place
from stagegraph.projects.drafts import Draft, Fault, NotEvaluated, Said, Slot
from stagegraph.projects.limits import Allowance
from stagegraph.projects.locations import located
from stagegraph.projects.texts import Text

_RESET, _OVERRIDE = "!reset", "!override"
_MAPS = ("args", "additional_contexts")
_LINKS = ("service:", "target:")


@attrs.frozen
class Surroundings:
    """What a section is read with: the variables, the directory its paths begin at, and the work left.

    `own` are the names of the variables that the service itself has when it runs, `*` for any.
    """

    environment: Environment
    directory: str
    allowance: Allowance
    own: frozenset[str] = frozenset()


def draft_of(name: str, place: Place, build: Node, around: Surroundings) -> Draft:
    """What the `build` of the service `name` says. A field that cannot be worked out is a `Fault`.

    Raises:
        NotEvaluated: it is neither a text nor a mapping.
    """
    draft = Draft(name, Declarer.SERVICE, place)
    if isinstance(build, Scalar) and is_text(build):
        return attrs.evolve(draft, context=_context(build, around))
    if not isinstance(build, MappingNode):
        raise NotEvaluated(Fault("a build is neither a text nor a mapping", build.place))
    fields = {key: node for key, (_, node) in entries(build).items()}
    said = {key: node for key, node in fields.items() if not is_reset(node) and not is_null(node)}
    return attrs.evolve(
        draft,
        context=_context(said["context"], around) if "context" in said else None,
        dockerfile=_optional_text(said.get("dockerfile"), around),
        inline=_optional_text(said.get("dockerfile_inline"), around),
        target=_optional_text(said.get("target"), around),
        args=_arguments(said["args"], around) if "args" in said else {},
        contexts=_contexts(said, around),
        platforms=_platforms(said, around),
        removed=frozenset(_removed(fields)),
    )


def is_removed(node: Node) -> bool:
    """Whether what a file says here takes away what the files before it say."""
    return node.tag in (_RESET, _OVERRIDE)


def is_reset(node: Node) -> bool:
    """Whether nothing takes the place of what is taken away."""
    return node.tag == _RESET


def _removed(fields: Mapping[str, Node]) -> Iterator[str]:
    for key, node in fields.items():
        if is_removed(node):
            yield key
        elif key in _MAPS and isinstance(node, MappingNode):
            yield from (f"{key}.{name}" for name, (_, value) in entries(node).items() if is_removed(value))


def _optional_text(node: Node | None, around: Surroundings) -> Slot | None:
    return None if node is None else _text(node, around)


def _text(node: Node, around: Surroundings, *, any_scalar: bool = False) -> Slot:
    """A text with its variables replaced; with `any_scalar`, a number or a truth value is one too."""
    if not isinstance(node, Scalar) or not (any_scalar or is_text(node)):
        return Fault("a text was expected", node.place)
    try:
        return Said(interpolated(as_text(node), around.environment, around.allowance), node.place)
    except Complaint as complaint:
        return complain(complaint, node.place).fault


def _context(node: Node, around: Surroundings) -> Slot:
    slot = _text(node, around)
    return attrs.evolve(slot, text=located(around.directory, slot.text)) if isinstance(slot, Said) else slot


def _arguments(node: Node, around: Surroundings) -> dict[str, Slot]:
    """Build arguments; one without a value takes it from the environment, and is left out where there is none."""
    found: dict[str, Slot] = {}
    for name, slot, place in _pairs(node, around):
        if slot is not None:
            found[name] = slot
        elif not around.own.isdisjoint((name, "*")):
            found[name] = Fault(f"compose takes {name} from the environment, bake from that of the service", place)
        elif (value := around.environment.find(name)) is not None:
            found[name] = Said(value, place)
        else:
            found[name] = Fault(f"{name} has no value here and is taken from the environment", place)
    return found


def _contexts(said: Mapping[str, Node], around: Surroundings) -> dict[str, Slot]:
    """The named contexts, those of `x-bake` where the section itself has none of the name."""
    found: dict[str, Slot] = {}
    extension = said.get("x-bake")
    if isinstance(extension, MappingNode) and "contexts" in (more := entries(extension)):
        found |= _context_pairs(more["contexts"][1], attrs.evolve(around, directory="."))
    if "additional_contexts" in said:
        found |= _context_pairs(said["additional_contexts"], around)
    return found


def _context_pairs(node: Node, around: Surroundings) -> dict[str, Slot]:
    return {
        name: attrs.evolve(slot, text=_context_value(slot.text, around)) if isinstance(slot, Said) else slot
        for name, slot, _ in _pairs(node, around)
        if slot is not None
    }


def _context_value(text: Text, around: Surroundings) -> Text:
    """The value of a named context: the result of a service is that of a build of its name."""
    for link in _LINKS:
        if text.value.startswith(link):
            return attrs.evolve(text, value=f"target:{text.value.removeprefix(link)}")
    return located(around.directory, text)


def _platforms(said: Mapping[str, Node], around: Surroundings) -> tuple[Slot, ...] | None:
    """The platforms, those of `x-bake` behind them; there, a text may hold several."""
    slots: list[Slot] = []
    extension = said.get("x-bake")
    more = entries(extension).get("platforms") if isinstance(extension, MappingNode) else None
    if "platforms" in said:
        slots += _texts(said["platforms"], around)
    if more is not None:
        slots += _texts(more[1], around) if isinstance(more[1], Sequence) else _words(_text(more[1], around))
    return tuple({slot if isinstance(slot, Fault) else slot.text: slot for slot in slots}.values()) if slots else None


def _texts(node: Node, around: Surroundings) -> list[Slot]:
    return [_text(one, around) for one in (node.items if isinstance(node, Sequence) else [node])]


def _words(slot: Slot) -> list[Slot]:
    """The words of a text."""
    if isinstance(slot, Fault):
        return [slot]
    variables = slot.text.variables
    words = slot.text.value.split()
    return [attrs.evolve(slot, text=Text.gap(word, variables) if variables else Text.known(word)) for word in words]


def _pairs(node: Node, around: Surroundings) -> Iterator[tuple[str, Slot | None, Place]]:
    """Names and values of a mapping, or of a list of `name=value`; the value is None where there is none."""
    if isinstance(node, MappingNode):
        for name, (place, value) in entries(node).items():
            if not is_reset(value):
                yield name, None if is_null(value) else _text(value, around, any_scalar=True), place
        return
    if not isinstance(node, Sequence):
        raise NotEvaluated(Fault("a mapping or a list was expected", node.place))
    for item in node.items:
        slot = _text(item, around, any_scalar=True)
        if isinstance(slot, Fault):
            raise NotEvaluated(slot)
        yield _pair(slot)


def _pair(said: Said) -> tuple[str, Slot | None, Place]:
    """`name=value` or `name`, after its variables are replaced."""
    name, equals, value = said.text.value.partition("=")
    if not equals:
        return name, None, said.place
    _, _, pattern = said.text.pattern.partition("=")
    return name, Said(Text(value, pattern or "*", said.text.variables), said.place), said.place
