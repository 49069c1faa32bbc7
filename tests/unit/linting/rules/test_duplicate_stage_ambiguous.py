from __future__ import annotations

import pytest

TWO = "FROM x AS a\nFROM x AS a\n"
LAST = "is the last stage of that name (line 2), and not that of line 1"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        (TWO + "FROM y\nCOPY --from=a x y\n", ["--from=a " + LAST]),
        (TWO + "FROM y\nRUN --mount=from=A,target=/a z\n", ["from=A " + LAST]),
        (TWO + "FROM a\n", ["FROM a is the nearest earlier stage of that name (line 2), and not that of line 1"]),
        ("FROM x AS a\nFROM a AS b\nFROM x AS a\n", []),
        ("FROM x AS a\nFROM a AS a\n", []),
        (TWO + "FROM y\nCOPY --from=0 x y\n", []),
        (TWO, []),
        ("FROM x\nFROM x\nFROM y\nCOPY --from=b x y\n", []),
    ],
)  # fmt: skip
def test_what_is_found(find, text, messages):
    assert [one.message for one in find(text)] == messages


def test_the_places(find):
    (finding,) = find(TWO + "FROM y\nCOPY --from=a x y\n")
    assert [(one.message, one.span.first_line) for one in finding.related] == [
        ("BuildKit takes this one", 2),
        ("this one has the name too", 1),
    ]
