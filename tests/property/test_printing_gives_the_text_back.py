from __future__ import annotations

from hypothesis import given

import stagegraph

from .strategies import BYTES, TEXTS


@given(TEXTS)
def test_printing_gives_the_text_back(text: str) -> None:
    """Printing the tree of a text gives the text back, whatever is wrong with it."""
    assert stagegraph.parse(text, tolerant=True).text == text


@given(BYTES)
def test_printing_gives_the_bytes_back(content: bytes) -> None:
    """Printing the tree of bytes gives them back, also those that are no UTF-8."""
    assert stagegraph.parse(content, tolerant=True).to_bytes() == content
