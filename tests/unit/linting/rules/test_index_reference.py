from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "fixes"),
    [
        ("FROM a AS b\nFROM c\nCOPY --from=0 x y\n", ["b"]),
        ("FROM a AS b\nFROM c\nCOPY --from=00 x y\n", ["b"]),
        ("FROM a AS b\nFROM c\nCOPY --link --from=0 x y\n", ["b"]),
        ("FROM a AS b\nFROM c\nCOPY \\\n  --from=0 \\\n  x y\n", ["b"]),
        ("FROM a\nFROM c\nCOPY --from=0 x y\n", [None]),
        # the name means another stage
        ("FROM a AS b\nFROM a AS b\nFROM c\nCOPY --from=0 x y\n", [None]),
        # a number in quotes is not where a name can stand
        ('FROM a AS b\nFROM c\nCOPY --from="0" x y\n', [None]),
        ("FROM a AS b\nFROM c\nCOPY --from=b x y\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=1 x y\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=7 x y\n", []),
        ("FROM a AS b\nFROM c\nCOPY --from=-1 x y\n", []),
        ("FROM a AS b\nFROM 0\n", []),
        ("FROM a AS b\nONBUILD COPY --from=0 x y\nFROM b\n", []),
        # beyond the stages a number may hit an image, which is no stage
        ("FROM a\nCOPY --from=busybox:1 x y\nFROM c\nCOPY --from=2 x y\n", []),
    ],
)
def test_what_is_found(find, text, fixes):
    found = [one.fix.edits[0].text if one.fix is not None else None for one in find(text)]
    assert found == fixes


def test_the_finding(find):
    text = "FROM a AS b\nFROM c\nCOPY --chown=1 --from=0 x y\n"
    (finding,) = find(text)
    assert finding.message == (
        '--from=0 counts stages, and means another one once a stage is put before it; name stage "b"'
    )
    assert (finding.line, finding.stage, text[finding.span.start : finding.span.end]) == (3, "b", "0")
    assert [(one.message, one.span.first_line) for one in finding.related] == [("stage 0", 1)]


def test_the_advice_for_a_stage_without_a_name(find):
    (finding,) = find("FROM a\nFROM c\nCOPY --from=0 x y\n")
    assert finding.message.endswith("give stage 0 a name")
    assert finding.stage == 0
