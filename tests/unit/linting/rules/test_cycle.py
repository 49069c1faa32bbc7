from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "paths"),
    [
        (
            "FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nRUN --mount=from=a,target=/a z\n",
            ["a copies from b, which mounts a"],
        ),
        ("FROM x AS a\nCOPY --from=1 x y\nFROM a\n", ["a copies from stage-1, which is built upon a"]),
        (
            "FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nCOPY --from=c x y\nFROM x AS c\nCOPY --from=a x y\n",
            ["a copies from b, which copies from c, which copies from a"],
        ),
        (
            (
                "FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nCOPY --from=a x y\n"
                "FROM x AS c\nCOPY --from=d x y\nFROM c AS d\n"
            ),
            ["a copies from b, which copies from a", "c copies from d, which is built upon c"],
        ),
        ("FROM x AS a\nCOPY --from=a x y\n", []),
        ("FROM x AS a\nCOPY --from=b x y\nFROM x AS b\n", []),
        ("FROM x AS a\nFROM x AS b\nCOPY --from=a x y\nFROM b\nCOPY --from=a x y\n", []),
        # a base before the stage of that name is an image
        ("FROM b AS a\nFROM x AS b\nCOPY --from=a x y\n", []),
    ],
)
def test_the_way_round(find, text, paths):
    assert [one.message for one in find(text)] == [f"the stages need each other in a ring: {path}" for path in paths]


def test_the_places(find):
    text = "FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nCOPY --from=a x y\n"
    (finding,) = find(text)
    assert (finding.line, finding.stage) == (2, "a")
    assert [(one.message, one.span.first_line) for one in finding.related] == [("b copies from a", 4)]


def all_from_all(count):
    """Stages that all copy from each other, which make more rings than anybody can list."""
    return "".join(
        f"FROM x AS s{index}\n" + "".join(f"COPY --from=s{other} x y\n" for other in range(count) if other != index)
        for index in range(count)
    )


def test_many_rings_take_no_more_than_their_copies(find, calls_of):
    find(all_from_all(2))  # what is only done once
    few, many = calls_of(find, all_from_all(12)), calls_of(find, all_from_all(24))
    assert len(find(all_from_all(24))) == 1
    assert many / few < 1.2 * (24 * 23) / (12 * 11)
