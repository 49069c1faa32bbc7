from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import stagegraph

from .strategies import DOCUMENTS, SKETCHES, VALID_OPTIONS, Options, outcome

TEXTS = DOCUMENTS | SKETCHES.map(lambda sketch: sketch.text)


@given(TEXTS, st.integers(0, 1_000), st.sampled_from(("# c\n", "\n", "  # c \\\n", "\t\n", "#\n")), VALID_OPTIONS)
def test_comments_do_not_matter(text: str, choice: int, line: str, options: Options) -> None:
    """A comment or a blank line between two instructions changes nothing but places."""
    nodes = stagegraph.parse(text).nodes
    begin = next(index for index, node in enumerate(nodes) if isinstance(node, stagegraph.Instruction))
    if begin + 1 == len(nodes):
        return
    place = begin + 1 + choice % (len(nodes) - begin - 1)
    commented = "".join(node.text for node in nodes[:place]) + line + "".join(node.text for node in nodes[place:])
    for builder in stagegraph.Builder:
        one, other = (
            outcome(lambda text=text, builder=builder: stagegraph.plan(text, builder=builder, **options))
            for text in (text, commented)
        )
        if isinstance(one, stagegraph.StageGraphError):
            assert isinstance(other, type(one))
            assert other.message == one.message
        else:
            assert [(step.name, step.inputs) for step in other.steps] == [
                (step.name, step.inputs) for step in one.steps
            ]
            assert other.config == one.config
