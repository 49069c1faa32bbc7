from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph import Instruction

from .strategies import DOCUMENTS, VALID_OPTIONS, Options, outcome

BLANKS = "\t\v\f "
NO_WORD = BLANKS + "\r\n#"


def places_to_split(instruction: Instruction) -> list[int]:
    """Where in its text one word of an instruction has ended and the next is about to begin.

    Not in comments among continued lines, not before a `#` (which would make a comment), not in
    the bodies of heredocs.
    """
    lines = instruction.text.split("\n")
    places, start = [], 0
    for number, line in enumerate(lines[:1] if instruction.heredocs else lines):
        is_comment = number > 0 and line.lstrip().startswith("#")
        for position in range(1, len(line)):
            has_words_before = number > 0 or line[:position].strip()
            between_words = line[position - 1] in BLANKS and line[position] not in NO_WORD
            if has_words_before and between_words and not is_comment:
                places.append(start + position)
        start += len(line) + 1
    return places


ENDS_OF_LINES = st.sampled_from(("\n", " \n", "\t\r\n", "\n# c\n", "\n  # c \\\n#\n"))


@given(DOCUMENTS, st.integers(0, 1_000), ENDS_OF_LINES, VALID_OPTIONS)
def test_continuations_change_only_places(text: str, choice: int, end_of_line: str, options: Options) -> None:
    """Splitting an instruction between two words with a continuation changes nothing but places.

    Blanks behind the escape character and comments before the second word change nothing either.
    """
    tree = stagegraph.parse(text)
    places = [
        one.span.start + place for one in tree.instructions if one.span is not None for place in places_to_split(one)
    ]
    if not places:
        return
    place = places[choice % len(places)]
    split = stagegraph.parse(f"{text[:place]}{tree.escape}{end_of_line}{text[place:]}")
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
