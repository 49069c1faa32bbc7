"""Findings for people: plain and on a terminal."""

import pytest

import stagegraph
from stagegraph.linting.files import LintedFile
from stagegraph.rendering.plain import PlainPages
from stagegraph.rendering.reports.report import Report
from stagegraph.rendering.terminal import Paper, TerminalPages

TEXT = "FROM alpine:3 AS build\nFROM scratch\n\tCOPY --from=0 /out /\n"
MESSAGE = '--from=0 counts stages, and means another one once a stage is put before it; name stage "build"'


def report(*files):
    return Report([LintedFile(path, stagegraph.lint(text, **options)) for path, text, options in files])


def test_a_finding():
    assert PlainPages().findings(report(("app/Dockerfile", TEXT, {}))).splitlines() == [
        f"app/Dockerfile:3:14: warning: {MESSAGE} [index-reference]",
        "  3 | \tCOPY --from=0 /out /",
        "    | \t            ^",
        "  line 1: stage 0",
        '  fix: name stage "build"',
        "  see: stagegraph explain index-reference",
        "",
        "1 finding in 1 file, 1 to be mended by --fix",
    ]


def test_a_build_check_has_a_page_on_the_web():
    page = PlainPages().findings(report(("x", "FROM alpine:3 AS X\n", {})))
    assert "  see: https://docs.docker.com/go/dockerfile/rule/stage-name-casing/\n" in page


def test_a_finding_about_no_line():
    page = PlainPages().findings(report(("x", "FROM alpine:3 AS a\n", {"targets": ["b"]})))
    assert page.startswith('x: error: the target "b" names no stage; did you mean a? [target-not-found]\n')


def test_rules_that_could_not_know():
    unknown = stagegraph.UnknownTargets("nobody knows")
    assert PlainPages().findings(report(("x", "FROM alpine:3 AS a\n", {"targets": unknown}))) == (
        "x: not known to dead-stage, target-not-found: nobody knows\n\nnothing found in 1 file\n"
    )


@pytest.mark.parametrize(
    ("files", "summary"),
    [
        ([], "no Dockerfile found"),
        ([LintedFile("x", stagegraph.InputError("x: no"))], "no Dockerfile could be read"),
        ([LintedFile(path, stagegraph.lint("FROM alpine:3\n")) for path in "xy"], "nothing found in 2 files"),
        ([LintedFile("x", stagegraph.lint("FROM alpine:3\n"), line) for line in (1, 9)], "nothing found in 1 file"),
    ],
)
def test_nothing(files, summary):
    assert PlainPages().findings(Report(files)) == f"{summary}\n"


def test_a_terminal_shows_the_same_and_leads_to_the_page():
    page = TerminalPages(Paper(60)).findings(report(("app/Dockerfile", TEXT, {})))
    assert "\x1b]8;" in page
    assert "index-reference.md\x1b\\" in page
    for text in ("app/Dockerfile:3:14", "warning", "COPY --from=0 /out /", "1 finding in 1 file"):
        assert text in page


def test_a_terminal_without_colour():
    page = TerminalPages(Paper(60, colour=False)).findings(report(("app/Dockerfile", TEXT, {})))
    assert "\x1b" not in page
    assert page.splitlines()[:2] == [
        "app/Dockerfile:3:14 warning index-reference",
        "  --from=0 counts stages, and means another one once a stage",
    ]


def test_what_a_terminal_would_obey_is_escaped():
    for pages in (PlainPages(), TerminalPages(Paper(colour=False))):
        page = pages.findings(report(("x\x1b[1m", "FROM alpine:3\nEXPOSE \x1b[1m\n", {})))
        assert "\x1b" not in page
