from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("FROM a AS b\nCOPY --from=b x y\n", [2]),
        ("FROM a AS b\nCOPY --from=B x y\n", [2]),
        ("FROM a\nCOPY --from=0 x y\n", [2]),
        ("FROM a AS b\nRUN --mount=from=b,target=/x y\n", [2]),
        ("FROM a AS b\nFROM a AS b\nCOPY --from=b x y\n", [3]),
        # the base of a stage never is the stage itself
        ("FROM b AS b\n", []),
        ("FROM b AS b\nFROM c\nCOPY --from=b x y\n", []),
        ("FROM a\nRUN --mount=from=0,target=/x y\n", []),
    ],
)
def test_what_is_found(find, text, lines):
    assert [one.line for one in find(text)] == lines


def test_the_message(find):
    assert [one.message for one in find("FROM a\nCOPY --from=0 x y\n")] == [
        "--from=0 is stage 0 itself: a stage cannot read what it is only becoming"
    ]


def test_a_context_that_stands_in(find):
    assert find("FROM a AS b\nCOPY --from=b x y\n", contexts={"b": "./b"}) == []
