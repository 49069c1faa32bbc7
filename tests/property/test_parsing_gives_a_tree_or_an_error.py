from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import CONTENTS, text_of

NOWHERE = ("file with no instructions",)


@given(CONTENTS)
def test_parsing_gives_a_tree_or_an_error(content: str | bytes) -> None:
    """Parsing any text or bytes gives a tree, or a `DockerfileSyntaxError` whose span lies in the text."""
    text = text_of(content)
    try:
        tree = stagegraph.parse(content)
    except stagegraph.DockerfileSyntaxError as error:
        if error.span is None:
            assert error.message in NOWHERE
            return
        assert 0 <= error.span.start <= error.span.end <= len(text)
        assert 1 <= error.span.first_line <= error.span.last_line <= text.count("\n") + 1
        assert error.line == error.span.first_line
        assert error.excerpt == text.split("\n")[error.span.first_line - 1].rstrip("\r")
        assert error.message in error.render()
    else:
        assert tree.instructions
        assert tree.problems == ()
