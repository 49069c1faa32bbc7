"""Law: a Dockerfile within a compose file has the findings that it has alone, at the same characters of that file."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from stagegraph import Findings, InlineDockerfile, Place, SourceFile
from stagegraph.linting.request import LintOptions, LintRequest

from .strategies import TEXTS

_LINES = re.compile(r"\(line \d+\)|of line [\d, ]+")


@given(TEXTS.filter(lambda text: "\r" not in text), st.integers(1, 4), st.integers(0, 3))
def test_inline_findings_stand_in_their_file(text: str, indent: int, above: int) -> None:
    block = "".join(f"{' ' * indent}{line.replace('$', '$$')}\n" for line in text.split("\n"))
    file = SourceFile("# above\n" * above + "dockerfile_inline: |\n" + block)
    dockerfile = InlineDockerfile(f"{text}\n", Place("compose.yaml", above + 1))
    request = LintRequest(None, None, (), LintOptions())
    alone = request.lint(SourceFile(dockerfile.text), None)
    inline = request.lint_inline(dockerfile, file, None)
    assert inline.source is file
    assert _shown(inline) == [
        (rule, message, line + above + 1, words.replace("$", "$$")) for rule, message, line, words in _shown(alone)
    ]


def _shown(findings: Findings) -> list[tuple[str, str, int, str]]:
    """Rules, messages without their lines, lines, and the words that are shown (without indentation)."""
    text = findings.source.text
    return [
        (
            one.rule,
            _LINES.sub("", one.message),
            one.line or 0,
            re.sub(r"\n *", "\n", text[one.span.start : one.span.end]) if one.span is not None else "",
        )
        for one in findings
    ]
