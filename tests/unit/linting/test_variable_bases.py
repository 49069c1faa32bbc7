"""Which stages another build argument might make a base."""

from __future__ import annotations

import pytest

import stagegraph
from stagegraph.linting.variable_bases import MAX_PATTERNS, VariableBases


def bases(text: str) -> VariableBases:
    return VariableBases(stagegraph.graph(text, build_args={"V": "x"}).stages)


@pytest.mark.parametrize(
    ("base", "candidates"),
    [
        ("$V", [0, 1, 2]),
        ("b-$V", [0, 1]),
        ("b-${V}", [0, 1]),
        ("${V}-x", [0]),
        ("b-${V:-${W:-}y}", [0, 1]),
        ('"b-$V"', [0, 1]),
        ("b\\-$V", [0, 1]),
        ("${V}c", []),
        ("$V$V", [0, 1, 2]),
        ("$V:1", []),
        ("b-x", []),
    ],
)
def test_candidates(base, candidates):
    text = f"ARG V=x W=y\nFROM a AS b-x\nFROM a AS b-y\nFROM a AS d\nFROM a\nFROM {base}\nFROM a AS b-z\n"
    counted = bases(text).counting()
    assert list(counted.new_for(4)) == candidates
    assert list(counted.new_for(4)) == []
    assert list(counted.new_for(0)) == []
    assert sorted(bases(text).all()) == candidates


def test_what_was_given_before_is_not_given_again():
    text = "ARG V=x\nFROM a AS x\nFROM $V AS y\nFROM $V AS z\nFROM $V\n"
    late = bases(text).counting()
    assert [list(late.new_for(index)) for index in (3, 2, 1)] == [[0, 1, 2], [], []]
    early = bases(text).counting()
    assert [list(early.new_for(index)) for index in (1, 2, 3)] == [[0], [1], [2]]


def test_beyond_the_limit_each_might_be_any_stage():
    count = MAX_PATTERNS + 1
    text = "ARG V=x\nFROM a AS other\n" + "".join(f"FROM p{index}$V\n" for index in range(count))
    assert list(bases(text).counting().new_for(1)) == [0]
