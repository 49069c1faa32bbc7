"""Law: whatever is written as a Dockerfile within a compose or bake file, lint raises nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.reports import FORMS
from stagegraph.rendering.reports.report import Report

PIECES = st.sampled_from(
    (
        *(
            "FROM a AS b\n",
            "    FROM b\n",
            "    COPY --from=0 $$A ${B} /\n",
            "    RUN <<E\n",
            "    E\n",
            "FROM",
            "\\\n",
        ),
        *(
            "$",
            "$$",
            "${",
            "$${",
            "}",
            "%{",
            "%%{",
            '"',
            "'",
            "\\",
            "\\n",
            "\\ud800",
            "\n",
            "    ",
            "\t",
            "\r",
            "é",
            "#",
        ),
        *("\u2028", "\x85", "\ufeff", "EOT\n", "|", ">", "&a ", "*a"),
    )
)
HEADS = st.sampled_from(
    (
        ("compose.yaml", "services:\n w:\n  build:\n   dockerfile_inline: |\n    "),
        ("compose.yaml", "services:\n w:\n  build:\n   dockerfile_inline: >-\n    "),
        ("compose.yaml", 'services:\n w:\n  build:\n   dockerfile_inline: "'),
        ("docker-bake.hcl", 'target "a" {\n dockerfile-inline = <<-EOT\n    '),
        ("docker-bake.hcl", 'target "a" {\n dockerfile-inline = "'),
        ("docker-bake.json", '{"target": {"a": {"dockerfile-inline": "'),
    )
)
TAILS = st.sampled_from(("", "\n", "\n    EOT\n}\n", '"\n}\n', '"}}}', '"\n   target: x\n', "\n   target: x\n"))


@given(HEADS, st.lists(PIECES, max_size=10).map("".join), TAILS)
def test_inline_dockerfiles_never_fail(head: tuple[str, str], text: str, tail: str) -> None:
    name, beginning = head
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(f"{beginning}{text}{tail}".encode())
        project = stagegraph.project(folder)
        for dockerfile in project.inline_dockerfiles:
            found = stagegraph.lint(dockerfile, project=project)
            assert all(0 < (one.line or 0) <= len(found.source.line_starts) for one in found)
            report = Report([LintedFile(name, found, dockerfile.place.line)])
            PlainPages().findings(report)
            for form in FORMS.values():
                form(report)
