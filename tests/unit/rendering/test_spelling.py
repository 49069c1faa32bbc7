import pytest

from stagegraph.rendering.spelling import capitalised, counted, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("RUN echo hi", "RUN echo hi"),
        ("café 多階段", "café 多階段"),
        ("a\tb", "a\tb"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\nb\rc", "a\\nb\\rc"),
        ("\x9bC1", "\\x9bC1"),
        ("ab\u202ecd", "ab\\u202ecd"),
        ("\u2028", "\\u2028"),
        ("\udcff", "\ufffd"),
    ],
)
def test_nothing_shown_can_steer_a_terminal(text, shown):
    assert visible(text) == shown


@pytest.mark.parametrize(("number", "words"), [(0, "0 steps"), (1, "1 step"), (2, "2 steps")])
def test_counted(number, words):
    assert counted(number, "step") == words


@pytest.mark.parametrize(
    ("text", "head"), [("the legacy builder", "The legacy builder"), ("BuildKit", "BuildKit"), ("", "")]
)
def test_capitalised_leaves_the_rest_alone(text, head):
    assert capitalised(text) == head
