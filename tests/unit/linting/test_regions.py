"""Lines and columns of spans."""

import pytest

from stagegraph.linting.regions import region_of
from stagegraph.source import SourceFile

SOURCE = SourceFile("FROM ä\nRUN \\\n b\n")


@pytest.mark.parametrize(
    ("start", "end", "region"),
    [
        (0, 4, (1, 1, 1, 5)),
        (5, 6, (1, 6, 1, 7)),
        (7, 15, (2, 1, 3, 3)),
        (11, 11, (2, 5, 2, 6)),
        (16, 16, (4, 1, 4, 2)),
    ],
)
def test_regions(start, end, region):
    assert region_of(SOURCE, SOURCE.span(start, end)) == region
