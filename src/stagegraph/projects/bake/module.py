"""All bake files of one project together: variables, functions and targets that may refer to each other."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

import attrs

from stagegraph.projects.bake import expressions as ex
from stagegraph.projects.bake.evaluation import BLOCKS, Evaluator, Locals
from stagegraph.projects.bake.functions import FUNCTIONS
from stagegraph.projects.bake.types import fit, from_environment
from stagegraph.projects.bake.values import Value, as_list, as_map, as_text
from stagegraph.projects.limits import MAX_ITEMS
from stagegraph.projects.unknowable import Unknowable

CWD = "cwd://"
_BUILT_IN = {"BAKE_CMD_CONTEXT": CWD}
_OF_THE_MACHINE = frozenset({"BAKE_LOCAL_PLATFORM"})


@attrs.frozen
class Expanded:
    """One target of a block: its name, and the matrix values it is for.

    `gap` says why the matrix could not be expanded: then this stands for all its targets.
    `variables` are those of the environment that can change which targets there are.
    """

    name: str
    block: ex.Block
    names: Locals
    variables: frozenset[str] = frozenset()
    gap: Unknowable | None = None


class Module:
    """The meaning of the blocks of one project's bake files, worked out as it is asked for.

    A value remembers which variables of the environment it comes from: `recording` tells.
    """

    def __init__(self, bodies: Iterable[ex.Body], environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._attributes: dict[str, ex.Attribute] = {}
        self._variables: dict[str, ex.Block] = {}
        self._functions: dict[str, ex.Block] = {}
        self.targets: list[ex.Block] = []
        self.groups: list[ex.Block] = []
        self._found: dict[str, tuple[Value | Unknowable, frozenset[str]]] = {}
        self._expanded: dict[int, tuple[Expanded, ...]] = {}
        self._busy: set[object] = set()
        self._asked: list[set[str]] = [set()]
        self._evaluator = Evaluator(self)
        for body in bodies:
            self._add(body)

    def _add(self, body: ex.Body) -> None:
        self._attributes |= body.attributes
        named = {"variable": self._variables, "function": self._functions}
        for block in body.blocks:
            if block.kind in named:
                named[block.kind].update(dict.fromkeys(block.labels[:1], block))
            elif block.kind in ("target", "group") and len(block.labels) == 1:
                (self.targets if block.kind == "target" else self.groups).append(block)

    # -- evaluation --------------------------------------------------------------------------

    def value(self, expression: ex.Expression, names: Locals) -> Value:
        """The value of an expression.

        Raises:
            Unknowable: it cannot be evaluated.
        """
        return self._evaluator.value(expression, names)

    @contextmanager
    def recording(self) -> Iterator[set[str]]:
        """Collects the variables of the environment that can change what is evaluated meanwhile."""
        asked: set[str] = set()
        self._asked.append(asked)
        try:
            yield asked
        finally:
            self._asked.pop()
            self._asked[-1] |= asked

    def variable(self, name: str) -> Value:
        """The value of a variable, a global attribute or a built-in name.

        Raises:
            Unknowable: there is none, or it cannot be evaluated.
        """
        if name not in self._found:
            with self._once(("variable", name), f"the variable {name}"), self.recording() as asked:
                found = self._find(name)
            self._found[name] = found, frozenset(asked)
        value, variables = self._found[name]
        self._asked[-1] |= variables
        if isinstance(value, Unknowable):
            raise Unknowable(value.reason)
        return value

    def _find(self, name: str) -> Value | Unknowable:
        try:
            return self._variable(name)
        except Unknowable as unknowable:
            return Unknowable(f"the variable {name} is not known: {unknowable.reason}{_where(unknowable)}")

    def _variable(self, name: str) -> Value:
        if name in _BUILT_IN:
            return _BUILT_IN[name]
        if name in _OF_THE_MACHINE:
            raise Unknowable("it depends on the machine")
        if name in self._attributes:
            return self.value(self._attributes[name].expression, {})
        if name not in self._variables or name in BLOCKS:
            raise Unknowable("there is none of this name")
        return self._declared(name, self._variables[name].attributes)

    def _declared(self, name: str, attributes: Mapping[str, ex.Attribute]) -> Value:
        """The value of a `variable` block: from the environment, or its default."""
        self._asked[-1].add(name)
        declared = attributes["type"].expression if "type" in attributes else None
        default = self.value(attributes["default"].expression, {}) if "default" in attributes else None
        if declared is not None:
            default = fit(default, declared)
        if name not in self._environment:
            if f"{name}_JSON" in self._environment:
                raise Unknowable(f"{name}_JSON is not read from the environment here")
            return default if declared is not None or "default" in attributes else ""
        if declared is not None and f"{name}_JSON" in self._environment:
            raise Unknowable(f"{name}_JSON is not read from the environment here")
        return from_environment(self._environment[name], declared, default)

    def call(self, name: str, arguments: list[Value]) -> Value:
        """The result of a function of the library or of the files.

        Raises:
            Unknowable: there is none, it is not on the list, or its result is not known.
        """
        if name in FUNCTIONS:
            return FUNCTIONS[name](name, arguments)
        if name not in self._functions:
            raise Unknowable(f"the function {name} is not evaluated here")
        attributes = self._functions[name].attributes
        if "params" not in attributes or "result" not in attributes:
            raise Unknowable(f"the function {name} has no params or no result")
        params = [_parameter(item) for item in _items(attributes["params"].expression)]
        rest = [_parameter(attributes["variadic_params"].expression)] if "variadic_params" in attributes else []
        if len(arguments) < len(params) or (len(arguments) > len(params) and not rest):
            raise Unknowable(f"the function {name} does not take {len(arguments)} arguments")
        names: dict[str, Value] = dict(zip(params, arguments, strict=False))
        names |= dict.fromkeys(rest, arguments[len(params) :])
        try:
            with self._once(("function", name), f"the function {name}"):
                return self.value(attributes["result"].expression, names)
        except Unknowable as unknowable:
            raise Unknowable(f"{unknowable.reason}{_where(unknowable)}") from None

    @contextmanager
    def _once(self, key: object, what: str) -> Iterator[None]:
        """Refuses what refers to itself."""
        if key in self._busy:
            raise Unknowable(f"{what} refers to itself")
        self._busy.add(key)
        try:
            yield
        finally:
            self._busy.discard(key)

    # -- targets -----------------------------------------------------------------------------

    def target_attribute(self, target: str, attribute: str) -> Value:
        """What the one block of a target says in an attribute.

        Raises:
            Unknowable: there is no such block, or several, or it does not say.
        """
        with self._once(("target", target, attribute), f"target.{target}.{attribute}"):
            found = [one for block in self.targets for one in self.expand(block) if one.name == target and not one.gap]
            if attribute == "name" and found:
                return target
            if len(found) != 1 or attribute not in found[0].block.attributes:
                raise Unknowable(f"target.{target}.{attribute} is not set in one place")
            return self.value(found[0].block.attributes[attribute].expression, found[0].names)

    def expand(self, block: ex.Block) -> tuple[Expanded, ...]:
        """The targets of a block, one for each combination of its matrix."""
        if id(block) not in self._expanded:
            label = block.labels[0]
            try:
                with self._once(("block", id(block)), f'target "{label}"'), self.recording() as asked:
                    expanded = tuple(self._expand(block))
                variables = frozenset(asked)
                self._expanded[id(block)] = tuple(attrs.evolve(one, variables=variables) for one in expanded)
            except Unknowable as unknowable:
                self._expanded[id(block)] = (Expanded(label, block, {}, gap=unknowable),)
        return self._expanded[id(block)]

    def _expand(self, block: ex.Block) -> Iterator[Expanded]:
        label, attributes = block.labels[0], block.attributes
        if "matrix" not in attributes:
            if "name" in attributes:
                raise Unknowable("a name asks for a matrix", attributes["name"].place)
            yield Expanded(label, block, {})
            return
        seen: set[str] = set()
        for names in self._combinations(attributes["matrix"]):
            name = as_text(self.value(attributes["name"].expression, names)) if "name" in attributes else label
            if name in seen:
                raise Unknowable(f"the matrix gives the name {name} twice", attributes["matrix"].place)
            seen.add(name)
            yield Expanded(name, block, names)

    def _combinations(self, matrix: ex.Attribute) -> list[dict[str, Value]]:
        axes = [(key, as_list(values)) for key, values in as_map(self.value(matrix.expression, {})).items()]
        total = 1
        for _, values in axes:
            total *= len(values)
        if total > MAX_ITEMS:
            raise Unknowable(f"the matrix has more than {MAX_ITEMS} targets, a limit of stagegraph", matrix.place)
        names = [key for key, _ in axes]
        return [dict(zip(names, row, strict=True)) for row in itertools.product(*(values for _, values in axes))]


def _where(unknowable: Unknowable) -> str:
    """The line of what is used elsewhere, to be said there."""
    return f" (line {unknowable.place.line})" if unknowable.place else ""


def _items(expression: ex.Expression) -> tuple[ex.Expression, ...]:
    if isinstance(expression, ex.TupleOf):
        return expression.items
    raise Unknowable("params is no list of names", expression.place)


def _parameter(expression: ex.Expression) -> str:
    if isinstance(expression, ex.Name):
        return expression.name
    if isinstance(expression, ex.Literal) and isinstance(expression.value, str):  # in JSON
        return expression.value
    raise Unknowable("a parameter is no name", expression.place)
