"""The heirs of stages: whether a word stands in one of them, however far, and for how much work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph import LintConfiguration
from stagegraph.linting.heirs import Heirs
from stagegraph.linting.request import LintOptions, LintRequest

ONLY = LintConfiguration(select=["unused-build-arg"])


def subject_of(text, monkeypatch):
    """The subject that rules are given for a text."""
    seen = []
    monkeypatch.setattr("stagegraph.linting.request.lint_subject", lambda subject, *_: seen.append(subject))
    LintRequest(None, None, (), LintOptions()).lint(stagegraph.SourceFile(text), None)
    return seen[0]


def forest(parents):
    """Stages of which each is built upon an earlier one, or upon an image, and mentions its own word."""
    bases = ("alpine" if parent is None else f"s{parent}" for parent in parents)
    return "".join(f"FROM {base} AS s{index}\nLABEL w{index}=x\n" for index, base in enumerate(bases))


@st.composite
def parents(draw):
    count = draw(st.integers(1, 8))
    return [draw(st.none() | st.integers(0, index - 1)) if index else None for index in range(count)]


@given(parents())
def test_an_heir_mentions_a_word_or_none_does(given_parents):
    """Law: the words of a stage are mentioned by the heirs of all that it is built upon, and of nothing else."""
    with pytest.MonkeyPatch.context() as patch:
        subject = subject_of(forest(given_parents), patch)
    heirs = Heirs(subject)
    for index, stage in enumerate(subject.stages):
        above, place = set(), given_parents[index]
        while place is not None:
            above.add(place)
            place = given_parents[place]
        found = {other.index for other in subject.stages if heirs.mention(other, f"w{index}")}
        assert found == above, stage


def test_whether_something_runs_in_them(monkeypatch):
    text = "FROM a AS x\nFROM x AS y\nFROM y AS z\nRUN b\nFROM a AS w\n"
    subject = subject_of(text, monkeypatch)
    heirs = Heirs(subject)
    assert [heirs.run_something(stage) for stage in subject.stages] == [True, True, False, False]


def test_a_chain_takes_no_more_than_its_length(calls_of):
    def chain(count):
        return "FROM a AS s0\n" + "".join(f"FROM s{n} AS s{n + 1}\nARG A{n}\n" for n in range(count))

    stagegraph.lint(chain(2), configuration=ONLY)  # what is only done once
    few, many = (calls_of(stagegraph.lint, chain(count), configuration=ONLY) for count in (100, 200))
    assert len(stagegraph.lint(chain(100), configuration=ONLY)) == 100
    assert many < 2.5 * few
