"""Which stage a name means to whom."""

from __future__ import annotations

import stagegraph
from stagegraph.linting.stage_names import StageNames

NAMES = StageNames(stagegraph.graph("FROM x AS A\nFROM x\nFROM x AS a\nFROM x AS b\n").stages)


def test_all_and_last():
    assert list(NAMES.all("a")) == [0, 2]
    assert list(NAMES.all("c")) == []
    assert (NAMES.last("a"), NAMES.last("b"), NAMES.last("c")) == (2, 3, None)


def test_before():
    assert [NAMES.before("a", index) for index in range(4)] == [None, 0, 0, 2]
    assert [NAMES.first_before("a", index) for index in range(4)] == [None, 0, 0, 0]
    assert (NAMES.before("c", 3), NAMES.first_before("c", 3)) == (None, None)


def test_as_written():
    assert (NAMES.written_before("A", 3), NAMES.written_before("a", 3), NAMES.written_before("a", 2)) == (0, 2, None)
    assert (NAMES.written_before("1", 3), NAMES.written_before("0", 3)) == (1, None)
