from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("FROM a AS b\nFROM c\nCOPY --from=B x y\n", [(3, "b")]),
        ("FROM a AS b\nFROM c\nRUN --mount=from=B,target=/b x\n", [(3, "b")]),
        ("FROM a AS Bc\nFROM c\nCOPY --from=BC x y\n", [(3, "bc")]),
        # BuildKit does not find it, so that there is no plan to keep
        ("FROM a AS b\nFROM B\n", [(2, None)]),
        ("FROM a AS Bc\nFROM Bc\n", [(2, None)]),
        # the stage is the one that is written oddly
        ("FROM a AS Bc\nFROM bc\n", [(2, None)]),
        ("FROM a AS Bc\nFROM c\nCOPY --from=bc x y\n", [(3, None)]),
        ("FROM a AS Bc\nFROM c\nCOPY --from=Bc x y\n", []),
        ("FROM a AS b\nFROM b\nFROM c\nCOPY --from=b x y\nCOPY --from=0 x y\n", []),
        # no earlier stage, or a name that a variable makes
        ("FROM B\nFROM a AS b\n", []),
        ("ARG N=B\nFROM a AS b\nFROM $N\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=Busybox x y\n", []),
    ],
)
def test_what_is_found(find, text, found):
    assert [(one.line, one.fix.edits[0].text if one.fix else None) for one in find(text)] == found


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "FROM a AS b\nFROM c\nCOPY --from=B x y\n",
            "--from=B is written b where the stage is defined, and Buildah tells cases apart",
        ),
        (
            "FROM a AS Bc\nFROM Bc\n",
            'FROM Bc names no stage to BuildKit, which knows stage "bc" in lower case alone',
        ),
    ],
)
def test_the_message(find, text, message):
    assert [one.message for one in find(text)] == [message]


def test_a_context_of_that_name(find):
    assert find("FROM a AS b\nFROM c\nCOPY --from=B x y\n", contexts={"b": "./b"}) != []
    assert find("FROM a AS b\nFROM c\nCOPY --from=b x y\n", contexts={"b": "./b"}) == []
