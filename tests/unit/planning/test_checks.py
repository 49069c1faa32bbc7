"""The build checks that need more than the text: here those of the build context."""

from __future__ import annotations

import pytest

import stagegraph

RULE = "CopyIgnoredFile"


def ignored(text: str, dockerignore: str) -> list[tuple[int | None, str]]:
    findings = stagegraph.lint(text, dockerignore=dockerignore)
    return [(one.line, one.message) for one in findings if one.rule in (RULE, "build-error")]


@pytest.mark.parametrize(
    ("text", "dockerignore", "found"),
    [
        (
            "FROM a\nCOPY x y /\nADD z /\n",
            "x\nz",
            [
                (2, 'Attempting to Copy file "x" that is excluded by .dockerignore'),
                (3, 'Attempting to Add file "z" that is excluded by .dockerignore'),
            ],
        ),
        (
            "FROM a\nARG N=x\nCOPY ./$N/ /\n",
            "x",
            [(3, 'Attempting to Copy file "x" that is excluded by .dockerignore')],
        ),
        ("FROM a\nCOPY . /\n", "*", [(2, 'Attempting to Copy file "." that is excluded by .dockerignore')]),
        ("FROM a\nCOPY . /\n", "x", []),
        ("FROM a\nCOPY x /\n", "x\n!x/keep", []),
        ("FROM a\nCOPY x /\n", "", []),
        ("FROM a AS b\nFROM a\nCOPY --from=b x /\nADD https://h/x /\nCOPY <<x /\nx\n", "x", []),
        ("FROM a\n# check=skip=CopyIgnoredFile\nCOPY x /\n", "x", []),
        ("FROM a\nCOPY x /\n", "[", [(None, "syntax error in pattern")]),
    ],
)
def test_sources_that_are_left_out(text, dockerignore, found):
    assert ignored(text, dockerignore) == found


def test_the_file_may_be_a_path(tmp_path):
    path = tmp_path / ".dockerignore"
    path.write_text("x\n")
    assert [one.rule for one in stagegraph.lint("FROM a\nCOPY x /\n", dockerignore=path)] == [RULE]
