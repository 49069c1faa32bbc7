"""Errors: one tree, with the place, an excerpt, a caret and what to do."""

from __future__ import annotations

import re

import pytest

import stagegraph
from stagegraph import (
    BackendError,
    BackendNotFoundError,
    CheckError,
    CircularDependencyError,
    DockerfileSyntaxError,
    InputError,
    InstructionError,
    LimitError,
    PlanningError,
    ResolutionError,
    SourceFile,
    StageGraphError,
    TargetNotFoundError,
    UnsupportedError,
    errors,
)
from stagegraph.errors import Complaint, LimitComplaint, system_reason

TREE = {
    StageGraphError: Exception,
    InputError: StageGraphError,
    DockerfileSyntaxError: StageGraphError,
    InstructionError: StageGraphError,
    ResolutionError: StageGraphError,
    TargetNotFoundError: ResolutionError,
    CircularDependencyError: ResolutionError,
    PlanningError: StageGraphError,
    CheckError: StageGraphError,
    LimitError: StageGraphError,
    BackendError: StageGraphError,
    BackendNotFoundError: BackendError,
    UnsupportedError: BackendError,
}


def test_the_tree() -> None:
    assert {kind: kind.__bases__ for kind in TREE} == {kind: (base,) for kind, base in TREE.items()}


def test_the_tree_is_the_one_that_the_docstring_draws() -> None:
    drawn = re.findall(r"^(?: *[│├└─ ]*)(\w+Error) {2,}", errors.__doc__ or "", re.MULTILINE)
    assert sorted(drawn) == sorted(kind.__name__ for kind in TREE)


@pytest.mark.parametrize(
    ("text", "options", "kind", "message", "place"),
    [
        ("FROM a\nRUN <<E\n", {}, DockerfileSyntaxError, "unterminated heredoc", (2, 1)),
        ("FROM a\nEXPOSE\n", {}, InstructionError, "EXPOSE requires at least one argument", (2, 1)),
        ("FROM a\nCOPY --from=3 b c\n", {}, ResolutionError, "invalid stage index 3", (2, 1)),
        ("FROM a\n", {"target": "x"}, TargetNotFoundError, 'target stage "x" could not be found', (None, None)),
        (
            "FROM a AS b\nCOPY --from=b c d\n",
            {},
            CircularDependencyError,
            "circular dependency detected on stage: b",
            (1, 1),
        ),
        ("FROM a\n  ADD --checksum=x y z\n", {}, PlanningError, "checksum requires HTTP(S) or Git sources", (2, 3)),
        (
            "# check=error=true\nFROM a AS B\n",
            {},
            CheckError,
            "lint violation found for rules: StageNameCasing",
            (None, None),
        ),
        ("FROM a\n", {"platform": "a/b/c/d"}, InputError, None, (None, None)),
        (
            "FROM a\nENV A=" + "x" * 1000 + "\n" + "ENV A=$A$A\n" * 20,
            {},
            LimitError,
            "the value grows beyond 16777216 characters, a limit of stagegraph",
            (17, 1),
        ),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_class(
    text: str,
    options: dict[str, str],
    kind: type[StageGraphError],
    message: str | None,
    place: tuple[int | None, int | None],
) -> None:
    with pytest.raises(StageGraphError) as caught:
        stagegraph.plan(text, **options)
    error = caught.value
    assert type(error) is kind
    assert message is None or error.message == message
    assert str(error) == error.message
    assert (error.line, error.column) == place


def test_the_place() -> None:
    with pytest.raises(InstructionError) as caught:
        stagegraph.plan("FROM a\n\tCOPY\t--form=x a b\n")
    error = caught.value
    assert (error.line, error.column) == (2, 2)
    assert error.excerpt == "\tCOPY\t--form=x a b"
    assert error.caret == "\t" + "^" * 17
    assert error.suggestion == "from"


def test_render_shows_place_excerpt_and_caret() -> None:
    with pytest.raises(InstructionError) as caught:
        stagegraph.plan("FROM a\n\n\n\n\n\n\n\n\nRUNN x \\\n y\n")
    assert caught.value.render() == (
        "Dockerfile:10:1: unknown instruction: RUNN (did you mean RUN?)\n 10 | RUNN x \\\n    | ^^^^^^^^"
    )


def test_render_of_an_error_without_a_place() -> None:
    with pytest.raises(TargetNotFoundError) as caught:
        stagegraph.plan("FROM a AS build\n", target="buidl")
    assert caught.value.render() == 'Dockerfile: target stage "buidl" could not be found (did you mean build?)'
    assert (caught.value.line, caught.value.column, caught.value.excerpt, caught.value.caret) == (None,) * 4


def test_render_says_what_was_meant_where_the_message_does_not() -> None:
    error = StageGraphError("no such thing", suggestion="this")
    assert error.render() == "no such thing\ndid you mean this?"
    assert (error.line, error.column, error.excerpt, error.caret) == (None,) * 4


def test_bytes_that_are_no_text_are_shown_as_the_builders_print_them() -> None:
    with pytest.raises(InstructionError) as caught:
        stagegraph.plan(b"FROM a\nR\xffUN x\n")
    assert caught.value.message == "unknown instruction: R\ufffdUN (did you mean run?)"
    caught.value.render().encode("utf-8")


def test_a_complaint_gets_a_place() -> None:
    source = SourceFile("FROM a\nRUN b\n", "other")
    error = PlanningError.of(Complaint("wrong", suggestion="right"), source, source.span(7, 13))
    assert type(error) is PlanningError
    assert error.render() == "other:2:1: wrong\n 2 | RUN b\n   | ^^^^^\ndid you mean right?"


def test_a_complaint_about_a_limit_is_a_limit_error() -> None:
    assert type(PlanningError.of(LimitComplaint("too much"), None, None)) is LimitError


def test_the_legacy_builder_fails_half_way() -> None:
    with pytest.raises(PlanningError) as caught:
        stagegraph.plan("FROM a\nRUN b\nCOPY --chmod=1 c d\nRUN e\n", builder="legacy")
    assert [step.name for step in caught.value.steps] == [
        "Step 1/4 : FROM a",
        "Step 2/4 : RUN b",
        "Step 3/4 : COPY --chmod=1 c d",
    ]


@pytest.mark.parametrize(
    ("fault", "reason"),
    [(FileNotFoundError(2, "No such file or directory"), "no such file or directory"), (OSError("Odd"), "odd")],
)
def test_what_the_system_says(fault, reason) -> None:
    assert system_reason(fault) == reason
