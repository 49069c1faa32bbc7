import pytest

import stagegraph
from stagegraph.errors import InputError, ResolutionError
from stagegraph.rendering.failures import failure_text
from stagegraph.source import SourceFile


def failure(text, **options):
    with pytest.raises(stagegraph.StageGraphError) as caught:
        stagegraph.plan(text, **options)
    return caught.value


def test_place_excerpt_and_caret():
    assert failure_text(failure("FROM alpine\n  RUNN x\n")) == (
        "Dockerfile:2:3: unknown instruction: RUNN (did you mean RUN?)\n 2 |   RUNN x\n   |   ^^^^^^\n"
    )


def test_the_file_can_be_called_by_another_name():
    assert failure_text(failure("FROM a\nCOPY --from=7 / /\n"), "deep/x.Dockerfile").startswith(
        "deep/x.Dockerfile:2:1: invalid stage index 7\n"
    )


def test_it_says_what_render_says():
    error = failure("FROM alpine\nRUNN x\n")
    assert failure_text(error) == error.render() + "\n"


def test_an_error_without_a_source():
    assert failure_text(InputError("x: is a directory")) == "stagegraph: x: is a directory\n"


def test_a_suggestion_stands_on_a_line_of_its_own():
    error = ResolutionError('there is no stage "bas"', source=SourceFile("FROM a"), suggestion="base")
    assert failure_text(error) == 'Dockerfile: there is no stage "bas"\ndid you mean base?\n'


def test_a_long_message_is_cut():
    text = failure_text(InputError("x" * 5000))
    assert text == f"stagegraph: {'x' * 2000}...\n"


def test_a_long_line_is_cut():
    assert len(failure_text(failure(f"FROM alpine\nRUNN {'x' * 60_000}\n"))) < 1000


def test_nothing_in_it_can_steer_a_terminal():
    text = failure_text(failure("FROM alpine\nRU\x1b[31mN x\n"))
    assert "\x1b" not in text
    assert "RU\\x1b[31mN x" in text
