from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("FROM x AS a\nCOPY --from=b x y\nFROM x AS b\n", [2]),
        ("FROM x AS a\nCOPY --from=1 x y\nFROM x AS b\n", [2]),
        ("FROM x AS a\nRUN --mount=from=b,target=/b z\nFROM x AS b\n", [2]),
        # a dead stage too: it cannot be built
        ("FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nFROM x\n", [2]),
        # the last stage of a name is meant, although there is one before
        ("FROM x AS b\nFROM x AS a\nCOPY --from=b x y\nFROM x AS b\n", [3]),
        ("FROM x AS b\nFROM x AS a\nCOPY --from=b x y\n", []),
        # a base is never a later stage
        ("FROM b AS a\nFROM x AS b\n", []),
        # that is a ring, which is another rule's
        ("FROM x AS a\nCOPY --from=b x y\nFROM x AS b\nCOPY --from=a x y\n", []),
        ("FROM x AS a\nCOPY --from=a x y\n", []),
    ],
)
def test_what_is_found(find, text, lines):
    assert [one.line for one in find(text)] == lines


def test_the_finding(find):
    (finding,) = find("FROM x AS a\nCOPY --from=B x y\nFROM x AS b\n")
    assert finding.message == '--from=B is stage "b" (line 3), which is defined later: no builder can read it here'
    assert [one.span.first_line for one in finding.related] == [3]


def test_a_context_that_stands_in(find):
    assert find("FROM x AS a\nCOPY --from=b x y\nFROM x AS b\n", contexts={"b": "./b"}) == []
