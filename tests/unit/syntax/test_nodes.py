"""The tree: what stands in it, how it prints, what comments say of instructions."""

from __future__ import annotations

import attrs
import pytest

import stagegraph
from stagegraph import BlankLine, Comment, Directive, Dockerfile, Heredoc, Span
from stagegraph.syntax.instructions import Arg, Cmd, Copy, From, Run

TEXT = """\
# syntax=docker/dockerfile:1
# escape=\\
# First.
#
# base The base.
# More of it.

FROM alpine AS base
# version Which one.
ARG version=1 other
RUN a \\
  # inside
  b
"""


@pytest.fixture
def tree() -> Dockerfile:
    return stagegraph.parse(TEXT)


def test_nodes(tree: Dockerfile) -> None:
    assert [(type(node).__name__, node.span) for node in tree.nodes] == [
        ("Directive", Span(0, 29, 1, 1)),
        ("Directive", Span(29, 40, 2, 2)),
        ("Comment", Span(40, 49, 3, 3)),
        ("Comment", Span(49, 51, 4, 4)),
        ("Comment", Span(51, 68, 5, 5)),
        ("Comment", Span(68, 82, 6, 6)),
        ("BlankLine", Span(82, 83, 7, 7)),
        ("From", Span(83, 103, 8, 8)),
        ("Comment", Span(103, 124, 9, 9)),
        ("Arg", Span(124, 144, 10, 10)),
        ("Run", Span(144, 167, 11, 13)),
    ]
    assert [node.text for node in tree.nodes[-2:]] == ["ARG version=1 other\n", "RUN a \\\n  # inside\n  b\n"]


def test_directives_and_what_buildkit_reads_of_them(tree: Dockerfile) -> None:
    assert tree.directives == (
        Directive("# syntax=docker/dockerfile:1\n", "syntax", "docker/dockerfile:1"),
        Directive("# escape=\\\n", "escape", "\\"),
    )
    assert tree.syntax is not None
    assert tree.syntax.value == "docker/dockerfile:1"
    assert tree.check is None
    assert tree.escape == "\\"


def test_comments_of_an_instruction(tree: Dockerfile) -> None:
    from_, arg, run = tree.instructions
    assert tree.comments_of(from_) == ("base The base.", "More of it.")
    assert tree.comments_of(arg) == ("version Which one.",)
    assert tree.comments_of(run) == ()


def test_descriptions(tree: Dockerfile) -> None:
    from_, arg, _ = tree.instructions
    assert tree.description_of(from_, "base") == "The base."
    assert tree.description_of(from_, None) == ""
    assert tree.description_of(from_, "Base") == ""
    assert tree.description_of(arg, "version") == "Which one."
    assert tree.description_of(arg, "other") == ""


def test_equal_instructions_have_comments_of_their_own() -> None:
    tree = stagegraph.parse("FROM a\n# one\nRUN x\n# two\nRUN x\n")
    assert tree.instructions[1] == tree.instructions[2]
    assert [tree.comments_of(one) for one in tree.instructions] == [(), ("one",), ("two",)]


@pytest.mark.parametrize(
    ("text", "value"), [("# a b \n", "a b"), ("#a\r\n", "a"), ("#\n", ""), ("## a\n", "# a"), ("#!x\n", "!x")]
)
def test_what_a_comment_says(text: str, value: str) -> None:
    assert Comment(text).value == value


def test_trees_are_equal_by_content() -> None:
    ours = stagegraph.parse("FROM a\nRUN b\n")
    assert ours == stagegraph.parse(b"FROM a\nRUN b\n")
    assert ours != stagegraph.parse("FROM a\n\nRUN b\n")
    assert ours.instructions == stagegraph.parse("# x\nFROM a\n\nRUN b\n").instructions
    assert hash(ours) == hash(stagegraph.parse("FROM a\nRUN b\n"))


def test_a_tree_is_frozen(tree: Dockerfile) -> None:
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        tree.nodes = ()  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        tree.instructions[0].keyword = "x"  # type: ignore[misc]


def test_a_tree_made_without_a_text_prints_in_canonical_form() -> None:
    tree = Dockerfile(
        (
            Directive("# syntax=a\n", "syntax", "a"),
            Comment("# says something\n"),
            BlankLine(),
            From("FROM", ("--platform=linux/amd64",), "alpine AS a"),
            Run("RUN", (), "cat <<one <<-two", (Heredoc("one", "1\n"), Heredoc("two", "\t2\n", chomp=True))),
            Copy("COPY", ("--from=a", "--link"), "x y"),
            Cmd("CMD"),
        )
    )
    assert tree.text == (
        "# syntax=a\n# says something\n\nFROM --platform=linux/amd64 alpine AS a\n"
        "RUN cat <<one <<-two\n1\none\n\t2\ntwo\nCOPY --from=a --link x y\nCMD\n"
    )
    assert tree.source is None
    assert [(one.first_line, one.last_line, one.span) for one in tree.instructions] == [(0, 0, None)] * 4
    assert stagegraph.parse(tree.text) == tree


def test_a_tree_made_without_a_text_can_be_planned() -> None:
    tree = Dockerfile((From("FROM", (), "alpine AS a"), Run("RUN", (), "echo 1"), Arg("ARG", (), "X=1")))
    plan = stagegraph.plan(tree)
    assert [step.name for step in plan.steps] == ["[1/2] FROM docker.io/library/alpine:latest", "[2/2] RUN echo 1"]
    assert [step.lines for step in plan.steps] == [None, None]
    assert plan.to_dict()["stages"] == [
        {
            "index": 0,
            "name": "a",
            "base": "alpine",
            "platform": None,
            "line": None,
            "executed": True,
            "reason": "it is the target",
            "needed_by": None,
        }
    ]


def test_changing_one_instruction_changes_only_its_bytes(tree: Dockerfile) -> None:
    arg = tree.instructions[1]
    place = tree.nodes.index(arg)
    changed = attrs.evolve(arg, arguments="version=2")
    edited = attrs.evolve(tree, nodes=(*tree.nodes[:place], changed, *tree.nodes[place + 1 :]))
    assert edited.text == TEXT.replace("ARG version=1 other\n", "ARG version=2\n")
    assert edited.instructions == (tree.instructions[0], changed, tree.instructions[2])
    assert tree.text == TEXT
