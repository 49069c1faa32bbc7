from __future__ import annotations

from hypothesis import given

import stagegraph
from stagegraph import Dockerfile

from .strategies import DOCUMENTS, TREES


@given(DOCUMENTS)
def test_parsing_again_changes_nothing(text: str) -> None:
    """Printing and parsing again gives the same tree, in the same places."""
    tree = stagegraph.parse(text)
    again = stagegraph.parse(tree.text)
    assert again == tree
    assert [node.span for node in again.nodes] == [node.span for node in tree.nodes]


@given(TREES)
def test_a_tree_without_a_text_survives_printing(tree: Dockerfile) -> None:
    """A tree that was made without a text is printed in a form that parses to the same tree."""
    assert stagegraph.parse(tree.text) == tree
