"""The places of words, seen at a glance: what the places of the instruction are."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.linting.written import WrittenInstruction

PARTS = st.sampled_from(
    ["--from=a", "--from='a b'", "--", "a", "AS", '"b c"', "\\", "\\\n", "\t", " ", "  ", "#", "\r", "\ufeff", "é"]
)


def written(text):
    tree = stagegraph.parse(text, tolerant=True)
    return [WrittenInstruction(one, tree.source) for one in tree.instructions]


def shown(one):
    """The texts at the places."""
    text = one.source.text
    spans = (one.keyword, *map(one.flag, range(len(one.instruction.flags))), *one.words)
    return [text[span.start : span.end] for span in spans]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("FROM a AS b\n", ["FROM", "a", "AS", "b"]),
        ("  copy\t--from=a  --link b  c \n", ["copy", "--from=a", "--link", "b", "c"]),
        ("COPY --from=a -- b c", ["COPY", "--from=a", "b", "c"]),
        ("COPY --from='a b' c d", ["COPY", "--from='a b'", "c", "d"]),
        ("COPY \\\n --from=a \\\n b c", ["COPY", "--from=a", "b", "c"]),
        ("CMD", ["CMD"]),
    ],
)
def test_the_words(text, words):
    (one,) = written(text)
    assert shown(one) == words
    assert one.flag(9) is None


def test_an_instruction_that_stands_nowhere_has_no_places():
    (instruction,) = stagegraph.parse("FROM a AS b\n").instructions
    one = WrittenInstruction(attrs.evolve(instruction, span=None), stagegraph.SourceFile(""))
    assert (one.keyword, one.flag(0), one.words, one.arguments) == (None, None, (), None)


@given(st.sampled_from(["COPY", "from", "ARG", "RUN"]), st.lists(PARTS, max_size=6))
def test_what_is_seen_is_what_the_parser_works_out(keyword, parts):
    """Law: wherever words are seen at a glance, the places of the instruction are the same."""
    for one in written(f"{keyword} {' '.join(parts)}\n"):
        places = one.instruction.places
        assert one.keyword == places.keyword
        assert [one.flag(number) for number in range(len(places.flags))] == list(places.flags)
        assert one.words == places.words
        assert one.arguments == places.arguments
