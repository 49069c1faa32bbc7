"""`Datum`: what an expression comes to, and which variables that can be set from outside had a part in it.

The types and their conversions are those of cty, the value system that bake uses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

import attrs

from stagegraph.errors import Complaint
from stagegraph.lazily import lazy
from stagegraph.projects.texts import Text

Content = str | bool | Decimal | None | tuple["Datum", ...] | Mapping[str, "Datum"]

_NOTHING: frozenset[str] = frozenset()
_LONGEST_NUMBER = 1_000
_LONGEST_COUNT = 15
_KINDS = ((bool, "a truth value"), (str, "a text"), (Decimal, "a number"), (tuple, "a list"), (type(None), "null"))


@attrs.frozen(slots=False)
class Datum:
    """A value. `variables` had a part in it as a whole; parts of lists and objects have their own.

    `pattern` says of a text what it can become (`Text.pattern`); None where nothing is known of that.
    """

    content: Content
    variables: frozenset[str] = _NOTHING
    pattern: str | None = None

    @lazy
    def weight(self) -> int:
        """How much there is in it, its parts and their parts counted as often as they are there."""
        if isinstance(self.content, str):
            return 1 + len(self.content)
        return 1 + sum(part.weight for part in self.parts)

    @lazy
    def all_variables(self) -> frozenset[str]:
        """The variables that had a part in it or in any of its parts."""
        return self.variables.union(*(part.all_variables for part in self.parts))

    @property
    def parts(self) -> tuple[Datum, ...]:
        """The elements of a list, the members of an object."""
        if isinstance(self.content, tuple):
            return self.content
        return tuple(self.content.values()) if isinstance(self.content, Mapping) else ()

    @classmethod
    def of_text(cls, text: Text) -> Datum:
        """A text."""
        return cls(text.value, text.variables, text.pattern)

    def by(self, variables: Iterable[str]) -> Datum:
        """The same, chosen by some variables: what it would be otherwise is not known."""
        more = frozenset(variables)
        return attrs.evolve(self, variables=self.variables | more, pattern=None) if more else self


NULL = Datum(None)


def kind_of(datum: Datum) -> str:
    """What a value is, in words."""
    return next((name for kind, name in _KINDS if isinstance(datum.content, kind)), "an object")


def to_text(datum: Datum) -> Text:
    """The value as a text: numbers and truth values are written out.

    Raises:
        Complaint: it is null, a list or an object.
    """
    content = datum.content
    if isinstance(content, bool):
        value = "true" if content else "false"
    elif isinstance(content, Decimal):
        value = number_text(content)
    elif isinstance(content, str):
        value = content
    else:
        raise Complaint(f"{kind_of(datum)} stands where a text was expected")
    if not datum.variables:
        return Text.known(value)
    return (
        Text(value, datum.pattern, datum.variables) if datum.pattern is not None else Text.gap(value, datum.variables)
    )


def number_text(number: Decimal) -> str:
    """A number without an exponent and without zeros at its end.

    Raises:
        Complaint: it is beyond all measure.
    """
    if abs(number.adjusted()) > _LONGEST_NUMBER:
        raise Complaint(f"a number has more than {_LONGEST_NUMBER} digits, a limit of stagegraph")
    written = f"{number:f}" if number else "0"
    return written.rstrip("0").rstrip(".") if "." in written else written


def to_number(datum: Datum) -> Decimal:
    """The value as a number; a text that is one counts.

    Raises:
        Complaint: it is none.
    """
    if isinstance(datum.content, Decimal):
        return datum.content
    if isinstance(datum.content, str):
        try:
            number = Decimal(datum.content)
        except ArithmeticError:
            number = Decimal("nan")
        if number.is_finite() and datum.content == datum.content.strip():
            return number
    raise Complaint(f"{kind_of(datum)} stands where a number was expected")


def to_whole(datum: Datum) -> int:
    """The value as a whole number of a size that can be counted.

    Raises:
        Complaint: it is none.
    """
    number = to_number(datum)
    if number.adjusted() > _LONGEST_COUNT or number != number.to_integral_value():
        raise Complaint("a number stands where a small whole number was expected")
    return int(number)


def to_truth(datum: Datum) -> bool:
    """The value as a truth value; the texts `true`, `false`, `1` and `0` count.

    Raises:
        Complaint: it is none.
    """
    if isinstance(datum.content, bool):
        return datum.content
    if datum.content in ("true", "1"):
        return True
    if datum.content in ("false", "0"):
        return False
    raise Complaint(f"{kind_of(datum)} stands where a truth value was expected")


def to_items(datum: Datum) -> tuple[Datum, ...]:
    """The elements of a list.

    Raises:
        Complaint: it is none.
    """
    if isinstance(datum.content, tuple):
        return datum.content
    raise Complaint(f"{kind_of(datum)} stands where a list was expected")


def to_members(datum: Datum) -> Mapping[str, Datum]:
    """The members of an object, in the order of their names.

    Raises:
        Complaint: it is none.
    """
    if isinstance(datum.content, Mapping):
        return {name: datum.content[name] for name in sorted(datum.content)}
    raise Complaint(f"{kind_of(datum)} stands where an object was expected")


def are_equal(one: Datum, other: Datum) -> bool:
    """Whether two values are the same; values of different types never are."""
    first, second = one.content, other.content
    if isinstance(first, tuple) and isinstance(second, tuple):
        return len(first) == len(second) and all(map(are_equal, first, second))
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return first.keys() == second.keys() and all(are_equal(first[key], second[key]) for key in first)
    if isinstance(first, bool) or isinstance(second, bool):
        return first is second
    return first == second


def element_of(of: Datum, key: Datum) -> Datum:
    """The element of a list by its number, or the member of an object by its name.

    Raises:
        Complaint: there is none.
    """
    if isinstance(of.content, Mapping):
        name = to_text(key).value
        if name not in of.content:
            raise Complaint(f"there is no {name} in it")
        return of.content[name].by(of.variables | key.variables)
    items, number = to_items(of), to_whole(key)
    if not 0 <= number < len(items):
        raise Complaint(f"there is no element {number} in a list of {len(items)}")
    return items[number].by(of.variables | key.variables)
