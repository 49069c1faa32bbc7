from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (
            "FROM a AS b\nFROM c\nRUN --mount=from=0,target=/x y\n",
            ['from=0 mounts an image called 0: a mount knows stages by name alone, and is not stage "b" (line 1)'],
        ),
        (
            "FROM a\nRUN --mount=type=cache,from=7,target=/x y\n",
            ["from=7 mounts an image called 7: a mount knows stages by name alone"],
        ),
        ("FROM a AS b\nFROM c\nRUN --mount=from=b,target=/x y\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=0 x y\n", []),
    ],
)
def test_what_is_found(find, text, messages):
    assert [one.message for one in find(text)] == messages


def test_a_context_of_that_name(find):
    assert find("FROM a\nRUN --mount=from=0,target=/x y\n", contexts={"0": "./x"}) == []


def test_of_several_mounts_each_is_looked_at(find):
    text = "FROM a\nRUN --mount=from=1,target=/x --network=none --mount=target=/y,from=2 z\n"
    assert [text[one.span.start : one.span.end] for one in find(text)] == ["1", "2"]
