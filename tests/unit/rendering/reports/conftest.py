"""A report on files of every kind."""

import pytest

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.reports.report import Report

ODD = "FROM alpine AS Build\r\nRUN make\r\nFROM scratch\r\nCOPY \\\r\n --from=0 /ä%,: /\r\n"


def linted(path, text, **options):
    return LintedFile(path, stagegraph.lint(stagegraph.SourceFile.of(text, path), **options))


@pytest.fixture
def report():
    """Findings with and without fixes and places, silences, a clean file, and one that cannot be read."""
    unknown = stagegraph.UnknownTargets("docker-bake.hcl calls a function")
    return Report(
        [
            linted("a, b/Dockerfile", ODD),
            linted("dead.Dockerfile", "FROM alpine AS x\nFROM alpine:3\n", targets=["x", "y"]),
            linted("quiet.Dockerfile", "FROM alpine AS x\nFROM alpine:3\n", targets=unknown),
            linted("/abs/bytes.Dockerfile", b"FROM alpine\nEXPOSE \xff\x1b[1m\nRUN []\n"),
            linted("empty.Dockerfile", ""),
            linted("good.Dockerfile", "FROM alpine:3\n"),
            LintedFile("missing.Dockerfile", stagegraph.InputError("missing.Dockerfile: no such file")),
        ]
    )
