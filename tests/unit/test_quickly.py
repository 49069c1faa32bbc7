"""Values that are made quickly are those that their class would make."""

from __future__ import annotations

import pickle

import attrs
import pytest

from stagegraph.quickly import maker_of


@attrs.frozen(slots=False)
class Point:
    x: int
    _y: int = 0
    label: str = attrs.field(default="", eq=False)


@attrs.frozen(weakref_slot=False)
class Slotted:
    x: int
    _y: int = 0
    label: str = attrs.field(default="", eq=False)


@attrs.define(weakref_slot=False)
class Changeable:
    x: int
    names: list[str] = attrs.field(factory=list)


@attrs.frozen(slots=False)
class Converted:
    x: int = attrs.field(converter=int)


@pytest.mark.parametrize("cls", [Point, Slotted])
def test_it_is_what_the_class_makes(cls: type[Point | Slotted]) -> None:
    made = maker_of(cls)(1, 2, "here")
    assert type(made) is cls
    assert made == cls(1, y=2)
    assert (hash(made), repr(made)) == (hash(cls(1, 2)), f"{cls.__name__}(x=1, _y=2, label='here')")
    assert attrs.evolve(made, x=3) == cls(3, 2)
    assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301 - its own
    assert hasattr(made, "__dict__") == (cls is Point)


def test_it_takes_the_names_that_the_class_takes() -> None:
    assert maker_of(Point)(label="there", y=5, x=4) == Point(4, 5)


@pytest.mark.parametrize("cls", [Point, Slotted])
def test_what_has_a_default_may_be_left_out(cls: type[Point | Slotted]) -> None:
    made = maker_of(cls)(1)
    assert (made.x, made._y, made.label) == (1, 0, "")


def test_what_a_factory_makes_may_not() -> None:
    with pytest.raises(TypeError, match="names"):
        maker_of(Changeable)(1)


def test_what_is_not_frozen_can_be_changed() -> None:
    made = maker_of(Changeable)(1, [])
    made.x = 2
    assert made == Changeable(2)


@pytest.mark.parametrize("cls", [Point, Slotted])
def test_it_is_frozen(cls: type[Point | Slotted]) -> None:
    made = maker_of(cls)(1, 2, "here")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.x = 2  # type: ignore[misc]


def test_a_class_that_does_more_than_keep_its_fields_is_refused() -> None:
    with pytest.raises(AssertionError):
        maker_of(Converted)
