from __future__ import annotations

import time

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


def test_many_rings_take_no_more_than_their_stages():
    """A thousand stages that all copy from each other have more rings than anybody can list."""
    import stagegraph

    count = 60
    text = "".join(
        f"FROM x AS s{index}\n" + "".join(f"COPY --from=s{other} x y\n" for other in range(count) if other != index)
        for index in range(count)
    )
    began = time.monotonic()
    found = [one for one in stagegraph.lint(text) if one.rule == "cycle"]
    assert len(found) == 1
    assert time.monotonic() - began < 20
