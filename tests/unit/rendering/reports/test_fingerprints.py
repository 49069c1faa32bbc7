"""Fingerprints tell findings apart, and stay when a file grows."""

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.reports.fingerprints import with_fingerprints
from stagegraph.rendering.reports.report import Report

TEXT = "FROM alpine:3 AS a\nFROM scratch\nCOPY --from=0 /x /x\nCOPY --from=0 /y /y\n"


def prints(text, path="Dockerfile"):
    return [one[3] for one in with_fingerprints(Report([LintedFile(path, stagegraph.lint(text))]))]


def test_two_findings_that_say_the_same():
    first, second = prints(TEXT)
    assert first != second


def test_a_line_above_changes_nothing():
    assert prints(f"# a comment\n\n{TEXT}") == prints(TEXT)


def test_another_file_has_others():
    assert set(prints(TEXT)).isdisjoint(prints(TEXT, "other.Dockerfile"))
