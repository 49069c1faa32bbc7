from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import DOCUMENTS, SKETCHES, VALID_OPTIONS, Options, outcome

TEXTS = (DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text)).filter(lambda text: "<<" not in text)


@given(TEXTS, VALID_OPTIONS)
def test_line_endings_do_not_matter(text: str, options: Options) -> None:
    """CRLF and LF give the same plans, for files without heredocs (whose bodies keep their line endings)."""
    unix = text.replace("\r\n", "\n")
    windows = unix.replace("\n", "\r\n")
    for builder in stagegraph.Builder:
        one, other = (
            outcome(lambda text=text, builder=builder: stagegraph.plan(text, builder=builder, **options))
            for text in (unix, windows)
        )
        if isinstance(one, stagegraph.StageGraphError):
            assert isinstance(other, type(one))
            assert (other.message, other.line) == (one.message, one.line)
        else:
            assert [step.name for step in other.steps] == [step.name for step in one.steps]
            assert other.to_dict() == one.to_dict()
