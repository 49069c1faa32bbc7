"""The nearest of many names: the same as by a table of distances, for less work."""

from __future__ import annotations

from functools import lru_cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from stagegraph.near_names import NearNames, distance

FARTHEST = 2
NAMES = st.text("ab_", max_size=7)


def by_table(first: str, second: str) -> int:
    """The Levenshtein distance, as its definition has it."""

    @lru_cache(None)
    def rest(one: int, two: int) -> int:
        if one == len(first) or two == len(second):
            return len(first) - one + len(second) - two
        changed = rest(one + 1, two + 1) + (first[one] != second[two])
        return min(changed, 1 + rest(one + 1, two), 1 + rest(one, two + 1))

    return rest(0, 0)


@given(NAMES, NAMES, st.integers(0, 3))
def test_the_distance(first: str, second: str, budget: int) -> None:
    assert min(distance(first, second, budget), budget + 1) == min(by_table(first, second), budget + 1)


@given(NAMES, st.lists(NAMES, max_size=30))
@example("a", ["", "b"])
@example("ab", ["b", "b", "a"])
@example("", ["aaa", "aa", "a"])
def test_the_first_of_the_nearest(name: str, names: list[str]) -> None:
    away = [by_table(name, one) for one in names]
    near = [index for index, far in enumerate(away) if far == min(away) and far <= FARTHEST]
    assert NearNames(names).nearest(name, FARTHEST) == (near[0] if near else None)


def test_names_that_continue_each_other_without_an_end() -> None:
    names = NearNames("a" * length for length in range(1200))
    assert names.nearest("a" * 700 + "b", FARTHEST) == 700
    assert names.nearest("b" * 1200, FARTHEST) is None


@pytest.mark.parametrize("written", ["undefined_{}", "{}", "v{}_suffix", "name-{}-x"])
def test_many_names_take_no_more_than_their_number(written: str, calls_of) -> None:
    def work(count: int) -> int:
        names = NearNames(written.format(f"{number:04}") for number in range(count))
        return calls_of(lambda: [names.nearest(written.format(f"x{one:05}y"), FARTHEST) for one in range(count)])

    assert work(200) < 3 * work(100)
