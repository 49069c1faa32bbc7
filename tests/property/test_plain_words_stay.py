from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stagegraph.syntax.characters import WHITE_SPACE
from stagegraph.words import expand, expand_text, split_words

from .strategies import LIVELY_WORDS, NAMES, WORDS

PLAIN = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="$'\"\\`\ufeff<"), max_size=20)
ENVIRONMENTS = st.dictionaries(NAMES, PLAIN, max_size=3)


@given(PLAIN, ENVIRONMENTS, st.sampled_from("\\`"))
def test_plain_words_stay(word: str, environment: dict[str, str], escape: str) -> None:
    """A word without `$`, quotes and escapes stays what it is, in every mode and every environment.

    `EXPOSE`, which makes several words of one, cuts it at white space and nowhere else.
    """
    for raw_quotes in (False, True):
        for keep_unset in (False, True):
            assert expand_text(word, environment, escape, raw_quotes=raw_quotes, keep_unset=keep_unset) == word
    assert expand(word, environment, escape=escape).text == word
    cut = [part for part in re.split(f"[{WHITE_SPACE}]+", word) if part]
    assert split_words(word, environment, escape) == cut


@given(LIVELY_WORDS, ENVIRONMENTS)
def test_expanding_what_is_expanded_changes_nothing(word: str, environment: dict[str, str]) -> None:
    """Once every variable is replaced by a plain value, expanding again changes nothing."""
    once = expand_text(word, environment)
    assert expand_text(once, environment) == once


@given(WORDS, WORDS, NAMES)
def test_the_operators_choose(value: str, other: str, name: str) -> None:
    """`:-` and `:+` choose by whether a variable is set and not empty, `-` and `+` by whether it is set."""
    for environment, is_set, is_full in (({}, False, False), ({name: ""}, True, False), ({name: value}, True, True)):
        held = environment.get(name, "")
        assert expand_text(f"${{{name}:-{other}}}", environment) == (held if is_full else other)
        assert expand_text(f"${{{name}-{other}}}", environment) == (held if is_set else other)
        assert expand_text(f"${{{name}:+{other}}}", environment) == (other if is_full else "")
        assert expand_text(f"${{{name}+{other}}}", environment) == (other if is_set else "")
