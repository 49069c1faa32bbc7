from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import CONTENTS, outcome, text_of

OF_NO_PLACE = "file with no instructions"


@given(CONTENTS)
def test_parsing_gives_a_tree_or_an_error(content: str | bytes) -> None:
    """Parsing any text or bytes gives a tree, or a `DockerfileSyntaxError` whose span lies in the text."""
    text = text_of(content)
    answer = outcome(lambda: stagegraph.parse(content))
    if isinstance(answer, stagegraph.Dockerfile):
        assert answer.instructions
        assert answer.problems == ()
        return
    assert isinstance(answer, stagegraph.DockerfileSyntaxError)
    assert answer.message in answer.render()
    if answer.span is None:
        assert answer.message == OF_NO_PLACE
        return
    assert 0 <= answer.span.start <= answer.span.end <= len(text)
    assert 1 <= answer.span.first_line <= answer.span.last_line <= text.count("\n") + 1
    assert answer.line == answer.span.first_line
    assert answer.excerpt == text.split("\n")[answer.span.first_line - 1].rstrip("\r")
