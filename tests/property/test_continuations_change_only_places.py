from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph import Instruction

from .strategies import DOCUMENTS, VALID_OPTIONS, Options, outcome

BLANKS = "\t\v\f "
NO_WORD = BLANKS + "\r\n#"


def places_to_split(instruction: Instruction) -> list[int]:
    """Where in its text one word of an instruction ends and the next is about to begin.

    Not in comments among continued lines, not before a `#` (which would make a comment), not
    in the bodies of heredocs.
    """
    text, places, start = instruction.text, [], 0
    if instruction.heredocs:
        bodies = sum(len(one.content) + len(one.name) + 1 for one in instruction.heredocs)
        text = text[: len(text) - bodies - sum(len(one.name) + 2 for one in instruction.heredocs if one.chomp)]
    for line in text.splitlines(keepends=True):
        is_comment = start > 0 and line.lstrip().startswith("#")
        begun = start > 0 or not line[:1].isspace()
        for position in range(1, len(line)):
            between_words = line[position - 1] in BLANKS and line[position] not in NO_WORD
            if between_words and not is_comment and (begun or line[:position].strip()):
                places.append(start + position)
        start += len(line)
    return places


@given(DOCUMENTS, st.integers(0, 1_000), st.sampled_from(("", " ", "\t")), VALID_OPTIONS)
def test_continuations_change_only_places(text: str, choice: int, trailing: str, options: Options) -> None:
    """Splitting an instruction between two words with a continuation changes nothing but places."""
    tree = stagegraph.parse(text)
    places = [
        one.span.start + place for one in tree.instructions if one.span is not None for place in places_to_split(one)
    ]
    if not places:
        return
    place = places[choice % len(places)]
    split = stagegraph.parse(f"{text[:place]}{tree.escape}{trailing}\n{text[place:]}")
    assert split.instructions == tree.instructions
    assert [one.line for one in split.instructions] == [one.line for one in tree.instructions]
    assert len(split.nodes) == len(tree.nodes)
    assert described(split, options) == described(tree, options)


def described(tree: stagegraph.Dockerfile, options: Options) -> object:
    """What a plan says, without its places."""
    plan = outcome(lambda: stagegraph.plan(tree, **options))
    if isinstance(plan, stagegraph.StageGraphError):
        return plan.message
    steps = [(step.id, step.name, step.inputs, step.stage) for step in plan.steps]
    return steps, plan.result, plan.config, plan.loads, [(one.rule, one.message) for one in plan.warnings]
