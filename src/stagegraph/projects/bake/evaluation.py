"""Expressions → values, with HCL's rules. Nothing is run, and what is not sure is `Unknowable`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Protocol

import attrs

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.operators import OPERATORS
from stagegraph.projects.bake.values import Value, as_bool, as_int, as_list, as_map, as_text, checked, kind_of, unified
from stagegraph.projects.limits import MAX_DEPTH, MAX_STEPS
from stagegraph.projects.unknowable import Unknowable

Locals = Mapping[str, Value]

BLOCKS = frozenset({"target", "group", "variable", "function"})
"""Names that stand for blocks, not for variables."""


class World(Protocol):
    """What an expression can refer to beside its own locals."""

    def variable(self, name: str) -> Value:
        """The value of a variable."""
        ...

    def call(self, name: str, arguments: list[Value]) -> Value:
        """The result of a function."""
        ...

    def target_attribute(self, target: str, attribute: str) -> Value:
        """What another target says of itself."""
        ...


@attrs.frozen
class TargetReference:
    """`target.name`, before it is said which of its attributes is meant."""

    name: str


@attrs.frozen
class _AllTargets:
    """`target`, before it is said which."""


class Evaluator:
    """Evaluates the expressions of one project; counts its steps."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._steps = MAX_STEPS
        self._depth = 0
        self._forms: Mapping[type[ex.Expression], Callable[..., Value]] = {
            ex.Literal: self._literal,
            ex.Template: self._template,
            ex.TupleOf: self._tuple,
            ex.ObjectOf: self._object,
            ex.Name: self._name,
            ex.GetAttribute: self._attribute,
            ex.GetIndex: self._index,
            ex.Splat: self._splat,
            ex.Element: self._element,
            ex.Conditional: self._conditional,
            ex.Operation: self._operation,
            ex.Call: self._call,
            ex.ForTuple: self._for_tuple,
            ex.ForObject: self._for_object,
            ex.Unsupported: self._unsupported,
        }

    def value(self, expression: ex.Expression, names: Locals) -> Value:
        """The value of an expression.

        Raises:
            Unknowable: with the place of the part that cannot be evaluated.
        """
        self._steps -= 1
        self._depth += 1
        try:
            self._check_limits()
            return checked(self._forms[type(expression)](expression, names))
        except Unknowable as unknowable:
            raise Unknowable(unknowable.reason, unknowable.place or expression.place) from None
        finally:
            self._depth -= 1

    def _check_limits(self) -> None:
        if self._steps < 0:
            raise Unknowable(f"the files take more than {MAX_STEPS} steps, a limit of stagegraph")
        if self._depth > MAX_DEPTH * 2:
            raise Unknowable("expressions and calls are nested too deeply, a limit of stagegraph")

    def _literal(self, literal: ex.Literal, _names: Locals) -> Value:
        return literal.value

    def _template(self, template: ex.Template, names: Locals) -> Value:
        values = [self.value(part, names) for part in template.parts]
        return values[0] if len(values) == 1 else "".join(map(as_text, values))

    def _tuple(self, items: ex.TupleOf, names: Locals) -> Value:
        return [self.value(item, names) for item in items.items]

    def _object(self, entries: ex.ObjectOf, names: Locals) -> Value:
        return {as_text(self.value(key, names)): self.value(value, names) for key, value in entries.entries}

    def _name(self, name: ex.Name, names: Locals) -> Value:
        if name.name in names:
            return names[name.name]
        if name.name == "target":
            return _AllTargets()
        return self._world.variable(name.name)

    def _attribute(self, access: ex.GetAttribute, names: Locals) -> Value:
        base = self.value(access.base, names)
        if isinstance(base, _AllTargets):
            return TargetReference(access.name)
        if isinstance(base, TargetReference):
            return self._world.target_attribute(base.name, access.name)
        return _entry(base, access.name)

    def _index(self, access: ex.GetIndex, names: Locals) -> Value:
        base, key = self.value(access.base, names), self.value(access.key, names)
        if not isinstance(base, list):
            return _entry(base, as_text(key))
        index = as_int(key)
        if not 0 <= index < len(base):
            raise Unknowable(f"there is no element {index}")
        return base[index]

    def _splat(self, splat: ex.Splat, names: Locals) -> Value:
        base = self.value(splat.base, names)
        elements = base if isinstance(base, list) else [] if base is None else [base]
        return [self.value(splat.each, {**names, _ELEMENT: element}) for element in elements]

    def _element(self, _element: ex.Element, names: Locals) -> Value:
        return names[_ELEMENT]

    def _conditional(self, choice: ex.Conditional, names: Locals) -> Value:
        is_true = as_bool(self.value(choice.condition, names))
        chosen = self.value(choice.yes if is_true else choice.no, names)
        # The other branch still has a say in the type.
        other = self.value(choice.no if is_true else choice.yes, names)
        return unified([chosen, other])(chosen)

    def _operation(self, operation: ex.Operation, names: Locals) -> Value:
        operands = [self.value(operand, names) for operand in operation.operands]
        return OPERATORS[operation.operator, len(operands)](*operands)

    def _call(self, call: ex.Call, names: Locals) -> Value:
        arguments = [self.value(argument, names) for argument in call.arguments]
        if call.spread:
            arguments += as_list(arguments.pop())
        return self._world.call(call.function, arguments)

    def _for_tuple(self, loop: ex.ForTuple, names: Locals) -> Value:
        return [self.value(loop.result, inner) for inner in self._rounds(loop, names)]

    def _for_object(self, loop: ex.ForObject, names: Locals) -> Value:
        made: dict[str, Value] = {}
        for inner in self._rounds(loop, names):
            key, value = as_text(self.value(loop.key, inner)), self.value(loop.result, inner)
            if loop.groups:
                made[key] = [*as_list(made.get(key, [])), value]
            elif key in made:
                raise Unknowable(f"the key {key} is there twice")
            else:
                made[key] = value
        return made

    def _rounds(self, loop: ex.ForTuple | ex.ForObject, names: Locals) -> Iterator[Locals]:
        """The locals of each round of a loop."""
        collection = self.value(loop.collection, names)
        pairs = enumerate(collection) if isinstance(collection, list) else sorted(as_map(collection).items())
        for key, value in pairs:
            inner = {**names, **dict(zip(loop.names, (key, value) if len(loop.names) > 1 else (value,), strict=True))}
            if loop.condition is None or as_bool(self.value(loop.condition, inner)):
                yield inner

    def _unsupported(self, unsupported: ex.Unsupported, _names: Locals) -> Value:
        raise Unknowable(f"{unsupported.what} is not evaluated here")


_ELEMENT = "*"


def _entry(base: Value, key: str) -> Value:
    entries = as_map(base) if not isinstance(base, TargetReference | _AllTargets) else {}
    if key not in entries:
        raise Unknowable(f"a {kind_of(base)} has no {key}")
    return entries[key]
