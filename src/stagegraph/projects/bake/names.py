"""`BakeNames`: what the names in bake files stand for, each worked out when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from stagegraph.errors import Complaint
from stagegraph.projects.bake.calls import call_function
from stagegraph.projects.bake.definitions import Definitions
from stagegraph.projects.bake.evaluation import Scope
from stagegraph.projects.bake.expressions import Block, Call
from stagegraph.projects.bake.instances import Instance, instances_of
from stagegraph.projects.bake.values import NULL, Datum
from stagegraph.projects.bake.variables import default_of, given_value
from stagegraph.projects.declared import Place
from stagegraph.projects.drafts import Fault, NotEvaluated
from stagegraph.projects.limits import Allowance

_BUILT_IN = {"BAKE_CMD_CONTEXT": "cwd://", "BAKE_LOCAL_PLATFORM": "linux/amd64"}
_BLOCKS = ("target", "group")


class BakeNames:
    """The names of `definitions`; `given` are variables with values from outside."""

    def __init__(self, definitions: Definitions, given: Mapping[str, str], allowance: Allowance) -> None:
        self.allowance = allowance
        self.definitions = definitions
        self._given = given
        self._known: dict[str, Datum] = {}
        self._busy: set[object] = set()
        self._instances: dict[int, tuple[Instance, ...]] = {}
        self._attributes: dict[tuple[str, str], Datum] = {}
        self._with_matrix = [block for block in definitions.targets if "matrix" in block.attributes]
        self._by_label: dict[str, list[Block]] = {}
        for block in definitions.targets:
            if "matrix" not in block.attributes:
                self._by_label.setdefault(block.labels[0], []).append(block)

    def variable(self, name: str, place: Place) -> Datum:
        """The value of an attribute of the file, of a variable, or of one that is built in.

        Raises:
            NotEvaluated: there is none, it depends on itself, or it cannot be worked out.
        """
        if name not in self._known:
            with self.busy(("variable", name), f"the variable {name} depends on itself", place):
                self._known[name] = self._variable(name, place)
        return self._known[name]

    def block(self, kind: str) -> Callable[[str, str, Place], Datum] | None:
        """What finds attributes of targets (of groups there is nothing to find)."""
        return self._attribute if kind in _BLOCKS else None

    def call(self, call: Call, scope: Scope) -> Datum:
        """What a function makes of its arguments.

        Raises:
            NotEvaluated: it is not on the list, depends on itself, or cannot be applied.
        """
        return call_function(call, scope, self)

    def instances(self, block: Block) -> tuple[Instance, ...]:
        """The targets that a block declares: one, or one for every combination of its matrix."""
        if id(block) not in self._instances:
            with self.busy(("matrix", id(block)), f"the matrix of {block.labels[0]} depends on itself", block.place):
                self._instances[id(block)] = instances_of(block, Scope(self))
        return self._instances[id(block)]

    @contextmanager
    def busy(self, what: object, reason: str, place: Place) -> Iterator[None]:
        """Marks something that is being worked out.

        Raises:
            NotEvaluated: it already is, so it depends on itself.
        """
        if what in self._busy:
            raise NotEvaluated(Fault(reason, place))
        self._busy.add(what)
        try:
            yield
        finally:
            self._busy.discard(what)

    def _variable(self, name: str, place: Place) -> Datum:
        if name in _BUILT_IN:
            given = self._given.get(name)
            return Datum(given) if given is not None else Datum(_BUILT_IN[name], frozenset({name}))
        block = self.definitions.variables.get(name)
        if name in self.definitions.attributes:
            value = Scope(self).value(self.definitions.attributes[name].value)
            return value if block is None else value.by((name,))
        if block is None:
            raise NotEvaluated(Fault(f"there is no variable {name}", place))
        return self._value_of(block)

    def _value_of(self, block: Block) -> Datum:
        attribute = block.attributes.get("default")
        try:
            default = default_of(block, Scope(self).value(attribute.value) if attribute is not None else None)
            given = given_value(block, default, self._given)
        except Complaint as complaint:
            raise NotEvaluated(Fault(complaint.message, block.place)) from None
        return given if given is not None else default.by((block.labels[0],))

    def _attribute(self, name: str, attribute: str, place: Place) -> Datum:
        """What the last block that declares the target `name` says itself, without what it inherits."""
        if attribute == "name":
            return Datum(name)
        block, instance = self._target(name, place)
        if attribute not in block.attributes:
            return NULL
        key = (name, attribute)
        if key not in self._attributes:
            with self.busy(key, f"{attribute} of the target {name} depends on itself", place):
                self._attributes[key] = instance.scope.value(block.attributes[attribute].value)
        return self._attributes[key]

    def _target(self, name: str, place: Place) -> tuple[Block, Instance]:
        """The last block that declares a target; those with a matrix are looked through only if need be."""
        for block in reversed((*self._with_matrix, *self._by_label.get(name, ()))):
            for instance in self.instances(block):
                if instance.name == name:
                    return block, instance
        raise NotEvaluated(Fault(f"there is no target {name}", place))
