from __future__ import annotations

import attrs
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph import Instruction

from .strategies import DOCUMENTS, INSTRUCTIONS


@given(DOCUMENTS, st.integers(0, 1_000), INSTRUCTIONS)
def test_replacing_a_node_changes_only_its_bytes(text: str, choice: int, replacement: Instruction) -> None:
    """Replacing one node and printing changes only that node's bytes, and parses to the tree with the new node."""
    tree = stagegraph.parse(text)
    index = tree.nodes.index(tree.instructions[choice % len(tree.instructions)])
    span = tree.nodes[index].span
    assert span is not None
    changed = attrs.evolve(tree, nodes=(*tree.nodes[:index], replacement, *tree.nodes[index + 1 :]))
    assert changed.text == text[: span.start] + replacement.text + text[span.end :]
    assert stagegraph.parse(changed.text).nodes == changed.nodes


@given(DOCUMENTS, st.integers(0, 1_000), st.from_regex(r"[a-z]{1,5}", fullmatch=True))
def test_changing_a_node_changes_only_its_bytes(text: str, choice: int, word: str) -> None:
    """A node with one more word prints itself anew, and every other node as it was."""
    tree = stagegraph.parse(text)
    old = tree.instructions[choice % len(tree.instructions)]
    new = attrs.evolve(old, arguments=f"{old.arguments} {word}")
    nodes = tuple(new if node is old else node for node in tree.nodes)
    assert new.text.startswith(" ".join((old.keyword, *old.flags, old.arguments, word)))
    for before, after in zip(tree.nodes, nodes, strict=True):
        assert (after.text == before.text) == (before is not old)
    assert old.span is not None
    assert attrs.evolve(tree, nodes=nodes).text == text[: old.span.start] + new.text + text[old.span.end :]
