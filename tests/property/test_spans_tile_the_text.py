from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import CONTENTS, text_of


@given(CONTENTS)
def test_spans_tile_the_text(content: str | bytes) -> None:
    """The spans of the nodes follow one another without a gap, from the beginning of the text to its end."""
    text = text_of(content)
    position = 0
    for node in stagegraph.parse(content, tolerant=True).nodes:
        assert node.span is not None
        assert node.span.start == position
        assert node.span.end > position
        assert node.text == text[node.span.start : node.span.end]
        position = node.span.end
    assert position == len(text)


@given(CONTENTS)
def test_spans_know_their_lines(content: str | bytes) -> None:
    """A span names the lines that hold its first and its last character; the lines of nodes tile the file too."""
    text = text_of(content)
    last_line = 0
    for node in stagegraph.parse(content, tolerant=True).nodes:
        assert node.span is not None
        assert node.span.first_line == last_line + 1 == text.count("\n", 0, node.span.start) + 1
        assert node.span.last_line == text.count("\n", 0, node.span.end - 1) + 1
        last_line = node.span.last_line
